"""Phrase tables for lines that are not running text.

General wordings of news pages in English, collected from the fixed parts of page templates (share bars,
comment forms, newsletter boxes, rights lines); no outlet's name stands in them.  Each pattern must match
a whole line, ends included, so that a sentence which merely contains such words is left alone.
"""

from __future__ import annotations

import re

from claimtrack.articles.lines import word_set


def _table(*alternatives: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{a})" for a in alternatives), re.IGNORECASE)


_REST = r"[^.!?]{0,90}[.!?:…»›>]*"
_SITE = (
    r"(?:e-?mails?|newsletters?|e-?blasts?|inbox|alerts?|updates?|notifications?|account|subscription"
    r"|apps?|podcasts?"
    r"|channel|briefing|digest|whats\s?app|telegram|facebook|twitter|instagram|youtube|linkedin|tiktok"
    r"|google news"
    r"|breaking news|latest news|top stories|social media|rss|free trial|feed)"
)
_COMMENT = r"(?:comments?|comment policy|conversation|discussion|repl(?:y|ies))"
_ADDRESS = r"(?:\S+@\S+|@\w+|https?://\S+|www\.\S+|\+?\(?\d[\d ().-]{6,}\d)"
_PIECE = r"(?:report|article|story|post|piece|analysis|despatch|dispatch)"

PROMPTS = _table(
    r"(?:advertisements?|advertorial|sponsored(?: content)?|promoted|(?:story|article"
    r"|advertisement) ?[-–—]? ?continues?"
    r"(?: reading)? (?:below|after)(?: (?:this |the )?(?:advertisement|ad|video))?)[.:]?",
    r"(?=.*[a-z])(?:share|tweet|print|pin|save|e-?mail|copy link|dictionary|whatsapp|facebook|twitter"
    r"|linkedin|reddit|pinterest"
    r"|telegram|flipboard|comments?|like|follow|bookmark|listen|font size|text size|[|/·,+&\d]|and|this"
    r"|article|story"
    r"|page|on|via|\s)+[:.]?",
    r"(?:menu|search|home|skip to (?:main )?(?:content|navigation)|back to top|close|loading|next"
    r"|previous|toggle menu)"
    r"[.…]*",
    r"(?:lock|help|share|print|search|menu|close|play|arrow)[- ](?:icon|image|button)(?: \w+){0,2}\??",
    r"\d+ (?:comments?|shares?|views?|likes?|min(?:ute)?s? read)",
    r"(?:no|view|show|hide|see|read|post|load)(?: all| more| the)? (?:\d+ )?comments?",
    r"(?:estimated )?reading time:? .{0,20}",
    r"click to (?:hide|show|expand|play|enlarge|share|print|tweet|e-?mail|read more|view)(?: .{0,40})?",
    r"(?:read|learn|show|see|view|load) (?:more|less|all|full article|full story|it all here"
    r"|the full (?:story|article)"
    r"|more here|original article|next|also)[.:…»›>]*",
    r"(?:most (?:read|popular|viewed|shared|recent)|trending(?: now)?|popular|latest (?:news|stories"
    r"|headlines)"
    r"|top stories|editors?['’]s? picks?|recommended(?: for you)?|you (?:may|might) (?:also )?like"
    r"|more (?:stories|from|on|in|news|about|like this)\b.{0,50}|around the web|from our partners"
    r"|related(?: (?:articles?|stories|content|topics|posts|news|links|coverage|videos?|tags))?|tags?"
    r"|topics|filed under"
    rf"|in this {_PIECE}|what to read next|don['’]t miss|also on \w+)[:.]?",
)

# "Read more: Minister denies …" speaks of another article, whatever verb is in it.
RELATED = _table(
    r"(?:related|tags?|topics|filed under|see also|read (?:more|also|next)|also read|more on this"
    r"|don['’]t miss)"
    r" ?: ?[^“”\"]{1,160}",
)

REQUESTS = _table(
    rf"(?:please |to )?(?:sub\w{{0,3}}cribe|sign up|register)\b(?: (?:to|for|here|now|today|via|with|on"
    rf"|and)\b)"
    rf"[^.!?]{{0,90}}\b{_SITE}\b{_REST}",
    rf"(?:please )?(?:join|follow|like|add|find) (?:us|our|me|[\w.'’-]+(?: [\w.'’-]+){{0,3}},?) (?:on|at"
    rf"|via|@)"
    rf" ?(?:our )?(?:@\w+|{_ADDRESS}|{_SITE}\b){_REST}",
    rf"(?:download|get|try|install) (?:our|the|your|a|all) (?:[\w'’-]+ ){{0,5}}{_SITE}\b{_REST}",
    rf"(?:please )?(?:support|donate to) (?:our|us|independent|quality)\b{_REST}",
    r"(?:subscribe|sign up|register|log ?in|sign in|log out|join|join now|donate|support us"
    r"|become a member|follow us"
    r"|contact us|about us|my account|get the app|start your free trial|create an account)"
    r"(?: (?:now|today|here|free|for free))?[.!]?",
    r"sub\w{0,3}cribe to [^.!?]{1,60}",
    rf"(?:please |you must |to |you need to )?(?:log ?(?:in|on)|sign ?in|be logged in|register)"
    rf" (?:to|with|or|via|using|here|first|now)\b{_REST}",
    rf"(?:please )?(?:enter|type|write|add|leave|post|submit|join) (?:your|a|the) "
    rf"(?:{_COMMENT}|name|e-?mail(?: address)?|password|username)(?: (?:here|below|now|first"
    rf"|to \w+))*[.!:]*",
    rf"(?:to|please) (?:write|post|leave|read|view|add|join|see|make|continue)\b[^.!?]{{0,30}}"
    rf"\b(?:{_COMMENT}|reading)\b{_REST}",
    rf"(?:please )?(?:read|see|review) our (?:{_COMMENT}|privacy policy|terms(?: of \w+)?|guidelines"
    rf"|standards)\b{_REST}",
    r"(?:comments? (?:are closed|policy|guidelines|section)|(?:community|comment) (?:guidelines|standards"
    r"|rules|policy)"
    r"|(?:be the first to|what do you think\? leave a) comment|have your say|leave a (?:reply|comment)"
    r"|your email address will not be published|required fields are marked ?\*?|notify me of .{0,60}"
    r"|save my name, e-?mail.{0,90}|this (?:web)?site uses (?:cookies|akismet).{0,120}"
    r"|we use cookies.{0,160})[.!]?",
    r".{0,40}\(\d+ ?/ ?\d{2,5}\D{0,3}\)",
    r"(?:to )?(?:read|watch|see|listen to|view|find|check out|click)\b[^.!?“”\"]{0,80}\b(?:below|here"
    r"|above|our app)[.:!]*",
    r"click (?:here|on|the)\b[^.!?“”\"]{0,90}[.!:]*",
    r"(?:do you [^?“”\"]{3,60}\? )?like the page:?",
    r"(?:sent|posted) from my \w+|this (?:page|site|website) requires.{0,80}",
    r"(?:thank you|thanks) for (?:reading|signing up|subscribing|your (?:interest|support)).{0,60}",
    r"(?:have|got) a (?:news )?(?:tip|story)\b[^.!?]{0,60}[.?!].{0,90}",
)

RIGHTS = _table(
    r"(?:[-–—•*] ?)?(?:©|&copy;|\(c\)\s?(?:19|20)\d\d|copyright\b.{0,16}(?:©|\(c\)|(?:19|20)\d\d"
    r"|\bby\b)).{0,300}",
    r".{0,160}\ball rights reserved\b.{0,160}",
    r"(?:.{0,60}\bmaterial|this (?:article|story|content|report))\b.{0,40}\b(?:may|must|can) ?not be "
    r"(?:published|reproduced|copied|republished|re-?used|redistributed|broadcast)\b.{0,200}",
    r"(?:(?:about us|contact(?: us)?|terms (?:of (?:use|service)|and conditions)|privacy(?: policy)?"
    r"|cookies?(?: policy)?"
    r"|advertise(?: with us)?|careers|site ?map|help|accessibility|reprints?)(?:[\s.|/·•,]+|$))+",
)

CONTACTS = _table(
    rf".{{0,120}}\b(?:can|may) be (?:reached|contacted|followed|e-?mailed)\b.{{0,40}}(?:{_ADDRESS}"
    rf"|{_SITE}\b).{{0,60}}",
    rf"(?:[-–—•*] ?)?(?:contact|e-?mail|write to|reach|follow)\b.{{0,80}}{_ADDRESS}.{{0,40}}",
    r"(?:e-?mail|tel|phone|fax|contact|twitter)\s?:.{0,80}",
    rf"[<\[(]?{_ADDRESS}[>\])]?",
)

# "Roe reported from Harbourtown.  Doe contributed to this report." states nothing, whatever its verbs.
CONTRIBUTED = _table(
    rf"[^“”\"]{{2,200}}\bcontributed (?:reporting )?to (?:this|the) {_PIECE}\b.{{0,80}}",
    rf"(?:some )?(?:information|material|reporting|details?) (?:from|by) [^“”\"]{{2,120}}\bw(?:as|ere) used"
    rf" in (?:this|the) {_PIECE}\b.{{0,40}}",
)

CREDITS = _table(
    r"[(\[•*–—-]*\s?(?:additional |further |with (?:additional )?)?(?:reporting|writing|edit(?:ing|ed)"
    r"|contribut(?:ing|ions)"
    r"|research|translat(?:ion|ed)|compiled|written|reported)(?: and \w+)? ?(?:by |: ?).{2,300}",
    r"[(\[•*–—-]*\s?(?:with|additional) reporting (?:by|from) .{2,200}",
    r"[(\[•*–—-]*\s?with (?:inputs?|files?|material|contributions?|information|reports?) (?:from|by)"
    r" .{2,120}",
    rf"[•*–—-]*\s?(?:this|the) {_PIECE} (?:is|was|has been|includes|contains|uses)\b.{{0,60}}"
    r"\b(?:wires?|agency|agencies|news service|associated press|reuters|afp)\b.{0,80}",
    r"[•*–—-]*\s?(?:with|from|source:|files from)\s.{0,60}\b(?:wires?|(?:news|wire) (?:agencies|services?"
    r"|reports?))\b\.?",
    r"(?:[(\[] ?(?:h/t|hat tip|via)|h/t|hat tip)[: ] ?[^.]{2,60}\.?[)\]]?",
    r"[(\[]?(?:(?:file |cover |lead |featured |main )?(?:photo|photograph|image|picture|video|graphic"
    r"|illustration)s?"
    r"(?: credits?| by| courtesy(?: of)?| source| via)?\s?[:/]|(?:photo|photograph|image|picture)s? (?:by"
    r"|courtesy|credit)"
    r"|credits?\s?:|courtesy of)\s?.{2,160}",
)

CAPTIONS = re.compile(
    r"(?:file (?:photo|image|picture)\b|file ?[-–—:] |pictured\b.{0,20}:|in this .{0,40}\b(?:photo|image"
    r"|picture|photograph"
    r"|frame grab|still|handout|video grab)\b|(?:photo|image|picture) (?:caption|shows)\b|caption:"
    r"|(?:the )?(?:photo|picture"
    r"|image) (?:above|below)\b)",
    re.IGNORECASE,
)
# At a line's end: "(AP Photo/Jane Roe)", "[Photo credit: Agency Images]", "(Jane Roe/Agency)"
PHOTO_CREDIT = re.compile(
    r"[(\[](?:[^()\[\]\n]{0,80}(?:\bphotos?\b|\bgetty\b|\b(?:ap|afp|epa"
    r"|reuters) images?\b)[^()\[\]\n]{0,80}"
    r"|(?:courtesy|credit|handout)\b[^()\[\]\n]{1,80}"
    r"|(?-i:[A-Z][\w.'’ -]{1,40}/[A-Z][\w.'’ -]{1,40}))[)\]]\s*$",
    re.IGNORECASE,
)
# "(Reporting by Jane Roe; Editing by John Doe)" at the end of the last paragraph
REPORTING_CREDIT = re.compile(
    r"[(\[](?:(?:additional )?(?:reporting|writing|editing|compiled|translated)\b[^()\[\]]{0,20}\bby\b"
    r"|h/t|hat tip)[^()\[\]]{2,300}[)\]]\.?\s*$",
    re.IGNORECASE,
)

SECTIONS = word_set(
    """
    home news world national politics business opinion opinions sports sport economy science technology
    tech health culture entertainment lifestyle travel local international europe asia africa americas
    us u.s. uk middle east breaking exclusive analysis editorial video photos features latest top
    stories markets law education
    """
)
CODE = re.compile(r"[.#@]?[\w ,.#@():-]{1,80}\{|\}|[a-z-]{3,30}:\s?[^;“”\"]{1,60};")
BREADCRUMB = re.compile(r"(?:home|[\w&'’. ]{2,30})(?:\s?[>»›]\s?[\w&'’.,:() -]{2,80}){1,6}", re.IGNORECASE)
