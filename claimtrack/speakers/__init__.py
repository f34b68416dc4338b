"""Mentions to speakers: who a source stands for in its article, and across articles."""

from claimtrack.speakers.grouping import Leader, group
from claimtrack.speakers.personas import combine, identify, lookup_keys
from claimtrack.speakers.resolver import resolve

__all__ = ["Leader", "combine", "group", "identify", "lookup_keys", "resolve"]
