"""Ports: free ones differ, and a taken one is a sentence before anything is started."""

from __future__ import annotations

import socket

import pytest

from assistant.running.ports import PortTakenError, free_ports, refuse_taken_port


def test_free_ports_are_all_different() -> None:
    assert len(set(free_ports(20))) == 20


def test_a_taken_port_is_a_sentence_that_says_what_to_do() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(PortTakenError) as refused:
            refuse_taken_port("127.0.0.1", port, choose="Choose another with --port.")
    assert f"Port {port} on 127.0.0.1 is taken by another program" in str(refused.value)
    assert "Choose another with --port. Nothing was started" in str(refused.value)


def test_a_free_port_is_not_refused() -> None:
    refuse_taken_port("127.0.0.1", free_ports(1)[0], choose="")
