"""A trainer's new model takes over in a brain that is being talked to."""

from __future__ import annotations

import shutil
import time
import warnings
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Any

import pytest

from tests.brain.conftest import train_as_current
from tests.brain.serving import Server, served

if TYPE_CHECKING:
    from tests.brain.conftest import SmallProject

OLD, NEW = "That sounds hard.", "That sounds very hard."
SECONDS = 60


@pytest.fixture
def project(small_project: SmallProject, tmp_path: Path) -> Path:
    """Return a copy of the small project, its pointer leading to the first model."""
    return Path(shutil.copytree(small_project.root, tmp_path / "project", symlinks=True))


@pytest.fixture
def server(project: Path, tmp_path: Path) -> Iterator[Server]:
    data = tmp_path / "data"
    data.mkdir()
    with served(project / "models" / "current", data) as found:
        yield found


def train_again(project: Path) -> None:
    domain = project / "domain.yml"
    domain.write_text(domain.read_text().replace(OLD, NEW))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        train_as_current(project, project / "models" / "current", "schoolgate-second")


def wait_for(happened: Callable[[], bool]) -> None:
    limit = time.monotonic() + SECONDS
    while not happened():
        assert time.monotonic() < limit
        time.sleep(0.1)


def talk_on(server: Server, sender: str, ended: Event) -> list[tuple[int, Any]]:
    """Say yes again and again in one conversation; every answer must come."""
    answers = []
    while not ended.is_set():
        answers.append(server.turn(sender, f"t{len(answers)}", payload="/affirm"))
    return answers


def test_no_conversation_is_dropped_while_the_new_model_takes_over(
    server: Server, project: Path
) -> None:
    ended = Event()
    with ThreadPoolExecutor(4) as pool:
        talks = [pool.submit(talk_on, server, f"parent{number}", ended) for number in range(4)]
        try:
            train_again(project)
            wait_for(lambda: "schoolgate-second" in server.call("GET", "/health")[1])
        finally:
            ended.set()
    for answers in (talk.result() for talk in talks):
        assert {status for status, _ in answers} == {200}
        said = [answer["messages"][0]["text"] for _, answer in answers]
        assert said[0] == OLD
        assert said == sorted(said, key=(OLD, NEW).index), "nobody goes back to the old model"
    assert server.turn("parent0", "after", payload="/affirm")[1]["messages"][0]["text"] == NEW
    again = server.turn("parent0", "t0", payload="/affirm")
    assert again[1]["messages"][0]["text"] == OLD, "what was said before is still known"


def test_a_model_that_cannot_be_loaded_is_refused_and_the_old_one_serves_on(
    server: Server, project: Path
) -> None:
    models = project / "models"
    (models / "schoolgate-broken.tar.gz").write_bytes(b"no archive")
    draft = models / "draft"
    draft.symlink_to("schoolgate-broken.tar.gz")
    draft.replace(models / "current")
    wait_for(lambda: "brain.model_refused" in server.log.read_text())
    assert server.turn("parent", "t1", payload="/affirm")[1]["messages"][0]["text"] == OLD
    assert "schoolgate-first" in server.call("GET", "/health")[1]
