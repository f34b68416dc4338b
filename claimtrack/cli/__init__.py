"""The command line: the only room that imports Typer and rich."""
