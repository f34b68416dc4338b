"""Proof that an export is what was written: digests, the sidecar beside it, and the entry in the log."""

from claimtrack.proof.checking import Checked, check_export
from claimtrack.proof.records import Exported
from claimtrack.proof.sidecar import proof_path
from claimtrack.proof.writing import export_file, export_to

__all__ = ["Checked", "Exported", "check_export", "export_file", "export_to", "proof_path"]
