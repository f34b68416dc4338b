"""Disputes as flat rows.  Names of columns are a promise: add, never rename."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from claimtrack.reports.formats import Report, Row
from claimtrack.reports.rows import CLAIM_BRIEF, CLAIM_COLUMNS, claim_row

if TYPE_CHECKING:
    from claimtrack.reports.disputes import Dispute

DISPUTE_COLUMNS = (
    "id", "topic", "status", "versions", "speakers", "origins", "outlets", "claims", "first", "latest",
    "relations", "confirmed",
)  # fmt: skip
DISPUTE_BRIEF = ("id", "topic", "status", "versions", "speakers", "origins", "outlets", "first", "latest")
VERSION_COLUMNS = (
    "dispute",
    "topic",
    "status",
    "version",
    "label",
    "standing",
    "origins",
    "heard_by",
    "latest",
)


def dispute_row(dispute: Dispute) -> Row:
    """A dispute under `DISPUTE_COLUMNS`: `versions` are their labels and stances, the earliest first."""
    days = sorted(claim.day for claim in dispute.claims if claim.day)
    return {
        "id": dispute.id,
        "topic": dispute.topic,
        "status": dispute.status,
        "versions": [version.heading for version in dispute.versions],
        "speakers": dispute.speakers,
        "origins": dispute.origins,
        "outlets": dispute.outlets,
        "claims": len(dispute.claims),
        "first": days[0] if days else None,
        "latest": days[-1] if days else None,
        "relations": [link.id for link in dispute.opposed],
        "confirmed": dispute.confirmed,
    }


def disputes_report(disputes: Iterable[Dispute]) -> Report:
    """Disputes, one a row."""
    return Report(DISPUTE_COLUMNS, map(dispute_row, disputes), DISPUTE_BRIEF)


def versions_report(disputes: Iterable[Dispute]) -> Report:
    """The claims of disputes, each with the number, label and standing of its version."""
    rows = (
        {
            "dispute": dispute.id,
            "topic": dispute.topic,
            "status": dispute.status,
            "version": number,
            "label": version.label,
            "standing": str(version.standing),
            "origins": version.origins,
            "heard_by": version.independent.outlets,
            "latest": version.latest,
            **claim_row(claim),
        }
        for dispute in disputes
        for number, version in enumerate(dispute.versions, 1)
        for claim in version.claims
    )
    return Report(VERSION_COLUMNS + CLAIM_COLUMNS, rows, ("dispute", "version", "standing", *CLAIM_BRIEF))
