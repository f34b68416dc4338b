"""Only safe merges across articles."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from claimtrack.records import Resolution, Speaker, SpeakerKind
from claimtrack.speakers import link, lookup_keys
from tests.speakers.helpers import article_of

PERSON = SpeakerKind.PERSON


def said(
    name: str,
    kind: SpeakerKind = PERSON,
    roles: tuple[str, ...] = (),
    aliases: tuple[str, ...] = (),
    mention: str = "",
) -> Resolution:
    return Resolution(name, kind, mention or name, "name", 1.0, roles, aliases)


def linked(*resolutions: Resolution) -> list[Speaker]:
    """Link one after another as the pipeline does, each from an article of its own."""
    known: dict[str, Speaker] = {}
    out = []
    for i, resolution in enumerate(resolutions):
        speaker = link(resolution, candidates(known.values(), resolution), article_of(f"Article {i}."))
        known[speaker.key] = speaker
        out.append(speaker)
    return [known[s.key] for s in out]


def candidates(known: Sequence[Speaker] | object, resolution: Resolution) -> list[Speaker]:
    wanted = {k for n in (resolution.name, *resolution.aliases) for k in lookup_keys(n, resolution.kind)}
    return [
        s for s in known  # type: ignore[attr-defined]
        if wanted & {k for n in (s.name, *s.aliases) for k in lookup_keys(n, s.kind)}
    ]  # fmt: skip


def test_spellings_short_forms_and_office_are_one_speaker() -> None:
    found = linked(
        said("Astrid Haugen", roles=("Norwegian Prime Minister",)),
        said("Haugen", mention="Ms. Haugen"),
        said("Norwegian Prime Minister", roles=("Norwegian Prime Minister",)),
    )
    assert len({s.key for s in found}) == 1
    assert found[0].name == "Astrid Haugen"


def test_spelling_variants_of_one_name_meet() -> None:
    assert len({s.key for s in linked(said("Han Sung-min"), said("Han Sung Min"), said("Han Sung-Min"))}) == 1


def test_a_fuller_name_takes_the_place_of_a_bare_one() -> None:
    bare, full = linked(said("Okonkwo"), said("Chidi Okonkwo"))
    assert bare.key == full.key
    assert full.name == "Chidi Okonkwo"
    assert "Okonkwo" in full.aliases


def test_different_given_names_never_merge() -> None:
    assert len({s.key for s in linked(said("Ida Brandt"), said("Karl Brandt"))}) == 2


def test_a_bare_name_with_two_bearers_joins_neither() -> None:
    ida, karl, bare = linked(said("Ida Brandt"), said("Karl Brandt"), said("Brandt"))
    assert bare.key not in (ida.key, karl.key)


def test_a_bare_name_with_another_role_or_gender_stays_apart() -> None:
    leader, negotiator = linked(
        said("Han Sung-min", roles=("president",)), said("Han", roles=("hostage negotiator",))
    )
    assert leader.key != negotiator.key
    him, her = linked(said("Paul Okafor"), said("Okafor", mention="Mrs. Okafor"))
    assert him.key != her.key


def test_one_full_name_in_two_countries_is_two_people() -> None:
    one, other = linked(
        said("Ana Silva", roles=("Brazilian senator",)), said("Ana Silva", roles=("Portuguese chemist",))
    )
    assert one.key != other.key


def test_groups_and_unnamed_sources_stay_with_their_article() -> None:
    for kind in (SpeakerKind.GROUP, SpeakerKind.UNNAMED):
        one, other = linked(said("officials", kind), said("officials", kind))
        assert one.key != other.key
        assert lookup_keys("officials", kind) == ()


def test_bodies_by_acronym_adjective_and_company_form() -> None:
    kind = SpeakerKind.ORGANISATION
    assert (
        len(
            {
                s.key
                for s in linked(said("World Seed Organization", kind, aliases=("WSO",)), said("WSO", kind))
            }
        )
        == 1
    )
    assert len({s.key for s in linked(said("Globex Corp", kind), said("Globex", kind))}) == 1
    assert (
        len(
            {
                s.key
                for s in linked(
                    said("Chile's Ministry of Works", kind), said("Chilean Ministry of Works", kind)
                )
            }
        )
        == 1
    )
    assert (
        len(
            {
                s.key
                for s in linked(
                    said("Chile's Ministry of Works", kind), said("Peru's Ministry of Works", kind)
                )
            }
        )
        == 2
    )


def test_the_same_article_twice_is_the_same_speaker() -> None:
    article = article_of("Once.")
    first = link(said("Ida Brandt"), [], article)
    assert link(said("Ida Brandt"), [first], article) == first
    group = link(said("officials", SpeakerKind.GROUP), [], article)
    assert link(said("officials", SpeakerKind.GROUP), [], article).key == group.key


NAMES = st.sampled_from(
    [
        "Ida Brandt",
        "Karl Brandt",
        "K. Brandt",
        "Brandt",
        "Mr. Brandt",
        "Han Sung-min",
        "Han",
        "Han Ji-woo",
        "Ida J. Brandt",
    ]
)


@given(st.lists(NAMES, max_size=8))
def test_no_speaker_ever_holds_two_given_names(names: list[str]) -> None:
    for speaker in linked(*(said(n) for n in names)):
        given = {n.split()[0] for n in (speaker.name, *speaker.aliases)} & {"Ida", "Karl"}
        assert len(given) <= 1
        assert not {"Han Sung-min", "Han Ji-woo"} <= {speaker.name, *speaker.aliases}
