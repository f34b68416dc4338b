"""Which of several namesakes a person is, as far as the roles of one article tell.

Only names that many people bear are taken apart so: roles are too often misread, or too many, for the one
bearer of a rare name to be split over them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from claimtrack.speakers.given_names import is_common_given
from claimtrack.speakers.names import family_first, given_names_of, spelled_words, word_set
from claimtrack.speakers.nations import country_of
from claimtrack.speakers.roles import head_of

# What people do, as parts that do not overlap: a role noun of two of them ("officer") stands in neither.
_FIELDS = {
    word: field
    for field, words in {
        "politics": """president premier chancellor king queen emperor monarch prime-minister minister
            secretary politician diplomat ambassador envoy senator congressman congresswoman representative
            legislator lawmaker mp republican democrat governor mayor councilman councilwoman councillor
            candidate nominee spokesman spokeswoman spokesperson press-secretary adviser advisor aide
            strategist commissioner delegate assemblyman assemblywoman undersecretary negotiator""",
        "order": """detective sergeant captain lieutenant colonel general major sheriff inspector constable
            superintendent trooper soldier admiral policeman policewoman""",
        "law": "lawyer attorney prosecutor solicitor barrister judge justice magistrate counsel",
        "science": """scholar professor researcher scientist historian economist academic sociologist
            psychologist physicist biologist epidemiologist political-scientist lecturer chemist astronomer
            geologist engineer climatologist""",
        "medicine": "physician surgeon nurse paediatrician pediatrician virologist doctor",
        "business": "ceo cfo coo executive entrepreneur businessman businesswoman investor banker",
        "media": "journalist reporter correspondent editor columnist anchor blogger",
        "arts": """artist actor actress singer musician rapper filmmaker novelist photographer comedian
            designer author""",
        "sport": """athlete player striker goalkeeper quarterback coach midfielder defender champion
            pitcher golfer swimmer""",
        "church": "pastor priest bishop archbishop rabbi imam cleric pope cardinal",
    }.items()
    for word in words.split()
}
# Family names that many thousands bear in a country that newspapers write about (census lists of the United
# States, Britain, Spain, Portugal and Brazil, Russia, India, Pakistan, Nigeria; public domain).
_COMMON_FAMILIES = word_set(
    """smith johnson williams brown jones garcia miller davis rodriguez martinez hernandez lopez gonzalez
    wilson anderson thomas taylor moore jackson martin perez thompson white harris sanchez clark
    ramirez lewis robinson walker young allen wright scott torres hill flores green adams nelson baker hall
    rivera campbell mitchell carter roberts gomez phillips evans turner diaz parker cruz edwards collins
    reyes stewart morris morales murphy cook rogers gutierrez ortiz morgan cooper peterson bailey reed kelly
    howard ramos ward cox richardson watson brooks chavez wood james bennett gray mendoza
    ruiz hughes price alvarez castillo sanders patel myers long ross foster jimenez powell jenkins perry
    russell sullivan bell coleman butler henderson barnes fisher vasquez simmons graham murray ford hamilton
    shaw khan ahmad ali hussein begum singh kumar sharma shah gupta das silva santos oliveira souza pereira
    ferreira alves ribeiro costa fernandes muller schmidt schneider fischer weber meyer wagner becker ivanov
    petrov smirnov popov kuznetsov cohen levi suzuki sato tanaka yamamoto watanabe takahashi ito
    rossi ferrari russo bianchi dubois durand moreau bernard okafor mohammed ibrahim hassan
    fernandez"""
)
_TOWARDS = re.compile(r"\s(?:to|for|on|in|with)\s.*")


def is_common_name(name: str) -> bool:
    """Whether a full name is one that many people bear: a common given and last name, and nothing between."""
    given, words = given_names_of(name), spelled_words(name)
    if len(given) != 1 and not family_first(name):
        return False
    if family_first(name):
        return True
    return words[-1] in _COMMON_FAMILIES and is_common_given(given[0])


def sense_of(name: str, roles: Iterable[str]) -> str:
    """The countries and the fields that the roles name ("brazil|politics"), or "".

    Empty too for a name that is rare enough to stand for one person.
    """
    if not is_common_name(name):
        return ""
    texts = list(roles)
    # "the envoy to Syria" is hardly a Syrian
    countries = {c for role in texts if (c := country_of(_TOWARDS.sub("", role)))}
    fields = {f for role in texts if (f := _FIELDS.get(head_of(role)))}
    return f"{'+'.join(sorted(countries))}|{'+'.join(sorted(fields))}" if countries or fields else ""


def senses_clash(a: str, b: str) -> bool:
    """Whether two senses of one name are two people: other countries, or other fields."""
    if not a or not b:
        return False
    pairs = zip(a.split("|"), b.split("|"), strict=True)
    return any(x and y and set(x.split("+")).isdisjoint(y.split("+")) for x, y in pairs)
