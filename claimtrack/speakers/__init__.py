"""Mentions to speakers: who a source stands for in its article, and across articles."""

from claimtrack.speakers.linking import link, lookup_keys
from claimtrack.speakers.resolver import resolve

__all__ = ["link", "lookup_keys", "resolve"]
