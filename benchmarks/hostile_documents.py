"""Documents that would cost a careless program more than their length: repeated signs, endless lines, floods.

Each is made from a few words of ours when it is asked for.  `oversize` marks those that are simply very long:
they are real work, which the time limit may end; every other one must be done by itself.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass

_LENGTH = 100_000  # characters of one run, and of line breaks
_WORDS = 40_000  # characters of what is read word by word
_PARTS = 8_000  # such words

# What is repeated: signs that tokenizers and patterns look at one by one.
_SIGNS = {
    "round brackets": "(", "closing brackets": ")", "square brackets": "[", "braces": "{",
    "opening quotes": "“", "closing quotes": "”", "straight quotes": '"', "apostrophes": "'",
    "single quotes": "’", "low quotes": "„", "guillemets": "«", "urls": "http://", "hosts": "www.",
    "paths": "a/", "addresses": "a@b.", "hyphens": "-", "long dashes": "—", "hyphened words": "so-",
    "dots": ".", "ellipses": "…", "abbreviations": "U.S.", "commas": ",", "question marks": "?!",
    "semicolons": ";", "colons": ":", "dollars": "$", "amounts": "$1,", "digits": "7", "decimals": "1.5",
    "thousands": "1,000,", "dates": "1/2/", "percents": "%", "hashes": "#", "handles": "@x", "entities": "&amp;",
    "tags": "<b>", "emoji": "😀", "families": "👨‍👩‍👧", "flags": "🇩🇪", "smileys": ":-)", "combining marks": "e\u0301\u0323",
    "bare marks": "\u0301", "zero-width spaces": "\u200b", "joiners": "\u200d", "byte order marks": "\ufeff",
    "direction marks": "\u202e", "soft hyphens": "\xad", "arabic": "ا", "han": "漢", "ligatures": "ﷺ",
    "sharp s": "ß", "dotted capitals": "İ", "letters": "a", "capitals": "A", "camel case": "Aa",
    "slashes": "/", "backslashes": "\\", "bars": "|", "underscores": "_", "stars": "*", "equals": "=",
    "backticks": "`", "contractions": "can't", "possessives": "'s", "initials": "J.R.", "apostrophe s": "s'",
}  # fmt: skip

# What is repeated with spaces or line breaks: words and sentences that our own rules look at.
_PHRASES = {
    "said": "said ", "he said": "he said ", "quoted said": "“said” ", "said Quill": "said Ada Quill, ",
    "according to": "according to ", "according to whom": "according to Ada Quill, ", "that": "that ",
    "said that": "Quill said that ", "told": "told Reuters that ", "not": "not ", "who": "the man who ",
    "and": "Bo and ", "commas": "Bo, ", "of": "the head of ", "because": "because he said ",
    "open quotes": "“He said ", "closed quotes": "he said” ", "straight pairs": '"yes" ', "short quotes": "“no” said Bo. ",
    "nested quotes": "“he said ‘she said ", "brackets": "(he said (", "questions": "Who said so? ",
    "mister": "Mr. ", "titles": "President ", "offices": "Foreign Minister of ", "long names": "Ada ",
    "initials": "J. ", "Ltd": "Harbour Ltd. ", "agencies": "(Reuters) - ", "datelines": "MOSCOW (Reuters) - ",
    "bylines": "By Ada Quill ", "days": "on Tuesday ", "months": "in May ", "years": "by 2024 ",
    "ranges": "between May and June ", "numbers": "twenty one ", "amounts": "$1.5 billion ", "percents": "5 percent ",
    "plus": "one hundred and ", "he": "he ", "they": "they said they ", "which": "which it said ",
    "dashes": "— he said — ", "ellipses": "… ", "dots": ". ", "single letters": "a ", "single capitals": "A ",
    "denies": "denied that it denied that ", "asked": "asked whether ", "expected": "is expected to ",
}  # fmt: skip

_LINES = {
    "empty lines": "\n", "carriage returns": "\r", "both": "\r\n", "separators": "\u2028", "form feeds": "\x0c",
    "vertical tabs": "\x0b", "spaces": " ", "tabs": "\t", "no-break spaces": "\xa0", "ideographic spaces": "\u3000",
    "one-letter lines": "a\n", "quoted lines": "“\n", "by lines": "By\n", "dateline lines": "MOSCOW (AP) —\n",
    "date lines": "May 1, 2024\n", "heading lines": "HARBOUR NEWS\n", "credit lines": "Reporting by Ada Quill;\n",
    "url lines": "https://example.org/a\n", "share lines": "Share this article\n", "caption lines": "Photo: AP\n",
    "dashes lines": "---\n", "dot lines": "Quill said.\n", "wrapped lines": "the mayor said that\n",
    "colon lines": "Quill: no\n", "star lines": "* said\n",
}  # fmt: skip


@dataclass(frozen=True)
class Document:
    """One text that is made when it is asked for."""

    name: str
    make: Callable[[], str]
    oversize: bool = False


def documents() -> Iterator[Document]:
    """All of them, more than 200, always the same."""
    for name, sign in _SIGNS.items():
        yield Document(f"{name}, one run", _repeat(sign, "", _LENGTH))
        yield Document(f"{name}, apart", _repeat(sign, " ", _WORDS, most=_PARTS))
    for name, phrase in _PHRASES.items():
        yield Document(f"{name}, one line", _repeat(phrase, "", _WORDS, most=_PARTS))
    for name, line in _LINES.items():
        yield Document(name, _repeat(line, "", _LENGTH, f"Ada Quill said it is over.{line * 3}"))
    for name, make in _STRUCTURES.items():
        yield Document(name, make)
    for name, make in _OVERSIZE.items():
        yield Document(name, make, oversize=True)


def _repeat(
    part: str, between: str, length: int, opening: str = "", most: int = _LENGTH
) -> Callable[[], str]:
    def make() -> str:
        unit = part + between
        # A sentence at either end: what stands around the flood is to be found all the same.
        flood = unit * min(length // len(unit), most)
        return f"{opening}Mayor Ada Quill said the pier is shut.\n\n{flood}\n\nBo Reed denied that the pier is shut.\n"

    return make


_FIRST = [
    "Ada",
    "Bo",
    "Cy",
    "Dee",
    "Eli",
    "Fay",
    "Gus",
    "Hal",
    "Ida",
    "Jo",
    "Kim",
    "Lee",
    "Mae",
    "Ned",
    "Ora",
    "Pam",
    "Quin",
    "Roy",
    "Sue",
    "Ted",
    "Una",
    "Vic",
    "Wes",
    "Xan",
    "Yul",
    "Zoe",
]
_NOUNS = [
    "pier",
    "bridge",
    "ferry",
    "road",
    "school",
    "budget",
    "port",
    "vote",
    "court",
    "strike",
    "talks",
    "treaty",
    "launch",
    "price",
]
_ENDS = [
    "reopened",
    "is shut",
    "will be cut",
    "was delayed",
    "cannot wait",
    "has failed",
    "will cost $12 million",
]


def _name(n: int) -> str:
    return f"{_FIRST[n % 26]} {_FIRST[n // 26 % 26]}{_FIRST[n // 676 % 26].lower()}son"


def _prose(length: int) -> str:
    chance = random.Random(7)
    out, size = [], 0
    while size < length:
        noun, end, who = chance.choice(_NOUNS), chance.choice(_ENDS), _name(chance.randrange(5000))
        form = chance.choice(
            (
                f"The {noun} {end}, {who} said on Tuesday.",
                f"“The {noun} {end},” {who} told reporters in the harbour.",
                f"{who}, who heads the council, denied that the {noun} {end}.",
                f"It rained all day, and the {noun} near the old market {end}.",
            )
        )
        out.append(form + ("\n\n" if chance.random() < 0.2 else " "))
        size += len(out[-1])
    return "".join(out)


def _names(count: int, form: str) -> Callable[[], str]:
    return lambda: "".join(form.format(name=_name(n), n=n) for n in range(count))


_STRUCTURES: dict[str, Callable[[], str]] = {
    "nested brackets": lambda: "(" * 20_000 + "he said" + ")" * 20_000,
    "nested brackets apart": lambda: "( " * 20_000 + "he said" + " )" * 20_000,
    "nested quotes apart": lambda: "“ ‘ " * 10_000 + "he said" + " ’ ”" * 10_000,
    "50,000 quotation marks": lambda: '" ' * 50_000,
    "50,000 opening marks on lines": lambda: "“\n" * 50_000,
    "quotes never closed": lambda: "“Quill said it is over.\n\n" * 4_000,
    "quotes never opened": lambda: "Quill said it is over.”\n\n" * 4_000,
    "a quote over 100,000 letters": lambda: "“" + "so it is and " * 8_000 + ",” Quill said.",
    "one sentence of 20,000 words": lambda: "Quill said that " + "the pier and " * 7_000 + "it.",
    "that that that": lambda: "Quill said " + "that he said " * 8_000,
    "5,000 speakers": _names(3_000, "{name} said no. "),
    "5,000 names in a list": lambda: "Those who came: " + ", ".join(map(_name, range(5_000))) + ".",
    "a name of 10,000 words": lambda: " ".join(_FIRST[n % 26] for n in range(10_000)) + " said no.",
    "a title of 10,000 words": lambda: "Deputy " * 10_000 + "Minister Ada Quill said no.",
    "aliases of one": lambda: "".join(f"Ada {_FIRST[n % 26]}. Quill said no. She said so. " for n in range(1_500)),
    "pronouns": lambda: "Ada Quill spoke. " + "She said he said it. " * 4_000,
    "relays": lambda: "Tass reported that " * 4_000 + "it is over.",
    "relays by name": _names(2_500, "{name} reported that "),
    "one quote, many speakers": lambda: "“No,” " + ", ".join(f"said {_name(n)}" for n in range(3_000)),
    "the same sentence": lambda: "Mayor Ada Quill said the pier is shut. " * 2_500,
    "the same claim": lambda: "“The pier is shut,” Quill said.\n" * 3_000,
    "numbers": lambda: "Quill said " + " ".join(str(n) for n in range(15_000)) + " died.",
    "number words": lambda: "Quill said " + "one hundred and twenty " * 4_000 + "died.",
    "dates": lambda: "Quill said " + "on May 1, 2024 and " * 5_000 + "later.",
    "ranges": lambda: "Quill said " + "from May 1 to June 2 " * 4_000 + "it is shut.",
    "table of numbers": lambda: "\n".join("\t".join(str(n * k % 97) for k in range(12)) for n in range(3_000)),
    "a csv": lambda: "\n".join(f'"{_name(n)}","said","no, {n}"' for n in range(3_000)),
    "json": lambda: '{"a":[' + ",".join(f'{{"said":"{n}"}}' for n in range(6_000)) + "]}",
    "html": lambda: "<div><p>Quill said no.</p></div>" * 3_000,
    "base64": lambda: "".join(random.Random(3).choices("ABCDEFabcdef0123456789+/", k=_LENGTH)),
    "base64 in lines": lambda: "\n".join("".join(random.Random(n).choices("ABCDEFabcdef0123+/", k=76)) for n in range(1_300)),
    "long words": lambda: " ".join("a" * 199 for _ in range(500)),
    "words of signs": lambda: " ".join("(-[.])" * 33 for _ in range(500)),
    "words of brackets": lambda: " ".join("(" * 199 for _ in range(500)),
    "words of urls": lambda: " ".join("http://" * 28 for _ in range(500)),
    "words of dots": lambda: " ".join("a." * 99 for _ in range(500)),
    "words of quotes": lambda: " ".join("'\"" * 99 for _ in range(500)),
    "different words": lambda: " ".join(f"w{n:x}z" for n in range(15_000)),
    "different long words": lambda: " ".join(f"{n:x}" * 30 for n in range(1_000)),
    "every character": lambda: "".join(chr(n) for n in range(32, 0xD800) if n not in range(127, 160)),
    "every character apart": lambda: " ".join(chr(n) for n in range(160, 0xD800, 2)),
    "random signs": lambda: "".join(random.Random(5).choices("()[]“”‘’\"'.,;:-—!?/$%#@ ", k=_LENGTH)),
    "random quoting": lambda: "".join(random.Random(6).choices(["“", "”", '"', "‘", "’", "he said ", "\n"], k=40_000)),
    "latin-1 noise": lambda: "".join(random.Random(8).choices("éàüñøßçæ ", k=_LENGTH)),
    "credits": lambda: "Reporting by " + ", ".join(map(_name, range(4_000))) + "; editing by Bo Reed",
    "byline of thousands": lambda: "By " + " and ".join(map(_name, range(4_000))) + "\n\nQuill said no.",
    "dateline of thousands": lambda: ", ".join(_FIRST[n % 26].upper() for n in range(10_000)) + " (Reuters) - Quill said no.",
    "title of 100,000 letters": lambda: "pier " * 20_000 + "\n\nQuill said no.",
}  # fmt: skip

_OVERSIZE: dict[str, Callable[[], str]] = {
    "20 MB of prose": lambda: _prose(19_900_000),
    "5 MB in one line": lambda: _prose(5_000_000).replace("\n\n", " "),
    "5 MB of one letter": lambda: "a" * 5_000_000,
    "5 MB without a space": lambda: _prose(5_000_000).replace(" ", "").replace("\n", ""),
    "20 MB of brackets": lambda: "(" * 19_900_000,
    "20 MB of spaces": lambda: "Quill said no." + " " * 19_900_000 + "x",
    "20 MB of line breaks": lambda: "Quill said no." + "\n" * 19_900_000 + "x",
    "20 MB of quotation marks": lambda: "” “ " * 2_000_000,
    "20 MB of said": lambda: "said " * 3_900_000,
    "20 MB of different words": lambda: " ".join(f"w{n:x}" for n in range(2_800_000)),
    "20 MB of short lines": lambda: "he said\n" * 2_400_000,
    "5 MB of urls": lambda: "http://" * 700_000,
    "5 MB of emoji": lambda: "😀" * 1_250_000,
    "5 MB of dots": lambda: ". " * 2_500_000,
    "a sentence of 5 MB": lambda: "Quill said that " + "the pier and " * 380_000,
    "a quote of 5 MB": lambda: "“" + "so it is and " * 380_000 + ",” Quill said.",
    "50,000 sentences said": lambda: "Mayor Ada Quill said the pier is shut. " * 50_000,
    "50,000 quotes": lambda: "“The pier is shut,” Quill said.\n" * 50_000,
    "100,000 names": lambda: ", ".join(map(_name, range(100_000))),
    "100,000 speakers": _names(100_000, "{name} said no. "),
    "5 MB of numbers": lambda: " ".join(str(n) for n in range(750_000)),
    "5 MB of table": lambda: "\n".join("\t".join(str(n * k % 97) for k in range(12)) for n in range(140_000)),
    "5 MB of combining marks": lambda: "e" + "\u0301" * 2_500_000,
    "5 MB of base64": lambda: "\n".join("QUJDREVGabcdef0123456789+/" * 3 for _ in range(64_000)),
    "5 MB of han": lambda: "漢字" * 830_000,
}  # fmt: skip
