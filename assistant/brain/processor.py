"""Rasa's message processor, made honest: a turn in which an action fails is no turn.

Rasa logs the failure, counts the action as done and goes on to "your complaint is recorded". Ours
raises `TurnFailedError` before anything of the turn is stored, so that the parent can be told.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rasa.core.actions.action import Action, ActionExecutionRejection
from rasa.core.actions.forms import FormAction
from rasa.core.processor import MessageProcessor

if TYPE_CHECKING:
    from rasa.shared.core.trackers import DialogueStateTracker


class TurnFailedError(RuntimeError):
    """An action of the turn failed; the message is its name, never a parent's words."""


class HonestProcessor(MessageProcessor):
    """Stops the turn at the first action that fails or at the limit of actions."""

    async def _run_action(
        self, action: Action, tracker: DialogueStateTracker, *others: Any, **named: Any
    ) -> bool:
        failures: list[Exception] = []
        _watch(action, failures)
        go_on = await super()._run_action(action, tracker, *others, **named)
        if failures:
            raise TurnFailedError(action.name()) from None
        return bool(go_on)

    def is_action_limit_reached(self, *arguments: Any) -> bool:
        """Raise instead of ending the turn in the middle."""
        if super().is_action_limit_reached(*arguments):
            message = "too many actions in one turn"
            raise TurnFailedError(message)
        return False


def _watch(action: Action | FormAction, failures: list[Exception]) -> None:
    """Note what the action raises (but for a form's own refusal), and let Rasa handle it too."""
    run = action.run

    async def watched(*arguments: Any, **named: Any) -> Any:
        try:
            return await run(*arguments, **named)
        except ActionExecutionRejection:
            raise
        except Exception as problem:
            failures.append(problem)
            raise

    action.run = watched
