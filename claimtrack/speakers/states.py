"""The states of the United States as its papers shorten them: "R-Ariz." is a Republican of Arizona.

The abbreviations are those of the Associated Press Stylebook; eight short names are never shortened.
"""

from __future__ import annotations

import re

_STATES = {
    "Ala": "Alabama", "Alaska": "Alaska", "Ariz": "Arizona", "Ark": "Arkansas", "Calif": "California",
    "Colo": "Colorado", "Conn": "Connecticut", "D.C": "D.C.", "Del": "Delaware", "Fla": "Florida",
    "Ga": "Georgia", "Hawaii": "Hawaii", "Idaho": "Idaho", "Ill": "Illinois", "Ind": "Indiana",
    "Iowa": "Iowa", "Kan": "Kansas", "Ky": "Kentucky", "La": "Louisiana", "Maine": "Maine",
    "Mass": "Massachusetts", "Md": "Maryland", "Mich": "Michigan", "Minn": "Minnesota",
    "Miss": "Mississippi", "Mo": "Missouri", "Mont": "Montana", "N.C": "North Carolina",
    "N.D": "North Dakota", "N.H": "New Hampshire", "N.J": "New Jersey", "N.M": "New Mexico",
    "N.Y": "New York", "Neb": "Nebraska", "Nev": "Nevada", "Ohio": "Ohio", "Okla": "Oklahoma",
    "Ore": "Oregon", "Pa": "Pennsylvania", "R.I": "Rhode Island", "S.C": "South Carolina",
    "S.D": "South Dakota", "Tenn": "Tennessee", "Texas": "Texas", "Utah": "Utah", "Va": "Virginia",
    "Vt": "Vermont", "W.Va": "West Virginia", "Wash": "Washington", "Wis": "Wisconsin", "Wyo": "Wyoming",
}  # fmt: skip
_PARTIES = {"R": "Republican", "D": "Democrat", "I": "independent"}
_SEAT = re.compile(r"([RDI])[-‐‑–]([A-Z][A-Za-z. ]+?)\.?")


def seat_of(text: str) -> str:
    """ "Republican of Arizona" for "R-Ariz.", "" for any other text."""
    found = _SEAT.fullmatch(text.strip())
    state = _STATES.get(found[2].replace(" ", "")) if found else None
    return f"{_PARTIES[found[1]]} of {state}" if found and state else ""


def is_state(name: str) -> bool:
    """Whether the name, spelt out, is that of a state."""
    return name in _STATES.values()
