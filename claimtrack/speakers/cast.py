"""The cast of one article: everybody and everything it names, each with forms, roles and mentions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from claimtrack.records import Span, SpeakerKind
from claimtrack.speakers.names import (
    Fit,
    Gender,
    acronym_of,
    compare,
    family_names,
    fold,
    is_acronym,
    name_words,
    organisation_words,
)


@dataclass(frozen=True, slots=True)
class NameMention:
    """One place where the text names somebody or something."""

    span: Span
    name: str  # cleaned: no title, honorific, possessive or nickname
    kind: SpeakerKind
    certain: bool  # whether the kind is known from more than the small model's label
    sentence: int
    paragraph: int
    subject: bool  # of a clause
    quoted: bool  # inside quotation marks
    title: bool  # in the headline or another line that writes every word with a capital
    possessor: bool = False  # "Ann Lee's"
    roles: tuple[str, ...] = ()
    gender: Gender | None = None
    aliases: tuple[str, ...] = ()  # a nickname or an acronym that stands beside it


@dataclass(eq=False)
class Figure:
    """One person, organisation or government of the article."""

    name: str
    kind: SpeakerKind
    forms: Counter[str] = field(default_factory=Counter)
    roles: list[str] = field(default_factory=list)
    genders: Counter[Gender] = field(default_factory=Counter)
    mentions: list[NameMention] = field(default_factory=list)

    @property
    def gender(self) -> Gender | None:
        """The gender most often shown, or None."""
        return self.genders.most_common(1)[0][0] if self.genders else None

    @property
    def is_former(self) -> bool:
        """Whether every role that the text gives is a past one ("former leader")."""
        return bool(self.roles) and all(is_past(role) for role in self.roles)

    def add(self, mention: NameMention) -> None:
        """Take one more mention, with what it tells."""
        self.mentions.append(mention)
        self.forms[mention.name] += 1
        self.forms.update({a: 0 for a in mention.aliases if a not in self.forms})
        self.roles.extend(r for r in mention.roles if r not in self.roles)
        if mention.gender:
            self.genders[mention.gender] += 1


def is_past(role: str) -> bool:
    """Whether the role is one that its holder no longer has."""
    return fold(role).startswith(("former", "ex-", "late ", "then-", "onetime", "retired"))


@dataclass
class Cast:
    """All figures of an article, in the order in which they appear."""

    figures: list[Figure] = field(default_factory=list)

    def persons(self) -> list[Figure]:
        """The persons among them."""
        return [f for f in self.figures if f.kind is SpeakerKind.PERSON]

    def bodies(self) -> list[Figure]:
        """The organisations and governments among them."""
        return [f for f in self.figures if f.kind in (SpeakerKind.ORGANISATION, SpeakerKind.GOVERNMENT)]

    def named(self, name: str, kind: SpeakerKind | None = None) -> list[Figure]:
        """The figures that a name may stand for: the same name first, shorter and other forms after."""
        exact = [f for f in self.figures if kind in (None, f.kind) and _is_form(f, name)]
        if exact:
            return exact
        return [f for f in self.figures if kind in (None, f.kind) and _may_be(f, name)]


def _is_form(figure: Figure, name: str) -> bool:
    if figure.kind is SpeakerKind.PERSON:
        # A bare last name is no form of one figure only: it is asked anew at each place whose it is.
        full = [form for form in figure.forms if len(name_words(form)) > 1]
        return any(compare(form, name) is Fit.SAME for form in (figure.name, *full))
    words = organisation_words(name)
    return any(organisation_words(form) == words for form in (figure.name, *figure.forms))


def _may_be(figure: Figure, name: str) -> bool:
    if figure.kind is SpeakerKind.PERSON:
        if compare(figure.name, name) is not Fit.DIFFERENT:
            return True
        words = name_words(name)
        return len(words) == 1 and words[0] == (name_words(figure.name) or ("",))[0]
    return is_short_form(name, figure.name) or any(is_short_form(name, form) for form in figure.forms)


def is_short_form(short: str, full: str) -> bool:
    """Whether an organisation may be called `short`: its acronym, or its first, last or only odd words."""
    a, b = organisation_words(short), organisation_words(full)
    if not a or not b or len(a) >= len(b):
        return False
    if is_acronym(short) and fold(short).replace(".", "") == acronym_of(full):
        return True
    return len(a[0]) > 3 and (a == b[-len(a) :] or a == b[: len(a)] or (len(a) == 1 and a[0] in b[1:-1]))


def assemble(mentions: Iterable[NameMention]) -> Cast:
    """Group the mentions into figures: full names first, then the shorter forms to the figure they fit."""
    ordered = sorted(mentions, key=lambda m: m.span.start)
    cast = Cast()
    # Longer names define figures; headlines, whose capitals mislead, only join what the text establishes.
    for mention in sorted(ordered, key=lambda m: (m.title, -len(name_words(m.name)), m.span.start)):
        _place(cast, mention).add(mention)
    for figure in cast.figures:
        figure.mentions.sort(key=lambda m: m.span.start)
        figure.name = _fullest(figure)
    cast.figures.sort(key=lambda f: f.mentions[0].span.start)
    return cast


def _place(cast: Cast, mention: NameMention) -> Figure:
    fitting = cast.named(mention.name, mention.kind) or ([] if mention.certain else cast.named(mention.name))
    if mention.kind is not SpeakerKind.PERSON and len(fitting) > 1:
        exact = [f for f in fitting if organisation_words(f.name) == organisation_words(mention.name)]
        fitting = exact or fitting
    # "Mrs. Rey" is not Paul Rey, even where no other Rey has been named.
    fitting = [f for f in fitting if not (mention.gender and f.gender and mention.gender is not f.gender)]
    if fitting:
        return choose_namesake(fitting, mention)
    figure = Figure(mention.name, mention.kind)
    cast.figures.append(figure)
    return figure


def choose_namesake(figures: list[Figure], mention: NameMention) -> Figure:
    """Which of several namesakes a bare name means.

    A gender that fits outweighs everything; then who holds the office now, who is spoken of most under
    the full name, and who was named last before this place.
    """
    if len(figures) == 1:
        return figures[0]
    before = [
        (m.span.start, f)
        for f in figures
        for m in f.mentions
        if m.span.start < mention.span.start and not m.title
    ]
    latest = max(before, key=lambda pair: pair[0])[1] if before else None
    most = max(len(f.mentions) for f in figures)

    def rank(figure: Figure) -> tuple[float, int]:
        score = 0.0
        if mention.gender and figure.gender:
            score += 4 if mention.gender == figure.gender else -4
        score -= 2 * figure.is_former
        score += (figure is latest) + 0.8 * (len(figure.mentions) == most)
        family = name_words(mention.name)[-1:] == family_names(figure.name)[:1]
        score += 0.5 * family
        return score, -(figure.mentions[0].span.start if figure.mentions else 0)

    return max(figures, key=rank)


def _fullest(figure: Figure) -> str:
    """The form with most words; among them the most frequent, then the first printed."""
    everywhere = [m.name for m in figure.mentions]
    printed = [m.name for m in figure.mentions if not m.title]
    if not any(len(name_words(n)) > 1 for n in printed):
        printed = everywhere  # a headline's full name is better than none
    if not printed:
        return figure.name
    return max(printed, key=lambda n: (len(name_words(n)), figure.forms[n], -printed.index(n)))
