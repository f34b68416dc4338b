"""All SQL: open a database with `open_store`, and read and write through the `Store` it gives."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from claimtrack.store.facade import Store, open_store

__all__ = ["Store", "open_store"]

if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        # Commands that only read start without what writing needs: see `opening`.
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        from claimtrack.store import facade  # noqa: PLC0415

        return getattr(facade, name)
