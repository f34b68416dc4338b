"""The cast of one article: everybody and everything it names, each with forms, roles and mentions."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from claimtrack.records import Span, SpeakerKind
from claimtrack.speakers.given_names import gender_of_given
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
from claimtrack.speakers.roles import agreement

_FITS = 0.5  # of `agreement`: the head of the role, and nothing against it
_NAMESAKES = 40  # figures that share one word of their names; a new name is compared with no more of them


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
    _by_key: defaultdict[str, list[Figure]] = field(default_factory=lambda: defaultdict(list), repr=False)
    _places: dict[Figure, int] = field(default_factory=dict, repr=False)
    _persons: list[Figure] = field(default_factory=list, repr=False)
    _bodies: list[Figure] = field(default_factory=list, repr=False)

    def add(self, figure: Figure, mention: NameMention) -> None:
        """Give a figure, which may be a new one, one more mention."""
        if figure not in self._places:
            self._places[figure] = len(self.figures)
            self.figures.append(figure)
        figure.add(mention)
        for key in {key for form in (mention.name, *mention.aliases) for key in _keys(form)}:
            namesakes = self._by_key[key]
            if len(namesakes) < _NAMESAKES and figure not in namesakes:
                namesakes.append(figure)

    def arrange(self) -> None:
        """Put the figures in the order in which they appear."""
        self.figures.sort(key=lambda f: f.mentions[0].span.start)
        self._places = {figure: place for place, figure in enumerate(self.figures)}
        bodies = (SpeakerKind.ORGANISATION, SpeakerKind.GOVERNMENT)
        self._persons = [f for f in self.figures if f.kind is SpeakerKind.PERSON]
        self._bodies = [f for f in self.figures if f.kind in bodies]

    def place_of(self, figure: Figure) -> int:
        """Where a figure stands among all."""
        return self._places[figure]

    def first_of(self, name: str, aliases: Sequence[str], kind: SpeakerKind) -> Figure | None:
        """The first figure that has the name, or one of the aliases and the kind."""
        keys = {key for form in (name, *aliases) for key in _keys(form)}
        fitting = (f for f in self._sharing(keys) if f.name == name or (f.name in aliases and f.kind is kind))
        return next(fitting, None)

    def _sharing(self, keys: Iterable[str]) -> list[Figure]:
        """The figures that have a key, in order: no others can be meant by a name with these keys."""
        return sorted({f for key in keys for f in self._by_key.get(key, ())}, key=self.place_of)

    def persons(self) -> list[Figure]:
        """The persons among them."""
        return self._persons

    def bodies(self) -> list[Figure]:
        """The organisations and governments among them."""
        return self._bodies

    def alike(self, name: str) -> list[Figure]:
        """The figures whose names have something in common with a name; any other is different."""
        return self._sharing(_keys(name))

    def named(self, name: str, kind: SpeakerKind | None = None) -> list[Figure]:
        """The figures that a name may stand for: the same name first, shorter and other forms after."""
        near = [f for f in self._sharing(_keys(name)) if kind in (None, f.kind)]
        return [f for f in near if _is_form(f, name)] or [f for f in near if _may_be(f, name)]


@lru_cache(maxsize=8192)
def _keys(name: str) -> frozenset[str]:
    """What two names of one figure have in common: a word, all letters, or one the other's acronym."""
    words = (*name_words(name), *organisation_words(name))
    letters = ("".join(name_words(name)), fold(name).replace(".", ""), acronym_of(name))
    return frozenset(key for key in (*words, *letters) if key)


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
        cast.add(_place(cast, mention), mention)
    for figure in cast.figures:
        figure.mentions.sort(key=lambda m: m.span.start)
        figure.name = _fullest(figure)
        alone = gender_of_given(figure.name) if len(name_words(figure.name)) == 1 else None
        if figure.kind is SpeakerKind.PERSON and figure.gender is None and alone:
            figure.genders[alone] += 1  # "Joe" and nothing more
    cast.arrange()
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
    return Figure(mention.name, mention.kind)


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
        if mention.roles and figure.roles:
            fits = any(agreement(a, b) >= _FITS for a in mention.roles for b in figure.roles)
            score += 3 if fits else -1
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
