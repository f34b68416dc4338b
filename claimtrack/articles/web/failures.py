"""What may go wrong with an address, and whether asking again may help."""

from __future__ import annotations

from claimtrack.errors import InputError


class FetchError(InputError):
    """An address that gave no text; `final` where the same question would be answered the same way."""

    def __init__(self, message: str, hint: str = "", *, final: bool = False) -> None:
        super().__init__(message, hint)
        self.final = final
