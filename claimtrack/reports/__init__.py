"""What the store holds as rows, CSV, JSON lines and Markdown."""
