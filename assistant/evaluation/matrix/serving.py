"""The web application of a desk on a loopback port, in a thread of this process."""

from __future__ import annotations

import asyncio
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from assistant.chat.brain_client import BrainMessage
from assistant.running.ports import LOOPBACK, free_ports
from assistant.web.app import create_app

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sanic import Sanic

    from assistant.chat.brain_client import Brain, BrainTurn
    from assistant.services.desk import Desk

START_SECONDS = 30.0


class PlainBrain:
    """Asks for more whatever is said: a brain for what is not about the brain."""

    async def turn(self, _turn: BrainTurn) -> list[BrainMessage]:
        """Return one question."""
        return [BrainMessage(text="Can you tell me a bit more?", custom={"channel": "ask"})]

    async def hear(self, texts: list[str]) -> list[dict[str, dict[str, float]]]:
        """Hear nothing in any part."""
        return [{} for _ in texts]

    async def forget(self, conversation_id: str) -> None:
        """Remember nothing anyway."""

    async def is_ready(self) -> bool:
        """Be ready."""
        return True

    async def close(self) -> None:
        """Hold nothing open."""


@contextmanager
def served(desk: Desk, brain: Brain | None = None) -> Iterator[tuple[str, Sanic[Any, Any]]]:
    """Give the address and the application; the server ends with the block."""
    app, port = create_app(desk, brain or PlainBrain()), free_ports(1)[0]
    app.config.update(MOTD=False, TOUCHUP=False)  # Sanic rewrites itself, once in a process only
    loop, started = asyncio.new_event_loop(), threading.Event()
    thread = threading.Thread(
        target=_run, args=(loop, app, port, started), name="matrix", daemon=True
    )
    thread.start()
    if not started.wait(START_SECONDS):
        message = "the web application did not start"
        raise RuntimeError(message)
    try:
        yield f"http://{LOOPBACK}:{port}", app
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()


def _run(
    loop: asyncio.AbstractEventLoop, app: Sanic[Any, Any], port: int, started: threading.Event
) -> None:
    asyncio.set_event_loop(loop)
    server: Any = loop.run_until_complete(
        app.create_server(LOOPBACK, port, return_asyncio_server=True, access_log=False)
    )
    loop.run_until_complete(server.startup())
    loop.run_until_complete(server.before_start())
    loop.call_soon(started.set)
    loop.run_forever()
    loop.run_until_complete(_end(server))
    loop.run_until_complete(loop.shutdown_default_executor())
    loop.close()


async def _end(server: Any) -> None:  # noqa: ANN401 - Sanic's own server has no types
    """Hang up on every browser that is still connected, so that nothing is left open."""
    await server.close()
    for connection in list(server.connections):
        connection.abort()
    await server.after_stop()
    await asyncio.sleep(0)
