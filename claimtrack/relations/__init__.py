"""Claims → Relation: index keys, signals, and the judge that weighs them."""

from claimtrack.relations.judge import MATCHER, judge
from claimtrack.relations.keys import keys_of

__all__ = ["MATCHER", "judge", "keys_of"]
