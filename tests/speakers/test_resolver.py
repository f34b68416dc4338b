"""Who a source stands for inside one article."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimtrack.knowledge import load_knowledge
from claimtrack.language.model import load
from claimtrack.records import Attribution, Kind, Span, SpeakerKind
from claimtrack.speakers import resolve
from claimtrack.speakers.confidence import confidence_of
from tests.speakers.helpers import article_of, attribution_of, resolve_all


def test_last_name_becomes_the_fullest_name_with_its_role() -> None:
    body = (
        "Harbour commissioner Ingrid Solberg opened the pier on Monday. "
        "The pier will close again in winter, Solberg said. Ms. Solberg added that boats must leave."
    )
    first, second = resolve_all(
        body, ("Solberg", "The pier will close again in winter"), ("Ms. Solberg", "boats must leave")
    )
    assert (first.name, first.kind) == ("Ingrid Solberg", SpeakerKind.PERSON)
    assert first.mention == "Solberg"
    assert "Harbour commissioner" in first.roles
    assert second.name == "Ingrid Solberg"
    assert second.rule == "last name with honorific"


@pytest.mark.parametrize(
    ("sentence", "source", "name", "role"),
    [
        (
            "Dairy union aide Pavel Horak said prices fell.",
            "Dairy union aide Pavel Horak",
            "Pavel Horak",
            "aide",
        ),
        (
            "Lena Fischer, head of the Baltic Weather Institute, said prices fell.",
            "Lena Fischer, head of the Baltic Weather Institute,",
            "Lena Fischer",
            "head of the Baltic Weather Institute",
        ),
        (
            "The mayor's press secretary, Tomas Vrba, said prices fell.",
            "The mayor's press secretary, Tomas Vrba,",
            "Tomas Vrba",
            "press secretary",
        ),
        (
            "Chilean Deputy Finance Minister Rosa Inostroza said prices fell.",
            "Chilean Deputy Finance Minister Rosa Inostroza",
            "Rosa Inostroza",
            "Chilean Deputy Finance Minister",
        ),
        ("Sarah Holt MP said prices fell.", "Sarah Holt MP", "Sarah Holt", "MP"),
        (
            "The MP for Leeds, Sarah Holt MP, said prices fell.",
            "The MP for Leeds, Sarah Holt MP",
            "Sarah Holt",
            "MP",
        ),
        ("Leeds MP Sarah Holt said prices fell.", "Leeds MP Sarah Holt", "Sarah Holt", "MP"),
        ("Sarah Holt, Labour MP, said prices fell.", "Sarah Holt, Labour MP", "Sarah Holt", "Labour MP"),
        ("Joanna Cherry, MSP, said prices fell.", "Joanna Cherry, MSP", "Joanna Cherry", "MSP"),
        (
            "Fiona Keane KC, a barrister, said prices fell.",
            "Fiona Keane KC, a barrister",
            "Fiona Keane",
            "barrister",
        ),
    ],
)
def test_roles_in_both_orders(sentence: str, source: str, name: str, role: str) -> None:
    (found,) = resolve_all(sentence, (source, "prices fell"))
    assert found.name == name
    assert any(role in r for r in found.roles)


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("His barrister, Fiona Keane QC", "Fiona Keane"),
        ("Dr Amir Shah, MD", "Amir Shah"),
        ("Amir Shah OBE", "Amir Shah"),
        ("Sarah Holt, MD, PhD", "Sarah Holt"),
    ],
)
def test_what_stands_behind_a_name_is_no_part_of_it(source: str, name: str) -> None:
    (resolution,) = resolve_all(f"{source}, said prices fell.", (source, "prices fell"))
    assert (resolution.name, resolution.kind) == (name, SpeakerKind.PERSON)


def test_pronouns_follow_gender_and_recency() -> None:
    body = (
        "Paul Okafor met Maria Lindqvist in Uppsala. The bridge is safe, he said. "
        "She said that the tunnel would stay shut."
    )
    he, she = resolve_all(body, ("he", "The bridge is safe"), ("She", "the tunnel would stay shut"))
    assert he.name == "Paul Okafor"
    assert she.name == "Maria Lindqvist"
    assert 0 < he.confidence < 1


def test_mrs_is_not_her_husband() -> None:
    body = "Robert Castellane won the race. Mrs. Castellane said the road was closed."
    (found,) = resolve_all(body, ("Mrs. Castellane", "the road was closed"))
    assert found.name == "Castellane"


def test_bare_last_name_goes_to_the_one_in_office() -> None:
    body = (
        "Former mayor Henrik Dahl built the port. Mayor Oskar Dahl wants to sell it. "
        "The port is too small, Dahl said. Oskar Dahl spoke in the town hall."
    )
    (found,) = resolve_all(body, ("Dahl", "The port is too small"))
    assert found.name == "Oskar Dahl"
    assert "namesakes" in found.rule


def test_descriptions_find_their_person() -> None:
    body = (
        "Norwegian Prime Minister Astrid Haugen flew to Lisbon to see Portuguese President Rui Valadares. "
        "The Norwegian leader said the treaty was ready. The Portuguese president said it was not."
    )
    leader, president = resolve_all(
        body, ("The Norwegian leader", "the treaty was ready"), ("The Portuguese president", "it was not")
    )
    assert leader.name == "Astrid Haugen"
    assert president.name == "Rui Valadares"


def test_an_official_of_the_lead_is_named_in_the_next_sentence() -> None:
    body = (
        "The dam is about to break, a Chilean water official warned.\n\n"
        "Julio Arancibia, a member of the Chilean Water Council, said the dam had cracks."
    )
    official, _ = resolve_all(
        body,
        ("a Chilean water official", "The dam is about to break"),
        ("Julio Arancibia, a member of the Chilean Water Council,", "the dam had cracks"),
    )
    assert official.name == "Julio Arancibia"


def test_organisations_and_their_short_forms() -> None:
    body = (
        "The Northern Reindeer Herders Association (NRHA) met in Tromso. Snow is late, the NRHA said. "
        "Wolves are rare, the association said. Calves are healthy, according to an NRHA spokesman."
    )
    found = resolve_all(
        body,
        ("the NRHA", "Snow is late"),
        ("the association", "Wolves are rare"),
        ("an NRHA spokesman", "Calves are healthy"),
    )
    assert {r.name for r in found} == {"Northern Reindeer Herders Association"}
    assert {r.kind for r in found} == {SpeakerKind.ORGANISATION}


def test_metonyms() -> None:
    body = "Oslo said that the talks had failed. Norway was ready for more, the White House said."
    capital, seat = resolve_all(
        body, ("Oslo", "the talks had failed"), ("the White House", "Norway was ready for more")
    )
    assert (capital.name, capital.kind) == ("Norwegian government", SpeakerKind.GOVERNMENT)
    assert (seat.name, seat.kind) == ("White House", SpeakerKind.GOVERNMENT)


def test_groups_and_unnamed_sources_keep_their_description() -> None:
    body = (
        "The mill will shut, two engineers familiar with the plan said. Villagers doubt it. "
        "A senior forester said that spruce was dying."
    )
    two, one = resolve_all(
        body,
        ("two engineers familiar with the plan", "The mill will shut"),
        ("A senior forester", "spruce was dying"),
    )
    assert (two.name, two.kind) == ("two engineers familiar with the plan", SpeakerKind.GROUP)
    assert (one.name, one.kind) == ("senior forester", SpeakerKind.UNNAMED)


def test_several_named_speakers_are_a_group_of_both() -> None:
    body = "Anna Berg and Carlos Ruiz said that the river had risen."
    (found,) = resolve_all(body, ("Anna Berg and Carlos Ruiz", "the river had risen"))
    assert (found.name, found.kind) == ("Anna Berg and Carlos Ruiz", SpeakerKind.GROUP)


def test_first_person_is_the_one_who_is_quoted() -> None:
    body = '"I told them that the roof leaks," Greta Nilsen said.'
    article = article_of(body)
    outer = attribution_of(body, "Greta Nilsen", '"I told them that the roof leaks,"', kind=Kind.DIRECT)
    inner = attribution_of(body, "I", "the roof leaks")
    found = resolve(article, load().parse(article), [outer, inner], load_knowledge())
    assert [r.name for r in found] == ["Greta Nilsen", "Greta Nilsen"]


def test_no_source_is_unspecified() -> None:
    (found,) = resolve_all("The factory is reported to be empty.", ("", "The factory"))
    assert (found.name, found.kind, found.mention) == ("unspecified", SpeakerKind.UNNAMED, "")


def test_a_name_after_a_preposition_is_not_the_speaker() -> None:
    body = "Elena Markovic resigned. An ally of Markovic said the vote was unfair."
    (found,) = resolve_all(body, ("An ally of Markovic", "the vote was unfair"))
    assert found.kind is SpeakerKind.UNNAMED
    assert found.name == "ally of Markovic"


@settings(max_examples=40, deadline=None)
@given(
    st.text(alphabet="Aa b.,“”\"'’()-\nThe said Mr.", max_size=60),
    st.integers(0, 59),
    st.integers(0, 59),
)
def test_any_spans_of_any_text_get_one_resolution_each(text: str, a: int, b: int) -> None:
    start, end = sorted((min(a, len(text)), min(b, len(text))))
    article = article_of(text)
    attribution = Attribution((Span(0, len(text)),), (Span(start, end),), (), Span(0, len(text)), Kind.MIXED)
    found = resolve(article, load().parse(article), [attribution], load_knowledge())
    assert len(found) == 1
    assert found[0].name
    assert found[0].rule


def names(body: str, *pairs: tuple[str, str]) -> list[tuple[str, str]]:
    return [(r.name, r.rule) for r in resolve_all(body, *pairs)]


@pytest.mark.parametrize(
    ("body", "source", "content", "name", "rule"),
    [
        (
            "Tilda Hoxha, who leads the weavers' union, sighed. Looms cost more, the union leader said.",
            "the union leader",
            "Looms cost more",
            "Tilda Hoxha",
            "description of a named person",
        ),
        (
            "President Bao Lindqvist of Vestria flew home. The Vestria leader said that rain had come.",
            "The Vestria leader",
            "rain had come",
            "Bao Lindqvist",
            "description of a named person",
        ),
        (
            "Senators Nell Frome of Ohio and Abe Sunder of Utah met. The Utah Republican said it was late.",
            "The Utah Republican",
            "it was late",
            "Abe Sunder",
            "description of a named person",
        ),
        (
            "Rep. Nell Frome (D-Ariz.) spoke first. The Arizona Democrat said it was late.",
            "The Arizona Democrat",
            "it was late",
            "Nell Frome",
            "description of a named person",
        ),
        (
            "Sheikh Idris bin Harith was late. The sheikh said that his camel had slept.",
            "The sheikh",
            "his camel had slept",
            "Idris bin Harith",
            "description of a named person",
        ),
        (
            "Viktor Thune sold the mill to his son Anton Thune. The elder Thune said that flour was dear.",
            "The elder Thune",
            "flour was dear",
            "Viktor Thune",
            "the elder or the younger of a name",
        ),
        (
            "Viktor Thune sold the mill to his son Anton Thune. The younger Thune said that flour was dear.",
            "The younger Thune",
            "flour was dear",
            "Anton Thune",
            "the elder or the younger of a name",
        ),
        (
            "Orla Finch and Sten Krog argued all night. Both said that the map was wrong.",
            "Both",
            "the map was wrong",
            "Orla Finch and Sten Krog",
            "both of two named speakers",
        ),
        (
            "Orla Finch and Sten Krog argued all night. The latter said that the map was wrong.",
            "The latter",
            "the map was wrong",
            "Sten Krog",
            "the former or the latter of two",
        ),
        (
            "Weaver Ltd owns the canal. An anti-Weaver action group said that boats were slow.",
            "An anti-Weaver action group",
            "boats were slow",
            "anti-Weaver action group",
            "unnamed source",
        ),
        (
            "Rain fell. Most voters in Orlo, Tarn and Vell said that they stayed at home.",
            "Most voters in Orlo, Tarn and Vell",
            "they stayed at home",
            "Most voters in Orlo, Tarn and Vell",
            "group",
        ),
        (
            "A study by the Harrow Institute appeared. Bees are rare, said a study by the Harrow Institute.",
            "a study by the Harrow Institute",
            "Bees are rare",
            "Harrow Institute",
            "document of a named body",
        ),
    ],
)
def test_descriptions_and_their_rules(body: str, source: str, content: str, name: str, rule: str) -> None:
    assert names(body, (source, content)) == [(name, rule)]


def test_the_last_speaker_is_taken_up_by_a_description_that_nothing_contradicts() -> None:
    body = "Kofi Larsen said that the net was torn. The 34-year-old said that he would swim."
    assert names(body, ("Kofi Larsen", "the net was torn"), ("The 34-year-old", "he would swim"))[1] == (
        "Kofi Larsen",
        "description of the last speaker",
    )
    body = "Judge Kofi Larsen said that the net was torn. The wealthy surgeon said that he would swim."
    other = names(body, ("Judge Kofi Larsen", "the net was torn"), ("The wealthy surgeon", "he would swim"))[
        1
    ]
    assert other == ("wealthy surgeon", "unnamed source")


def test_the_minister_of_another_country_is_not_the_one_named() -> None:
    body = (
        "Norwegian Foreign Minister Sigve Aalto flew to Danish talks. "
        "The Danish foreign minister said that the fish had gone."
    )
    assert (
        names(body, ("The Danish foreign minister", "the fish had gone"))[0][0] == "Danish foreign minister"
    )


def test_a_title_tells_namesakes_apart() -> None:
    body = (
        "President Han Sung-min rose. His negotiator Han Ji-woo stayed. "
        "The tea was warm, Ms. Han said. The tea was cold, President Han said."
    )
    found = names(body, ("President Han", "The tea was cold"), ("Ms. Han", "The tea was warm"))
    assert [name for name, _ in found] == ["Han Sung-min", "Han Ji-woo"]


def test_one_whom_nobody_names_goes_on_speaking() -> None:
    body = "A neighbor said that the dog barked. She said that the cat slept."
    first, second = names(body, ("A neighbor", "the dog barked"), ("She", "the cat slept"))
    assert second == (first[0], "pronoun: the last speaker, unnamed")


def test_a_pronoun_tells_the_gender_for_the_next_one() -> None:
    body = (
        "Ketevan Oyelaran met reporters. The roof leaked, she said. Tariku Boateng-Lund held the ladder. "
        "The ladder was short, he said. She said that the rain had stopped."
    )
    found = names(
        body, ("she", "The roof leaked"), ("he", "The ladder was short"), ("She", "the rain had stopped")
    )
    assert [name for name, _ in found] == ["Ketevan Oyelaran", "Tariku Boateng-Lund", "Ketevan Oyelaran"]


def test_a_relative_pronoun_means_the_person_and_not_the_body_beside_it() -> None:
    body = "Ivo Stamm, a pollster with the Harrow Institute who said that bees were rare, left."
    assert names(body, ("who", "bees were rare"))[0][0] == "Ivo Stamm"


def test_the_spokesman_again_speaks_for_the_same_body() -> None:
    body = (
        "A spokesman for the Tarn Valley Hospital said that a boy was lost. "
        "He likes frogs, the spokesman said."
    )
    found = names(
        body,
        ("A spokesman for the Tarn Valley Hospital", "a boy was lost"),
        ("the spokesman", "He likes frogs"),
    )
    assert {name for name, _ in found} == {"Tarn Valley Hospital"}


def test_a_man_who_bears_an_outlets_name_is_the_man() -> None:
    body = "Mayor Michael Bloomberg opened the park. The grass is dry, Bloomberg said."
    assert names(body, ("Bloomberg", "The grass is dry"))[0][0] == "Michael Bloomberg"


def test_confidence_is_the_share_of_right_answers_by_the_rule() -> None:
    assert 0.95 < confidence_of("last name") <= 1
    assert confidence_of("pronoun: the last speaker, unnamed") < 0.8
    mean = confidence_of("a rule that nobody judged")
    assert confidence_of("named in the next sentences") == pytest.approx(mean, abs=0.02)
