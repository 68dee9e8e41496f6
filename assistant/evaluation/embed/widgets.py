"""The other widgets as they are published, fetched by name when they are measured."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

FETCH_SECONDS = 180


@dataclass(frozen=True)
class Widget:
    """A package, its script for a plain page, that page, and where a person presses and writes.

    ``launcher`` is empty for one that stands on the page already open.
    """

    package: str
    version: str
    script: str
    page: str
    launcher: str
    box: str

    @property
    def name(self) -> str:
        """The package with its version."""
        return f"{self.package} {self.version}"


WIDGETS = (
    Widget(
        "rasa-webchat",
        "1.0.1",
        "lib/index.js",
        '<!DOCTYPE html><title>School</title><body><script src="/widget.js"></script>'
        '<div id="webchat"></div><script>WebChat.default({selector: "#webchat", initPayload: "/hi",'
        " socketUrl: location.origin, customData: {}}, null)</script>",
        ".rw-launcher",
        ".rw-new-message",
    ),
    Widget(
        "deep-chat",
        "2.4.2",
        "dist/deepChat.bundle.js",
        '<!DOCTYPE html><title>School</title><body><deep-chat demo="true"></deep-chat>'
        '<script type="module" src="/widget.js"></script>',
        "",
        "#text-input",
    ),
)


def fetch(widget: Widget, folder: Path) -> bytes | None:
    """Return the widget's script, None when npm or its registry cannot be reached."""
    npm = shutil.which("npm")
    if npm is None:
        return None
    target = folder / widget.package
    target.mkdir()
    command = [npm, "pack", "--silent", f"{widget.package}@{widget.version}"]
    try:
        subprocess.run(command, cwd=target, check=True, timeout=FETCH_SECONDS, capture_output=True)
    except (subprocess.SubprocessError, OSError):
        return None
    (archive,) = target.glob("*.tgz")
    shutil.unpack_archive(archive, target, filter="data")
    return (target / "package" / widget.script).read_bytes()
