"""Loopback ports: finding free ones, and a sentence when a wanted one is taken."""

from __future__ import annotations

import socket
from contextlib import ExitStack

from assistant.bootstrap.progress import SetupError

LOOPBACK = "127.0.0.1"


class PortTakenError(SetupError):
    """Another program listens on a port that was asked for."""


def free_ports(count: int) -> list[int]:
    """Return `count` different loopback ports that nothing listens on."""
    with ExitStack() as open_sockets:
        found = [open_sockets.enter_context(socket.socket()) for _ in range(count)]
        for each in found:
            each.bind((LOOPBACK, 0))
        return [each.getsockname()[1] for each in found]


def is_free(host: str, port: int) -> bool:
    """Whether this process could listen on `port` of `host` now."""
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        with socket.socket(family) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
    except OSError:
        return False
    return True


def refuse_taken_port(host: str, port: int, *, choose: str) -> None:
    """Raise `PortTakenError` if `port` cannot be had; `choose` says how to choose another."""
    if not is_free(host, port):
        message = (
            f"Port {port} on {host} is taken by another program, or the address is not this "
            f"machine's. {choose} Nothing was started and nothing was changed."
        )
        raise PortTakenError(message)
