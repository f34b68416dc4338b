"""Parsed text: the only room that imports spaCy."""
