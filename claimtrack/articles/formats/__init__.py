"""Files of any known format to texts: one reader a format, told by what the bytes are."""

from claimtrack.articles.formats.bounds import Limits
from claimtrack.articles.formats.columns import Columns
from claimtrack.articles.formats.registry import read_texts
from claimtrack.articles.formats.texts import PassedOver, Piece, Refused, Text

__all__ = ["Columns", "Limits", "PassedOver", "Piece", "Refused", "Text", "read_texts"]
