"""The postman goes his rounds whatever happens on one of them."""

from __future__ import annotations

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor

from assistant.web.postman import go_rounds


def test_a_round_that_fails_is_not_the_last() -> None:
    rounds: list[int] = []
    third = threading.Event()

    def one_round() -> None:
        rounds.append(len(rounds))
        if len(rounds) == 1:
            message = "a fault of ours"
            raise RuntimeError(message)
        if len(rounds) == 3:
            third.set()

    async def watch() -> None:
        postman = asyncio.create_task(go_rounds(one_round, pause=0.01))
        assert await asyncio.to_thread(third.wait, 10)
        postman.cancel()
        await asyncio.gather(postman, return_exceptions=True)

    # In a thread of its own: a browser test before this one leaves its loop running here.
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, watch()).result()
    assert rounds[:3] == [0, 1, 2]
