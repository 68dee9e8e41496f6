"""Pages on this machine: a school's with our line, and one with each of the other widgets.

rasa-webchat shows nothing until its own server has answered, so the page's server speaks as much
of its protocol (Engine.IO 4 by long polling, Socket.IO 5 inside) as makes it show itself.
"""

from __future__ import annotations

import gzip
import http.server
import queue
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from assistant.running.ports import LOOPBACK

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

PART_ENDS = chr(30)
OPENED = '0{"sid":"a","upgrades":[],"pingInterval":25000,"pingTimeout":20000}'
ANSWERS = {"40": '40{"sid":"b"}', '42["session_request"': '42["session_confirm","c"]'}
WAIT = 20


@dataclass
class Site:
    """What is served: HTML and scripts by path; ``answers`` are those of the widget's protocol."""

    pages: Mapping[str, str] = field(default_factory=dict)
    scripts: Mapping[str, bytes] = field(default_factory=dict)
    answers: queue.Queue[str] = field(default_factory=queue.Queue)


@contextmanager
def served(site: Site) -> Iterator[str]:
    """Serve it at `localhost`, which is another site than 127.0.0.1 to a browser."""
    server = http.server.ThreadingHTTPServer((LOOPBACK, 0), _handler(site))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://localhost:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


def _handler(site: Site) -> type[http.server.BaseHTTPRequestHandler]:
    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path, _, query = self.path.partition("?")
            if path.startswith("/socket.io"):
                self._send("text/plain", _polled(site, query).encode())
            elif path in site.scripts:
                self._send("text/javascript", gzip.compress(site.scripts[path]), "gzip")
            else:
                self._send("text/html", site.pages.get(path, "").encode())

        def do_POST(self) -> None:
            sent = self.rfile.read(int(self.headers["content-length"])).decode()
            for part in sent.split(PART_ENDS):
                for begins, answer in ANSWERS.items():
                    if part.startswith(begins):
                        site.answers.put(answer)
            self._send("text/plain", b"ok")

        def _send(self, kind: str, body: bytes, encoding: str = "identity") -> None:
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Encoding", encoding)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Keep quiet."""

    return Handler


def _polled(site: Site, query: str) -> str:
    if "sid=" not in query:
        return OPENED
    try:
        return site.answers.get(timeout=WAIT)
    except queue.Empty:
        return "6"  # nothing to tell, a packet of that name
