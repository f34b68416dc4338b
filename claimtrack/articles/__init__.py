"""Bytes to articles: find the files, decode them, mark what is not running text, read the metadata."""

from claimtrack.articles.decoding import decode
from claimtrack.articles.discovery import Discovery, Found, discover
from claimtrack.articles.formats import Columns, Limits
from claimtrack.articles.overrides import Overrides
from claimtrack.articles.reader import read_article

__all__ = ["Columns", "Discovery", "Found", "Limits", "Overrides", "decode", "discover", "read_article"]
