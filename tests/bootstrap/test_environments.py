"""The environments: named after their content, trusted only when finished."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from assistant.bootstrap import environments
from assistant.bootstrap.environments import APP, BRAIN, COMPILED, Environment, Layer
from assistant.bootstrap.progress import SetupError
from assistant.settings import ROOT

pytestmark = pytest.mark.slow


@pytest.fixture
def little(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Environment:
    """Return an environment with two empty requirement files; pip may ask nobody."""
    monkeypatch.setattr(environments, "REQUIREMENTS", tmp_path)
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    for name in ("little", "little-test"):
        (tmp_path / f"{name}.txt").write_text("# nothing\n")
    return Environment(
        "little", (Layer("little", "nothing"),), (Layer("little-test", "nothing"),), tmp_path
    )


def test_another_requirement_file_makes_another_environment(little: Environment) -> None:
    before = little.path
    little.layers[-1].file.write_text("# something else\n")
    assert little.path != before
    assert before.name.startswith("little-")


def test_an_environment_is_made_once_and_then_found_ready(little: Environment) -> None:
    little.make(Path(sys.executable))
    assert little.is_ready()
    assert not little.is_ready(tests=True)
    kept = little.path / "kept"
    kept.touch()
    little.make(Path(sys.executable), tests=True)
    assert little.is_ready(tests=True)
    assert kept.exists(), "adding the tests' packages must not rebuild what runs"


def test_an_environment_that_was_never_finished_is_thrown_away(little: Environment) -> None:
    half_made = little.path / "lib" / "half-a-package"
    half_made.mkdir(parents=True)
    assert not little.is_ready()
    little.make(Path(sys.executable))
    assert not half_made.exists()


def test_a_package_whose_hash_is_wrong_leaves_nothing_that_is_trusted(little: Environment) -> None:
    little.layers[-1].file.write_text(f"nowhere==1.0 --hash=sha256:{'0' * 64}\n")
    with pytest.raises(SetupError, match="nothing could not be installed"):
        little.make(Path(sys.executable))
    assert not little.is_ready()


def test_the_environment_of_a_removed_python_is_not_trusted(little: Environment) -> None:
    little.make(Path(sys.executable))
    shutil.rmtree(little.path / "bin")
    assert not little.is_ready()


@pytest.mark.parametrize("environment", [APP, BRAIN], ids=lambda each: each.name)
def test_every_package_is_pinned_by_version_and_hash(environment: Environment) -> None:
    for layer in environment.wanted(tests=True):
        packages = layer.file.read_text().replace("\\\n", "").splitlines()
        assert packages
        for package in packages:
            assert "==" in package.split(" --hash=sha256:")[0], package
            assert " --hash=sha256:" in package, package


def test_what_a_process_compiles_is_kept_even_where_no_bytecode_is_written() -> None:
    says = "import sys; print(sys.dont_write_bytecode, sys.pycache_prefix)"
    starts = (
        "import subprocess, sys; from assistant.bootstrap.environments import keep_compiled; "
        f"keep_compiled(); subprocess.run([sys.executable, '-c', {says!r}], check=True); {says}"
    )
    done = subprocess.run(
        [sys.executable, "-c", starts],
        cwd=ROOT,
        env=os.environ | {"PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.splitlines() == [f"False {COMPILED}"] * 2
