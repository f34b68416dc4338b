"""Claims → Relation: index keys, signals, and the judge that weighs them."""

from claimtrack.relations.judge import MATCHER, judge, judge_pairs
from claimtrack.relations.keys import keys_of

__all__ = ["MATCHER", "judge", "judge_pairs", "keys_of"]
