"""The other widgets are fetched by npm, and what cannot be fetched is not measured."""

from __future__ import annotations

import io
import stat
import tarfile
from pathlib import Path

import httpx
import pytest

from assistant.evaluation.embed.sites import OPENED, Site, served
from assistant.evaluation.embed.widgets import WIDGETS, fetch

WIDGET = WIDGETS[0]


def put_npm(folder: Path, script: str) -> str:
    npm = folder / "npm"
    npm.write_text(f"#!/bin/sh\n{script}\n")
    npm.chmod(npm.stat().st_mode | stat.S_IXUSR)
    return f"{folder}:/usr/bin:/bin"


def test_a_registry_that_is_not_reached_gives_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", put_npm(tmp_path, "exit 1"))
    assert fetch(WIDGET, tmp_path) is None


def test_the_script_is_taken_out_of_what_npm_packed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    packed = tmp_path / "packed"
    with tarfile.open(packed, "w:gz") as archive:
        entry = tarfile.TarInfo(f"package/{WIDGET.script}")
        entry.size = len(b"the widget")
        archive.addfile(entry, io.BytesIO(b"the widget"))
    asked = tmp_path / "asked"
    script = f'echo "$@" > {asked}; cp {packed} it.tgz'
    monkeypatch.setenv("PATH", put_npm(tmp_path, script))
    assert fetch(WIDGET, tmp_path) == b"the widget"
    assert asked.read_text().split() == ["pack", "--silent", "rasa-webchat@1.0.1"]


def test_a_site_serves_pages_zipped_scripts_and_a_first_answer_of_the_widgets_protocol() -> None:
    site = Site({"/": "<p>School"}, {"/widget.js": b"let a"})
    with served(site) as url:
        assert httpx.get(url).text == "<p>School"
        script = httpx.get(f"{url}/widget.js")
        assert script.headers["content-encoding"] == "gzip"
        assert script.text == "let a"
        poll = f"{url}/socket.io/?EIO=4"
        assert httpx.get(poll).text == OPENED
        httpx.post(f"{poll}&sid=a", content='40\x1e42["session_request",{}]')
        assert httpx.get(f"{poll}&sid=a").text == '40{"sid":"b"}'
        assert httpx.get(f"{poll}&sid=a").text == '42["session_confirm","c"]'
