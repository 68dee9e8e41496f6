"""The shape of every action of ours: built with the desk, run off the event loop."""

from __future__ import annotations

import asyncio
from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Any, ClassVar

from rasa_sdk import Action, Tracker

from actions.turn import Turn

if TYPE_CHECKING:
    from rasa_sdk.events import EventType
    from rasa_sdk.executor import CollectingDispatcher

    from assistant.services.desk import Desk


class SchoolAction(Action, ABC):
    """An action that reads slots, calls one service and says words. It never holds a rule."""

    called: ClassVar[str]

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def name(self) -> str:
        """Return the name that the domain knows."""
        return self.called

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[EventType]:
        """Let ``act`` do the work in a thread: services are synchronous."""
        turn = Turn(self.desk, dispatcher, tracker)
        await asyncio.to_thread(self.act, turn)
        return turn.finish()

    @abstractmethod
    def act(self, turn: Turn) -> None:
        """Do the one thing that this action is for."""
