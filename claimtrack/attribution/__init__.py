"""Parsed sentences to attributions: who said what, in spans of the article."""
