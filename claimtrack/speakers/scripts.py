"""Letters of other scripts that look like Latin ones.

They never make two names one: "Рutin" with a Cyrillic letter is another name until a person says it is not.
But the two are looked up together, so that they can be proposed.
"""

from __future__ import annotations

import unicodedata

# Cyrillic and Greek letters that print like Latin ones (a part of Unicode's confusables, TR 39).
_ALIKE = str.maketrans(
    "АВЕЅІЈКМНОРСТХУаеѕіјорсхуԁһԛԝΑΒΕΖΗΙΚΜΝΟΡΤΥΧαορνι",
    "ABESIJKMHOPCTXYaesijopcxydhqwABEZHIKMNOPTYXaopvi",
)


def mixed(name: str) -> bool:
    """Whether a name is written in letters of several scripts of which one is Latin."""
    scripts = {unicodedata.name(c, "").split(" ")[0] for c in name if c.isalpha()}
    return len(scripts & {"LATIN", "CYRILLIC", "GREEK"}) > 1


def plain_script(name: str) -> str:
    """A name of mixed letters as if all were Latin; any other name unchanged."""
    return name.translate(_ALIKE) if not name.isascii() and mixed(name) else name
