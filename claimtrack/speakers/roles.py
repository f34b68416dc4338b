"""Roles: what a person is called besides the name, and when two such descriptions agree."""

from __future__ import annotations

import re
from functools import lru_cache

from claimtrack.speakers.names import Gender, fold, word_set
from claimtrack.speakers.nations import country_of, is_nation_word

# Families of role nouns: a word of one family may stand for another ("the leader" for the president).
_FAMILIES: dict[str, frozenset[str]] = {
    words.split()[0]: word_set(words)
    for words in (
        """leader president premier chancellor chairman chairwoman chair chief head king queen emperor
        ruler dictator prime-minister founder co-founder boss director ceo pope monarch strongman pm
        chairperson captain commander taoiseach sultan emir""",
        """executive ceo cfo coo chairman chairwoman president founder co-founder boss chief director
        entrepreneur businessman businesswoman billionaire investor owner mogul tycoon magnate""",
        "minister secretary official politician premier prime-minister chancellor",
        """official minister secretary officer member deputy director head administrator commissioner
        adviser advisor aide chief governor mayor representative undersecretary""",
        "diplomat ambassador envoy minister secretary negotiator consul",
        """lawmaker senator congressman congresswoman representative legislator mp deputy member
        politician republican democrat assemblyman assemblywoman delegate parliamentarian councillor
        councilman""",
        "spokesperson spokesman spokeswoman press-secretary secretary representative",
        "adviser advisor aide strategist consultant counselor counsellor assistant",
        "candidate nominee hopeful contender frontrunner challenger republican democrat politician",
        """scholar professor expert analyst researcher scientist historian economist academic fellow pollster
        sociologist psychologist physicist biologist epidemiologist political-scientist lecturer
        specialist""",
        "lawyer attorney prosecutor counsel solicitor barrister",
        "doctor physician surgeon nurse paediatrician pediatrician epidemiologist virologist",
        """officer policeman policewoman sheriff detective sergeant captain lieutenant commander
        general colonel major inspector constable chief superintendent commissioner soldier admiral
        deputy trooper""",
        "journalist reporter correspondent editor columnist writer author anchor host blogger",
        """artist actor actress singer musician rapper director filmmaker writer author star comedian
        novelist designer photographer""",
        """athlete player striker goalkeeper quarterback coach manager captain midfielder forward
        defender champion""",
        "judge justice magistrate",
        "activist campaigner organizer organiser founder volunteer",
        "witness resident neighbor neighbour bystander survivor victim passenger",
        """mother father brother sister son daughter wife husband uncle aunt grandmother grandfather
        cousin parent widow girlfriend boyfriend fiancee friend""",
        """person man woman boy girl teenager teen student worker employee teacher farmer driver owner
        patient suspect guard fisherman engineer pastor priest bishop rabbi imam cleric militant
        fighter rebel""",
        "governor mayor politician",
        "businessman businesswoman billionaire mogul tycoon entrepreneur developer",
    )
}
ROLE_NOUNS = frozenset(w for words in _FAMILIES.values() for w in words) | {"mastermind", "maker", "creator"}
_MALE = word_set(
    """spokesman chairman congressman king prince duke businessman policeman father brother son husband
    uncle grandfather actor boyfriend man boy assemblyman councilman fisherman emperor sultan pope
    imam"""
)
_FEMALE = word_set(
    """spokeswoman chairwoman congresswoman queen princess duchess businesswoman policewoman mother
    sister daughter wife aunt grandmother actress girlfriend woman girl assemblywoman widow fiancee
    empress"""
)
# Offices that one person at a time holds in a country: naming one names its holder.
_OFFICES = word_set("""president prime-minister king queen chancellor emperor monarch leader emir sultan""")
_COMPASS = {"north", "south"}
_STOP = word_set("""the a an of for at in to on and s its his her their our current""")
_PAST = frozenset(["former", "ex", "late", "then", "onetime", "retired", "longtime"])
_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_SAME = {
    "advisor": "adviser", "spokeswoman": "spokesman", "spokesperson": "spokesman", "chairwoman": "chairman",
    "chair": "chairman", "chairperson": "chairman", "congresswoman": "congressman",
    "premier": "prime-minister",
    "sen": "senator", "rep": "representative", "gov": "governor", "gen": "general", "pres": "president",
    "pm": "prime-minister", "co-founder": "founder", "cofounder": "founder", "lt": "lieutenant",
    "col": "colonel",
    "sgt": "sergeant", "capt": "captain", "maj": "major", "adm": "admiral", "fm": "foreign-minister",
}  # fmt: skip


@lru_cache(maxsize=4096)
def role_words(role: str) -> tuple[str, ...]:
    """The folded content words of a role, "prime minister" and "press secretary" as one word each."""
    text = fold(role).replace("'s", "")
    text = re.sub(r"\b(prime|press)[ -](minister|secretary)", r"\1-\2", text)
    text = re.sub(r"\bchief executive(?: officer)?\b", "ceo", text)
    return tuple(_SAME.get(w, w) for w in _WORD.findall(text) if w not in _STOP)


@lru_cache(maxsize=8192)
def head_of(role: str) -> str:
    """The noun that says what the person is: the last role noun before "of", "at", "for" or a comma."""
    main = re.split(r",|\s(?:of|at|for|in|from|with|on|who|that|and)\s", f"{role} ")[0]
    words = role_words(main)
    nouns = [w for w in words if singular(w) in ROLE_NOUNS]
    return singular(nouns[-1]) if nouns else (singular(words[-1]) if words else "")


def singular(word: str) -> str:
    """A role noun without its plural ending; other words unchanged."""
    if word.endswith("men") and len(word) > 4:
        return word[:-3] + "man"
    if word in ROLE_NOUNS:
        return word
    for ending, instead in (("ies", "y"), ("es", ""), ("s", "")):
        if word.endswith(ending) and word.removesuffix(ending) + instead in ROLE_NOUNS:
            return word.removesuffix(ending) + instead
    return word


def gender_of_role(role: str) -> Gender | None:
    """The gender that a role noun states ("spokeswoman", "the king"), or None."""
    words = [w.removeprefix("ex-") for w in _WORD.findall(fold(role))]
    male, female = not _MALE.isdisjoint(words), not _FEMALE.isdisjoint(words)
    if male == female:
        return None
    return Gender.MALE if male else Gender.FEMALE


def heads_agree(a: str, b: str) -> bool:
    """Whether two role nouns may describe one person: equal, or of one family."""
    a, b = _SAME.get(a, a), _SAME.get(b, b)
    return a == b or any(a in words and b in words for words in _FAMILIES.values())


@lru_cache(maxsize=16384)
def agreement(description: str, role: str) -> float:
    """How well a description fits a role: 0 not at all, up to 1 where every word of it is found.

    The head nouns must agree; a country named in both must be the same one; each further word of the
    description that the role has too makes it surer.
    """
    if not heads_agree(head_of(description), head_of(role)):
        return 0.0
    here, there = country_of(description), country_of(role)
    if here and there and here != there:
        return 0.0
    wanted = set(role_words(description)) - {head_of(description)} - _PAST
    wanted = {w for w in wanted if not is_nation_word(w) and w not in _COMPASS}
    found = set(role_words(role))
    hits = len(wanted & found) + bool(here and here == there)
    total = len(wanted) + bool(here)
    share = hits / total if total else 0.6
    exact = head_of(description) == head_of(role)
    return 0.3 + 0.5 * share + 0.2 * exact


def conflict(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Whether two sets of roles can hardly belong to one person: both known, and no pair agrees."""
    if not a or not b:
        return False
    return not any(agreement(x, y) >= 0.5 or agreement(y, x) >= 0.5 for x in a for y in b)


def is_office(text: str) -> bool:
    """Whether the text is a country and its highest office and nothing more ("Norwegian Prime Minister")."""
    if head_of(text) not in _OFFICES or not country_of(text):
        return False
    country = set(country_of(text).split())
    rest = [
        w for w in role_words(text) if w not in _OFFICES and w not in country | _COMPASS and w != "supreme"
    ]
    return all(country_of(w) for w in rest)


def same_office(a: str, b: str) -> bool:
    """Whether two offices have one holder; "leader" is said of a head of state of any style."""
    if country_of(a) != country_of(b):
        return False
    heads = {head_of(a), head_of(b)}
    return len(heads) == 1 or ("leader" in heads and "prime-minister" not in heads)
