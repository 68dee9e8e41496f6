"""A school's own site, which is another site to a browser (localhost is not 127.0.0.1)."""

from __future__ import annotations

import http.server
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

LINE = '<script src="{url}/embed.js" async crossorigin></script>'
PAGE = (
    '<!DOCTYPE html><html lang="en"><title>School</title>{head}<main><h1>School</h1></main>{line}'
)
STYLE = '<link rel="stylesheet" href="/hostile.css">'
POLICY = "default-src 'none'; style-src 'self'; script-src {url}; frame-src {url}"
HOSTILE = """
html { font-size: 200px; }
body { transform: rotate(3deg) scale(1.5); filter: blur(1px); contain: strict; }
* { color: red !important; transform: scale(3) !important; font-size: 80px !important; }
html > :not(head, body), aside, div, button, iframe { display: none !important;
  visibility: hidden !important; opacity: 0 !important; position: static !important;
  pointer-events: none !important; clip-path: circle(0) !important; }
"""


@contextmanager
def school_site(
    port: int,
    chat_url: str,
    *,
    head: str = STYLE,
    line: str = LINE,
    policy: str = POLICY,
) -> Iterator[str]:
    """Serve the same page at every path, below ``/cy/`` in Welsh.

    ``line`` and ``policy`` may name our ``{url}``.
    """
    page = PAGE.format(head=head, line=line.format(url=chat_url))
    welsh = page.replace('lang="en"', 'lang="cy"').replace("embed.js", "embed.js?lang=cy")

    class School(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            is_style = self.path == "/hostile.css"
            self.send_response(200)
            self.send_header("Content-Type", "text/css" if is_style else "text/html")
            self.send_header("Content-Security-Policy", policy.format(url=chat_url))
            self.end_headers()
            shown = welsh if self.path.startswith("/cy/") else page
            self.wfile.write((HOSTILE if is_style else shown).encode())

        def log_message(self, *_: object) -> None:
            """Keep quiet."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", port), School)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://localhost:{port}"
    server.shutdown()
    server.server_close()
