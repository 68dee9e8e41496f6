"""A stand-in process for the supervisor's tests: PORT, and how to begin."""

from __future__ import annotations

import http.server
import sys
from pathlib import Path


class Well(http.server.BaseHTTPRequestHandler):
    """Answers 200 to everything."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


if __name__ == "__main__":
    port, manner, *_ = sys.argv[1:]
    if manner == "broken":
        sys.exit("the spring is broken")
    if manner == "mourning" and not Path(sys.argv[3]).exists():
        sys.exit("started before the first was well")
    http.server.HTTPServer(("127.0.0.1", int(port)), Well).serve_forever()
