"""`claimtrack` and `python -m claimtrack`."""

from __future__ import annotations

import gc


def main() -> None:
    """Run the command line.

    A command allocates some 100,000 objects while it imports what it needs, and none of them is
    garbage: collecting at Python's usual threshold of 700 takes a sixth of a short command's time.
    """
    gc.set_threshold(100_000, 20, 20)
    from claimtrack.cli import app  # noqa: PLC0415 - after the threshold, or the imports pay for it

    app.main()


if __name__ == "__main__":
    main()
