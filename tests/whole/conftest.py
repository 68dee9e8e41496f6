"""What the functional tests share: the desk behind the running stack, and a client of its API."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant.app import build_desk
from assistant.evaluation.chat_client import ChatClient
from assistant.running.stack import Stack
from assistant.services.desk import Desk
from tests.whole.parent import Parent


@pytest.fixture(scope="session")
def desk(stack: Stack) -> Desk:
    """Return the databases of the stack, as the services see them."""
    return build_desk(stack.settings)


@pytest.fixture(scope="module")
def client(stack: Stack) -> Iterator[ChatClient]:
    """Give the client with which the measurements play dialogues."""
    with ChatClient(stack.url) as client:
        yield client


@pytest.fixture
def parent(stack: Stack) -> Iterator[Parent]:
    """Give a parent who has just opened the chat."""
    with Parent.at(stack.url) as parent:
        yield parent
