"""Checks the trainers' files before training, and tells what to mend in their words.

Rasa's own importer and validator do the reading; their findings are warnings, collected here.
"""

from __future__ import annotations

import re
import warnings
from typing import TYPE_CHECKING

from rasa.shared.constants import UTTER_PREFIX
from rasa.shared.core.events import ActionExecuted
from rasa.shared.exceptions import RasaException
from rasa.shared.importers.importer import TrainingDataImporter
from rasa.validator import Validator

from assistant.brain.language_data import LanguageDataError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_CHECKS: dict[str, Callable[[Validator], bool]] = {
    "An intent is in the data and not in domain.yml, or the other way round.": lambda validator: (
        validator.verify_intents_in_stories(ignore_warnings=False)
    ),
    "A form or an action that a story or rule uses is not in domain.yml.": lambda validator: (
        validator.verify_forms_in_stories_rules() and validator.verify_actions_in_stories_rules()
    ),
    "A slot that a form asks for is not in domain.yml.": lambda validator: (
        validator.verify_form_slots()
    ),
    "Two stories want different things at the same point.": lambda validator: (
        validator.verify_story_structure(ignore_warnings=False)
    ),
}


def find_problems(root: Path) -> list[str]:
    """Return one sentence for each thing to mend in the trainers' files; empty when all is well."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            validator = Validator.from_importer(_importer(root))
            failed = [sentence for sentence, check in _CHECKS.items() if not check(validator)]
            failed += _missing_replies(validator)
        except (RasaException, LanguageDataError, ValueError) as problem:
            return [str(problem)]
    details = [
        _first_line(str(each.message)) for each in caught if issubclass(each.category, UserWarning)
    ]
    return [*failed, *(f"  {detail}" for detail in dict.fromkeys(details))] if failed else []


def _missing_replies(validator: Validator) -> list[str]:
    """Rasa's own check also refuses replies that only actions use, so this one is ours."""
    used = {
        event.action_name
        for step in validator.story_graph.story_steps
        for event in step.events
        if isinstance(event, ActionExecuted) and event.action_name
    }
    missing = {name for name in used if name.startswith(UTTER_PREFIX)} - set(
        validator.domain.responses
    )
    return [
        f"The reply {name} of a story or rule is not in domain.yml." for name in sorted(missing)
    ]


def _importer(root: Path) -> TrainingDataImporter:
    return TrainingDataImporter.load_from_config(
        str(root / "config.yml"), str(root / "domain.yml"), [str(root / "data")]
    )


def _first_line(message: str) -> str:
    return re.sub(r"\x1b\[\d+m", "", message).strip().partition("\n")[0]
