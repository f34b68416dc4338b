"""`python -m claimtrack` is `claimtrack`."""

from claimtrack.cli.app import main

main()
