"""Copies are told from rewrites, and both from texts that only tell the same thing or in the same way."""

from __future__ import annotations

import random
import re
import tracemalloc

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimtrack.articles.copies import BANDS, LEAST_SHINGLES, bands_of, find_copy, print_of
from claimtrack.records import Mark, MarkKind, Span

FLOOD = """\
The Ore broke its banks at Lindmouth shortly before dawn on Thursday and flooded some four hundred houses
in the lower town. Firemen took people off roofs by boat, and a school in Hill Street was opened as a
shelter for the night. Nobody was killed, the county said, but eleven people were treated for cold.

"We have never seen the water rise so fast," said Marta Quill, the mayor of Lindmouth, who spent the
morning in rubber boots. She asked the province to send pumps and sandbags from its store in Harrow, and
accused it of having cut the money for the dyke three years running.

The dyke was last raised in 1978. A study that the province had made five years ago found that it would
not withstand more than six metres of water; on Thursday the gauge at the old bridge showed six metres
and forty centimetres. The province's engineer, Tomas Reed, denied that money had been cut and spoke of
works that were put off because the contractor in Elby had gone bankrupt.

Trains between Harrow and the coast were stopped, and the road to Elby will stay shut until Saturday at
least. More rain is forecast for the weekend, although less than fell on Wednesday. The insurers' union
put the damage at about nine million crowns, a figure that does not include the harvest.
"""
SAME_STORY = """\
Four hundred homes stood under water in Lindmouth on Thursday after the river Ore burst through its dyke
during the night. Rescue workers in boats carried families to a school which now serves as a refuge.
According to the county there were no deaths; eleven inhabitants suffered from hypothermia.

"We have never seen the water rise so fast," mayor Marta Quill told reporters. She blamed the government
of the province, which she said had saved on the town's flood defences for three years, and wants pumps
from Harrow at once. Tomas Reed, who heads the province's works, rejected that: the bankruptcy of a
builder in Elby had held everything up.

Engineers knew of the danger. Five years ago experts wrote that the dyke, raised for the last time in
1978, could hold back six metres at most. The river stood forty centimetres higher on Thursday. No train
runs from Harrow to the sea, drivers cannot reach Elby before Saturday, and insurance companies reckon
with a loss of nine million crowns.
"""
QUAKE = """\
An earthquake of magnitude {size} struck {km} kilometres {side} of {town} on {day}, the Institute of
Seismology said. The quake hit at {time} local time at a depth of {depth} kilometres, according to the
institute, which had first put the magnitude higher. There were no immediate reports of damage or of
people hurt. Residents of {town} and of nearby {other} felt the shaking for several seconds and some ran
into the streets, the broadcaster {radio} reported. {land} lies where two plates of the earth's crust meet
and is shaken by several hundred earthquakes a year, most of them too weak to be felt. The strongest of
recent years, in {year}, destroyed parts of {city} and killed {dead} people.
"""


def printed(text: str):
    return print_of(text, ())


def test_a_verbatim_copy_is_a_reprint():
    copy = find_copy(printed(FLOOD), printed(FLOOD))
    assert copy is not None
    assert (copy.share, copy.whole) == (1.0, True)


@pytest.mark.parametrize("paragraphs", [2, 3])
def test_a_copy_cut_at_a_paragraph_is_a_reprint(paragraphs):
    cut = "\n\n".join(FLOOD.split("\n\n")[:paragraphs])
    copy = find_copy(printed(cut), printed(FLOOD))
    assert copy is not None
    assert copy.whole


def test_an_article_that_takes_in_a_whole_brief_is_a_rewrite_of_it():
    brief = "\n\n".join(FLOOD.split("\n\n")[:2])
    copy = find_copy(printed(FLOOD), printed(brief))
    assert copy is not None
    assert (copy.share, copy.whole, copy.of_original) == (1.0, False, True)


def test_heading_and_boilerplate_do_not_count():
    heading = "River floods Lindmouth: four hundred houses under water, mayor accuses province\n\n"
    marks = (Mark(Span(0, len(heading)), MarkKind.TITLE),)
    assert print_of(heading + FLOOD, marks).shingles == printed(FLOOD).shingles


def test_a_respelt_copy_is_a_reprint():
    spelt = FLOOD.replace("metres", "meters").replace("dyke", "dike").replace("killed", "Killed")
    copy = find_copy(printed(spelt), printed(FLOOD))
    assert copy is not None
    assert copy.whole


@pytest.mark.parametrize("seed", range(5))
def test_a_copy_with_a_fifth_of_its_words_rewritten_is_a_rewrite(seed):
    chance = random.Random(seed)
    text = re.sub(r"\b[a-z]+\b", lambda m: "other" if chance.random() < 0.2 else m[0], FLOOD)
    assert find_copy(printed(text), printed(FLOOD)) is not None


def test_another_papers_report_of_the_same_day_is_no_copy():
    assert find_copy(printed(SAME_STORY), printed(FLOOD)) is None


def test_a_speech_that_both_quote_does_not_make_a_copy():
    speech = '"' + " ".join(FLOOD.replace('"', "").split()) + '"\n'
    one, other = FLOOD.partition("\n\n")[0], SAME_STORY.partition("\n\n")[0]
    assert find_copy(printed(one + "\n\n" + speech), printed(other + "\n\n" + speech)) is None


def test_stories_of_one_pattern_are_no_copies():
    one = QUAKE.format(
        size="5.1", km=23, side="north", town="Osta", day="Monday", time="4:12 a.m.", depth=12,
        other="Vell", radio="Radio Osta", land="Norland", year=2003, city="Marn", dead=140,
    )  # fmt: skip
    two = QUAKE.format(
        size="4.6", km=41, side="west", town="Perrin", day="Friday", time="11:30 p.m.", depth=35,
        other="Saint Auban", radio="Canal Six", land="Sudland", year=1998, city="Gorra", dead=61,
    )  # fmt: skip
    assert find_copy(printed(two), printed(one)) is None
    assert find_copy(printed(one.replace("23", "24")), printed(one)) is not None


def test_short_texts_are_no_copies_and_have_no_bands():
    line = "The museum is shut on Mondays, and on the first of May."
    assert len(printed(line).shingles) < LEAST_SHINGLES
    assert find_copy(printed(line), printed(line)) is None
    assert bands_of(printed(line)) == ()


def test_bands_are_the_same_everywhere_and_fit_their_column():
    bands = bands_of(printed(FLOOD))
    assert len(bands) == len(set(bands)) == BANDS
    assert all(-(2**63) <= band < 2**63 for band in bands)
    # An archive holds them for years: a change of these numbers needs a migration.
    assert bands[:3] == (1489442974394612976, -1505631049360127927, -663086764947631032)


@pytest.mark.parametrize("change", [FLOOD, FLOOD[:700], FLOOD.replace("metres", "meters")])
def test_copies_share_bands(change):
    assert set(bands_of(printed(change))) & set(bands_of(printed(FLOOD)))


@settings(max_examples=30, deadline=None)
@given(st.text(max_size=400), st.text(max_size=400))
def test_no_text_breaks_the_comparison_and_the_order_decides_only_who_is_whole(a, b):
    one, other = find_copy(printed(a), printed(b)), find_copy(printed(b), printed(a))
    assert (one is None) == (other is None)
    assert one is None or other is None or one.share == other.share


def test_a_book_is_looked_up_by_its_beginning() -> None:
    words = list(map(str, range(130_000)))
    assert bands_of(printed(" ".join(words))) == bands_of(printed(" ".join(words[:100_000])))


def test_bands_of_a_long_text_take_no_memory_in_proportion_to_it() -> None:
    def peak(words: int) -> int:
        text = printed(" ".join(map(str, range(words))))
        assert len(text.shingles) == words - 2
        tracemalloc.start()
        bands_of(text)
        try:
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    peak(50)  # the library that counts is loaded
    assert peak(50_000) < 2 * peak(10_000)
