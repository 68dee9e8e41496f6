"""The supervisor with real, tiny processes: order, deaths, ends, and no orphans."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.running.child import LOG_BYTES, ProcessFailedError, Program, keep_log_short
from assistant.running.ports import free_ports
from assistant.running.supervisor import Pause, Supervisor
from assistant.settings import ROOT

LITTLE_SERVER = Path(__file__).with_name("little_server.py")
SUPERVISE = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from test_supervisor import little
from assistant.running.supervisor import Supervisor
with Supervisor([[little("first", Path(sys.argv[2]))]]) as supervisor:
    print(supervisor.children["first"].pid, flush=True)
    sys.stdin.read()
"""


def little(name: str, folder: Path, manner: str = "well", seconds: float = 20.0) -> Program:
    port = free_ports(1)[0]
    command = (sys.executable, str(LITTLE_SERVER), str(port), manner)
    health = f"http://127.0.0.1:{port}/"
    return Program(name, command, dict(os.environ), folder / f"{name}.log", health, seconds)


def test_all_are_well_inside_and_gone_outside(tmp_path: Path) -> None:
    waves = [[little("first", tmp_path)], [little("second", tmp_path)]]
    with Supervisor(waves) as supervisor:
        children = supervisor.children
        assert all(child.is_healthy() for child in children.values())
    assert all(child.exit_code == -signal.SIGTERM for child in children.values())


def test_a_killed_process_is_started_again_and_reported(tmp_path: Path) -> None:
    said: list[str] = []
    with Supervisor([[little("first", tmp_path)]], said.append) as supervisor:
        before = supervisor.children["first"].pid
        supervisor.kill("first")
        wait_for(lambda: supervisor.children["first"].pid != before)
        supervisor.wait_until_healthy("first", 20)
    assert said == ["The process first ended with code -9; it is started again now."]


def test_a_held_process_stays_down_until_it_is_released(tmp_path: Path) -> None:
    with Supervisor([[little("first", tmp_path)]], lambda _: None) as supervisor:
        supervisor.hold("first")
        time.sleep(0.5)
        assert not supervisor.children["first"].is_healthy()
        supervisor.release("first")
        supervisor.wait_until_healthy("first", 20)


def test_a_process_that_cannot_start_is_named_with_the_end_of_its_log(tmp_path: Path) -> None:
    waves = [[little("well", tmp_path)], [little("clock", tmp_path, "broken")]]
    supervisor = Supervisor(waves)
    with pytest.raises(ProcessFailedError) as failure, supervisor:
        pass
    assert "The process clock ended with code 1 while it was starting." in str(failure.value)
    assert "the spring is broken" in str(failure.value)
    assert supervisor.children["well"].exit_code is not None


def test_a_process_that_never_becomes_well_is_given_up(tmp_path: Path) -> None:
    program = little("deaf", tmp_path, seconds=0.5)
    deaf = Program(
        "deaf", program.command, program.environment, program.log, "http://127.0.0.1:1/", 0.5
    )
    failure = pytest.raises(ProcessFailedError, match="The process deaf was not ready")
    with failure, Supervisor([[deaf]]):
        pass


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ties a child to its parent")
def test_no_orphan_is_left_when_the_supervisor_is_killed_outright(tmp_path: Path) -> None:
    command = [sys.executable, "-c", SUPERVISE, str(Path(__file__).parent), str(tmp_path)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, text=True) as supervisor:
        assert supervisor.stdout is not None
        child = int(supervisor.stdout.readline())
        supervisor.kill()
    wait_for(lambda: not is_running(child))


def test_the_pause_before_a_restart_doubles_up_to_half_a_minute() -> None:
    pause = Pause()
    pause.started()
    assert [pause.after_death() for _ in range(8)] == [0, 1, 2, 4, 8, 16, 30, 30]


def test_a_long_log_is_set_aside(tmp_path: Path) -> None:
    log = tmp_path / "web.log"
    log.write_bytes(b"x" * (LOG_BYTES + 1))
    keep_log_short(log)
    assert not log.exists()
    assert (tmp_path / "web.log.1").exists()


def wait_for(happened: Callable[[], bool], seconds: float = 20.0) -> None:
    deadline = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.05)


def is_running(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"
