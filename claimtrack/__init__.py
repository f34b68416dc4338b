"""claimtrack: who said what, where it was reported, and who says otherwise."""

__version__ = "0.1.0"
