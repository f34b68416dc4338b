"""Hand-made gold: passages with every attribution marked, and judged pairs of claims."""
