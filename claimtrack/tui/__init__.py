"""The review queue on the screen of a terminal (textual, extra `tui`)."""
