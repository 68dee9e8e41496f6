"""Schoolgate: the private door between a worried parent and the right person at school."""

import sys

__version__ = "0.5.0"

if sys.version_info < (3, 9):  # noqa: UP036 - whatever `python3` is on a machine starts the set-up
    sys.exit("Schoolgate is started with Python 3.9 or newer; it finds or fetches 3.11 by itself.")
