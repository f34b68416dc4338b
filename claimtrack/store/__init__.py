"""All SQL: open a database with `open_store`, and read and write through the `Store` it gives."""

from claimtrack.store.facade import Store, open_store

__all__ = ["Store", "open_store"]
