"""Attributions and speakers to claims: single statements with what they speak of."""
