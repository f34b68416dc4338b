"""Addresses to bytes: polite fetching that never reaches inward, and feeds.

The only importer of httpx, httpcore, feedparser and protego (extra `fetch`); import it where something
is fetched, not before.
"""
