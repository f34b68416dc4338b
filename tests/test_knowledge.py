"""The starting knowledge: the seed files themselves, the look-ups, and what a user's folder changes."""

import csv
import re
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

import pytest

from claimtrack.errors import InputError
from claimtrack.knowledge import FILES, MetonymKind, TitleKind, load_knowledge, name_key

SEEDS = Path(__file__).resolve().parents[1] / "seeds"
HEADERS = {
    "outlets.csv": "name,country,domains,aliases",
    "agencies.csv": "name,country,domains,aliases",
    "titles.csv": "title,kind,role",
    "metonyms.csv": "metonym,stands_for,kind,country,adjective,ambiguous",
}


def write(folder: Path, file: str, *lines: str) -> Path:
    path = folder / file
    path.write_text("\n".join((HEADERS[file], *lines)) + "\n", encoding="utf-8")
    return path


class TestSeeds:
    def test_there_is_enough_of_each(self):
        knowledge = load_knowledge()
        agencies = [entry for entry in knowledge.organisations if entry.is_agency]
        countries = {entry.country for entry in knowledge.metonyms if entry.kind is MetonymKind.COUNTRY}
        capitals = {entry.country for entry in knowledge.metonyms if entry.kind is MetonymKind.CAPITAL}
        assert len(knowledge.organisations) - len(agencies) >= 350
        assert len(agencies) >= 150
        assert len({title.title for title in knowledge.titles.values()}) >= 300
        assert len(countries) >= 150
        assert len(capitals) >= 150

    def test_every_domain_is_well_formed_and_has_one_owner(self):
        owners = defaultdict(list)
        for entry in load_knowledge().organisations:
            for domain in entry.domains:
                assert re.fullmatch(r"[a-z0-9-]+(\.[a-z0-9-]+)+", domain)
                assert not domain.startswith("www.")
                owners[domain].append(entry.name)
        assert [names for names in owners.values() if len(names) > 1] == []

    def test_every_outlet_is_found_by_its_own_name_aliases_and_domains(self):
        knowledge = load_knowledge()
        for entry in knowledge.organisations:
            for name in (entry.name, *entry.aliases):
                assert knowledge.outlet_of_name(name) is entry
            for domain in entry.domains:
                assert knowledge.outlet_of_domain(domain) is entry

    def test_a_country_and_its_adjective_stand_for_one_government(self):
        meanings = defaultdict(set)
        for entry in load_knowledge().metonyms:
            if entry.kind is MetonymKind.COUNTRY:
                for word in {entry.metonym, entry.country, *entry.adjectives} - {""}:
                    meanings[name_key(word)].add(entry.stands_for)
        assert {word: found for word, found in meanings.items() if len(found) > 1} == {}

    def test_every_title_kind_is_used_and_honorifics_are_no_roles(self):
        titles = load_knowledge().titles.values()
        assert {title.kind for title in titles} == set(TitleKind)
        assert not any(title.role for title in titles if title.kind is TitleKind.HONORIFIC)

    @pytest.mark.parametrize("file", FILES)
    def test_the_header_is_as_documented_and_no_cell_has_stray_spaces(self, file):
        with (SEEDS / file).open(encoding="utf-8", newline="") as lines:
            rows = list(csv.reader(lines))
        assert ",".join(rows[0]) == HEADERS[file]
        for row in rows:
            for cell in row:
                assert cell == cell.strip()
                assert all(part == part.strip() for part in cell.split(";"))


class TestNameKey:
    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("The Guardian", "guardian"),
            ("Ha’aretz", "ha'aretz"),
            ("U.S.", "US"),
            ("Sen.", "sen"),
            ("Al-Jazeera", "Al Jazeera"),
            ("Élysée", "Elysee"),
            ("News & Observer", "The News and  Observer"),
            ("RIA\u2013Novosti", "RIA Novosti"),
        ],
    )
    def test_spellings_of_one_name_share_a_key(self, one, other):
        assert name_key(one) == name_key(other)

    def test_stops_inside_a_host_name_stay(self):
        assert name_key("news.com.au") == "news.com.au"

    def test_the_alone_is_kept(self):
        assert name_key("The") == "the"


class TestLookUps:
    @pytest.mark.parametrize(
        ("host", "name"),
        [
            ("nytimes.com", "The New York Times"),
            ("WWW.NYTimes.com", "The New York Times"),
            ("edition.cnn.com", "CNN"),
            ("www.bbc.co.uk:443", "BBC News"),
            ("uk.reuters.com.", "Reuters"),
            ("asia.nikkei.com", "Nikkei Asia"),
        ],
    )
    def test_a_host_belongs_to_the_nearest_domain(self, host, name):
        found = load_knowledge().outlet_of_domain(host)
        assert found is not None
        assert found.name == name

    @pytest.mark.parametrize("host", ["", "com", "co.uk", "notnytimes.com", "example.org"])
    def test_an_unknown_host_belongs_to_nobody(self, host):
        assert load_knowledge().outlet_of_domain(host) is None

    def test_agencies_are_told_from_outlets(self):
        knowledge = load_knowledge()
        assert knowledge.is_agency("the Associated Press")
        assert knowledge.is_agency("ITAR-TASS")
        assert not knowledge.is_agency("The Irish Times")
        assert not knowledge.is_agency("The Village Trumpet")

    @pytest.mark.parametrize(
        ("name", "stands_for"),
        [
            ("the White House", "US presidency"),
            ("No 10", "British prime minister's office"),
            ("Oslo", "Norwegian government"),
            ("Burma", "Burmese government"),
            ("U.S.", "US government"),
            ("Nato", "NATO"),
        ],
    )
    def test_a_metonym_stands_for_an_office(self, name, stands_for):
        found = load_knowledge().metonym(name)
        assert found is not None
        assert found.stands_for == stands_for

    @pytest.mark.parametrize("name", ["us", "Us", "who", "Who", "Is", "table"])
    def test_pronouns_are_not_acronyms(self, name):
        assert load_knowledge().metonym(name) is None
        assert load_knowledge().government_of(name) is None

    @pytest.mark.parametrize("name", ["Washington", "Georgia", "Jordan", "Brussels", "the North"])
    def test_words_with_another_meaning_are_marked(self, name):
        found = load_knowledge().metonym(name)
        assert found is not None
        assert found.ambiguous

    @pytest.mark.parametrize(
        ("word", "government"),
        [
            ("Norwegian", "Norwegian government"),
            ("Norway", "Norwegian government"),
            ("american", "US government"),
            ("US", "US government"),
            ("British", "British government"),
            ("Oslo", None),
            ("Martian", None),
        ],
    )
    def test_governments_are_found_by_country_or_adjective(self, word, government):
        assert load_knowledge().government_of(word) == government

    def test_titles_are_found_as_printed_and_without_stops(self):
        knowledge = load_knowledge()
        assert knowledge.titles["sen."] is knowledge.titles["sen"]
        assert knowledge.title("Deputy Foreign Minister") is knowledge.titles["deputy foreign minister"]
        assert knowledge.title("Vice-President") is knowledge.title("vice president")
        assert knowledge.title("pumpkin") is None


class TestExtraFolder:
    def test_a_row_of_the_same_name_replaces_the_seed_row(self, tmp_path):
        write(tmp_path, "outlets.csv", "the new york times,Nowhere,times.example,Grey Lady")
        knowledge = load_knowledge(tmp_path)
        found = knowledge.outlet_of_name("The New York Times")
        assert found is not None
        assert found.country == "Nowhere"
        assert knowledge.outlet_of_name("Grey Lady") is found
        assert knowledge.outlet_of_domain("times.example") is found
        assert knowledge.outlet_of_domain("nytimes.com") is None
        assert knowledge.outlet_of_name("NYT") is None
        assert len(knowledge.organisations) == len(load_knowledge().organisations)

    def test_rows_are_added_to_every_file(self, tmp_path):
        write(tmp_path, "agencies.csv", "Harbour Wire,Norway,wire.example,HW;Harbour News Wire")
        write(tmp_path, "titles.csv", "Harbour Master,office,yes")
        write(tmp_path, "metonyms.csv", "Quayside,Harbour Board,seat,Norway,,no")
        knowledge = load_knowledge(tmp_path)
        assert knowledge.is_agency("HW")
        assert knowledge.titles["harbour master"].role
        quayside = knowledge.metonym("the Quayside")
        assert quayside is not None
        assert quayside.stands_for == "Harbour Board"
        assert quayside.adjective == ""
        assert knowledge.is_agency("Reuters")

    def test_an_alias_and_a_domain_of_the_user_win_over_the_seeds(self, tmp_path):
        write(tmp_path, "outlets.csv", "Amateur Press,Norway,ap.org,AP")
        knowledge = load_knowledge(tmp_path)
        for found in (knowledge.outlet_of_name("AP"), knowledge.outlet_of_domain("ap.org")):
            assert found is not None
            assert found.name == "Amateur Press"
        assert knowledge.is_agency("Associated Press")

    def test_a_country_of_the_user_wins_under_each_of_its_names(self, tmp_path):
        write(tmp_path, "metonyms.csv", "Norway,Storting and Crown,country,Norway,Norwegian,no")
        knowledge = load_knowledge(tmp_path)
        assert knowledge.government_of("Norwegian") == "Storting and Crown"
        assert knowledge.government_of("Swedish") == "Swedish government"

    def test_an_agency_can_be_made_an_outlet(self, tmp_path):
        write(tmp_path, "outlets.csv", "Reuters,United Kingdom,reuters.com,")
        assert not load_knowledge(tmp_path).is_agency("Reuters")

    def test_a_byte_order_mark_blank_lines_and_further_columns_are_no_matter(self, tmp_path):
        text = "\ufefftitle,kind,role,note\r\n\r\nharbour master,office,yes,ours\r\n"
        (tmp_path / "titles.csv").write_bytes(text.encode("utf-8"))
        assert "harbour master" in load_knowledge(tmp_path).titles


class TestBadFiles:
    def test_a_folder_without_knowledge(self, tmp_path):
        with pytest.raises(InputError, match=r"no knowledge files in .*outlets\.csv"):
            load_knowledge(tmp_path)

    @pytest.mark.parametrize("text", ["", "name,country,domains\nHarbour Wire,Norway,\n"])
    def test_a_missing_column(self, tmp_path, text):
        (tmp_path / "outlets.csv").write_text(text, encoding="utf-8")
        with pytest.raises(InputError, match=r"outlets\.csv, line 1: no column .*aliases.* must be name"):
            load_knowledge(tmp_path)

    @pytest.mark.parametrize(
        ("file", "lines", "message"),
        [
            ("titles.csv", ["harbour master,office,yes", "Harbour-Master,office,yes"], "line 3: .* line 2"),
            ("metonyms.csv", ["Quay,Board,seat,,,no", "The Quay,Board,seat,,,no"], "line 3: .* line 2"),
            ("outlets.csv", ["One,,one.example,O", "Two,,two.example,o"], "line 3: 'o' is already in line 2"),
            ("outlets.csv", ["One,,one.example,", "Two,,one.example,"], "line 3: 'one.example' is already"),
            ("outlets.csv", ["One,,https://one.example,"], "line 2: .* is not a domain.* without https"),
            ("outlets.csv", [",Norway,one.example,"], "line 2: the name is empty"),
            ("outlets.csv", ["One, Two and Three,Norway,one.example,"], "line 2: 5 cells instead of 4"),
            ("outlets.csv", ["One,Norway"], "line 2: 2 cells instead of 4"),
            ("outlets.csv", ['"One"x,Norway,,'], "line 2: .*quotation marks"),
            ("titles.csv", ["harbour master,nautical,yes"], "line 2: 'nautical' is not a kind.* honorific"),
            ("titles.csv", ["harbour master,office,maybe"], "line 2: 'maybe' is not a value of role"),
            ("metonyms.csv", ["Quay,Board,pier,,,no"], "line 2: 'pier' is not a kind.* capital, seat"),
            ("metonyms.csv", ["Quay,,seat,,,no"], "line 2: stands_for is empty"),
        ],
    )
    def test_a_bad_row_is_named_by_file_and_line(self, tmp_path, file, lines, message):
        write(tmp_path, file, *lines)
        with pytest.raises(InputError, match=rf"{re.escape(file)}, {message}") as caught:
            load_knowledge(tmp_path)
        assert caught.value.hint

    def test_one_name_in_two_files(self, tmp_path):
        write(tmp_path, "outlets.csv", "Harbour Wire,Norway,,")
        write(tmp_path, "agencies.csv", "Harbour Wire,Norway,,")
        with pytest.raises(InputError, match=r"agencies\.csv, line 2: .* already in .*outlets\.csv, line 2"):
            load_knowledge(tmp_path)

    def test_another_encoding(self, tmp_path):
        (tmp_path / "titles.csv").write_bytes("title,kind,role\nprésident,office,yes\n".encode("latin-1"))
        with pytest.raises(InputError, match=r"titles\.csv is not UTF-8 .* Save it as CSV UTF-8"):
            load_knowledge(tmp_path)


def test_importing_it_imports_nothing_heavy():
    script = "import sys, claimtrack.knowledge as k; k.load_knowledge(); print(*sys.modules)"
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    loaded = {name.partition(".")[0] for name in run.stdout.split()}
    assert loaded.isdisjoint({"spacy", "numpy", "sqlalchemy", "typer", "rich", "pydantic", "rapidfuzz"})
