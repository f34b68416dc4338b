"""What the tests of the app share with those of the commands."""

from tests.cli.conftest import hostile

__all__ = ["hostile"]
