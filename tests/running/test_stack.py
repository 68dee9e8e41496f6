"""A whole private stack: it answers, it heals, and it leaves nothing behind."""

from __future__ import annotations

import json
import urllib.request

from assistant.running.stack import Stack


def test_all_parts_answer_at_the_fixed_clock(stack: Stack) -> None:
    assert stack.settings.now is not None
    with urllib.request.urlopen(f"{stack.url}/healthz", timeout=10) as answer:
        assert set(json.load(answer)["parts"].values()) == {"ok"}


def test_a_killed_action_server_is_back_without_help(stack: Stack) -> None:
    before = stack.processes["actions"].pid
    stack.kill("actions")
    stack.wait_until_healthy("actions", 60)
    stack.wait_until_healthy("web", 60)
    assert stack.processes["actions"].pid != before
