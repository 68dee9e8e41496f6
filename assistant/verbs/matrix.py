"""Ask a private desk for every address as every role and record, and print who got what."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.bootstrap.progress import step

if TYPE_CHECKING:
    import argparse

ENVIRONMENT = "app"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare that only the counts may be wanted."""
    parser.add_argument("--counts", action="store_true", help="print the counts without the table")


def main(arguments: argparse.Namespace) -> int:
    """Print the matrix and its counts; 1 when an answer is not the one that was foretold."""
    from assistant.evaluation.matrix.asking import ask_everything, matrix_stage
    from assistant.evaluation.matrix.proving import forms_that_do_nothing
    from assistant.evaluation.matrix.report import matrix_table, summary, wrong_answers

    with (
        tempfile.TemporaryDirectory(prefix="schoolgate-matrix-") as folder,
        matrix_stage(Path(folder) / "data") as stage,
    ):
        with step("Asking every address as every role"):
            cells = list(ask_everything(stage))
        with step("Sending every complete form as somebody who may"):
            idle = forms_that_do_nothing(stage)
    wrong = wrong_answers(cells)
    if not arguments.counts:
        print(matrix_table(cells), end="\n\n")
    print("\n".join(wrong), end="\n\n" if wrong else "")
    print(summary(cells, wrong, idle))
    return 1 if wrong or idle else 0
