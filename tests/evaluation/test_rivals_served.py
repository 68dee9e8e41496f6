"""Rasa's default, really trained and served in few epochs; and what an interruption leaves."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from assistant.bootstrap.progress import SetupError
from assistant.casework.kinds import Channel
from assistant.evaluation.rivals.configurations import Rival, rasa_default
from assistant.evaluation.rivals.contest import measure_with_rules
from assistant.evaluation.rivals.figures import figures_of
from assistant.evaluation.rivals.language import read_language
from assistant.evaluation.rivals.projects import Project, write_rival
from assistant.evaluation.rivals.training import train
from assistant.settings import ROOT

pytestmark = [pytest.mark.slow, pytest.mark.long]
PART, EPOCHS = 0.005, 3
TRAIN = """
import sys
from pathlib import Path
from assistant.evaluation.rivals.projects import Project
from assistant.evaluation.rivals.training import train
from assistant.running.ending import ended_by_signals
with ended_by_signals():
    train(Project("rival", Path(sys.argv[1])))
"""
TEST = [
    {"id": "t-1", "text": "hello", "accept": ["smalltalk"], "reject": []},
    {"id": "t-2", "text": "is it raining in Peru", "accept": ["out_of_scope"], "reject": []},
    {"id": "t-3", "text": "he hits her at home", "accept": ["safeguarding"], "reject": ["staff"]},
]


def project_in(folder: Path, rival: Rival) -> Project:
    return write_rival(rival, read_language(PART), folder)


def test_rasas_default_is_really_trained_served_and_asked(tmp_path: Path) -> None:
    project = project_in(tmp_path / "default", rasa_default().in_epochs(EPOCHS))
    one = measure_with_rules("default", TEST, project)
    assert all(value is not None for value in figures_of(one).values())
    assert len(one.asked.milliseconds) == len(TEST)
    assert all(each.channel in set(Channel) for each in (*one.routed, *one.served))
    assert all(len(each.alternatives) == 3 for each in one.routed)
    assert not list(serving(project.model))


def test_a_project_that_cannot_be_trained_is_told_with_the_end_of_its_log(tmp_path: Path) -> None:
    broken = Rival(
        "broken", "broken", "recipe: default.v1\nlanguage: en\npipeline:\n- name: Gone\n"
    )
    with pytest.raises(SetupError, match=r"(?s)rasa train ended with code 1 for rival.*Gone"):
        train(project_in(tmp_path / "broken", broken))


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="this machine has no /proc")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_an_interrupted_training_leaves_no_process(tmp_path: Path, number: signal.Signals) -> None:
    project = project_in(tmp_path / "default", rasa_default())
    command = [sys.executable, "-c", TRAIN, str(project.folder)]
    with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL) as bench:
        wait_for(lambda: list(living_in(project.folder)))
        bench.send_signal(number)
        bench.wait(30)
    wait_for(lambda: not list(living_in(project.folder)))
    assert not project.model.exists()


def living_in(folder: Path) -> Iterator[str]:
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if (process / "cwd").readlink() == folder:
                yield process.name


def serving(model: Path) -> Iterator[str]:
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if str(model).encode() in (process / "cmdline").read_bytes():
                yield process.name


def wait_for(holds: Callable[[], object], seconds: float = 20.0) -> None:
    give_up_at = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < give_up_at, "it did not come true in time"
        time.sleep(0.1)
