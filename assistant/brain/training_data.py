"""Checks the trainers' files before training, and tells what to mend in their words.

What trainers get wrong most is looked for in the files themselves, with its line. Rasa's own
reading comes after that, for what is left.
"""

from __future__ import annotations

import re
import warnings
from typing import TYPE_CHECKING

from rasa.shared.exceptions import RasaException
from rasa.shared.importers.importer import TrainingDataImporter

from assistant.brain.contradictions import contradictions
from assistant.brain.language_data import FOLDER, LanguageDataError, read_folder
from assistant.brain.trainers_files import read_files
from assistant.brain.training_checks import mistakes_in
from assistant.casework.lexicon import Lexicon, LexiconError
from assistant.casework.phrasebook import Phrasebook, PhrasebookError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from assistant.brain.trainers_files import TrainersFiles

LEXICONS: Mapping[str, Callable[[Path], object]] = {
    "data/lexicon/risk.toml": Lexicon.load,
    "data/lexicon/languages.toml": Phrasebook.load,
}
NOT_A_ROW = "a line is no JSON object, or holds a value of the wrong kind."


def find_problems(root: Path) -> list[str]:
    """Return a sentence or two for each thing to mend; empty when all is well."""
    files = read_files(root)
    found = [*mistakes_in(files), *_in_language(root), *_in_lexicons(root)]
    return [each.replace(f"{root}/", "") for each in found or _in_reading(root, files)]


def _in_language(root: Path) -> list[str]:
    try:
        read_folder(root / FOLDER)
    except LanguageDataError as problem:
        return [str(problem)]
    except (TypeError, AttributeError):
        return [f"{FOLDER}: {NOT_A_ROW}"]
    return []


def _in_lexicons(root: Path) -> list[str]:
    found = []
    for name, load in LEXICONS.items():
        path = root / name
        try:
            if path.exists():
                load(path)
        except (LexiconError, PhrasebookError, UnicodeDecodeError) as problem:
            found.append(f"{path.parent}/{problem}")
    return found


def _in_reading(root: Path, files: TrainersFiles) -> list[str]:
    """Read everything as a training will; Rasa's own words are the last resort."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            importer = TrainingDataImporter.load_from_config(
                str(root / "config.yml"), str(root / "domain.yml"), [str(root / "data")]
            )
            return contradictions(
                importer.get_stories(), importer.get_domain(), importer.get_config(), files.blocks
            )
        except (RasaException, ValueError) as problem:
            return [_first_line(str(problem))]


def _first_line(message: str) -> str:
    return re.sub(r"\x1b\[\d+m", "", message).strip().partition("\n")[0]
