"""Make the environments and fetch the front-end packages, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.bootstrap.prepare import prepare
from assistant.bootstrap.progress import say

if TYPE_CHECKING:
    import argparse

ENVIRONMENT = None


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of `setup`."""
    parser.add_argument("--tests", action="store_true", help="with the packages that tests need")


def main(arguments: argparse.Namespace) -> int:
    """Prepare everything that is missing."""
    prepare(tests=arguments.tests)
    say("Everything Schoolgate needs is in place.")
    return 0
