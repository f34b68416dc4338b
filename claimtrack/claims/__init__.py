"""Attributions and speakers to claims: single statements with what they speak of."""

from claimtrack.claims.maker import make_claims
from claimtrack.claims.splitting import split_statements

__all__ = ["make_claims", "split_statements"]
