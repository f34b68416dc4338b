"""Do two claims give the same parts to the same things: subject and main verb by the parse."""

from __future__ import annotations

from claimtrack.records import Claim
from claimtrack.relations.lexicon import meanings_of
from claimtrack.relations.memory import once_a_claim
from claimtrack.relations.words import listed, name_token, stem

_PRONOUNS = listed("i we you he she it they this that these those there who which what someone people")


@once_a_claim
def _subject(claim: Claim) -> frozenset[str]:
    words = [w for w in claim.facets.subject if w not in _PRONOUNS]
    return frozenset(m for w in words for m in (name_token(w), *meanings_of(stem(w))))


@once_a_claim
def _verb(claim: Claim) -> frozenset[str]:
    verb = claim.facets.verb
    return meanings_of(stem(verb)) if verb and verb not in {"be", "have"} else frozenset()


def compare_subjects(a: Claim, b: Claim) -> float:
    """1 where the subjects of both main clauses share a word or its meaning, -1 where not, 0 for pronouns."""
    ones, others = _subject(a), _subject(b)
    if not ones or not others:
        return 0.0
    return 1.0 if ones & others else -1.0


def same_main_verb(a: Claim, b: Claim) -> bool:
    """Whether the main verbs are one, or of one meaning; "be" and "have" are nobody's deed."""
    return bool(_verb(a) & _verb(b))
