"""The verbs start on a Python that has its standard library and nothing else."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from assistant.bootstrap.environments import ENVIRONMENTS
from assistant.bootstrap.verbs import find_verbs
from assistant.settings import ROOT

BARE = [sys.executable, "-I", "-S", "-c"]
ENTER = f"import sys; sys.path.insert(0, {str(ROOT)!r}); from assistant.__main__ import main; "


def test_the_frame_of_the_verbs_imports_the_standard_library_alone() -> None:
    names = "print(*{name.split('.')[0] for name in sys.modules})"
    loaded = set(run_bare(ENTER + names).stdout.split()) - sys.stdlib_module_names
    ours = {name for name in loaded if not name.startswith(("_sysconfigdata", "__m"))}
    assert ours == {"assistant"}


def test_without_a_verb_the_verbs_are_listed() -> None:
    done = run_bare(ENTER + "sys.exit(main([]))")
    assert done.returncode == 2
    assert "run  " in done.stdout
    assert "Start Schoolgate" in done.stdout


def test_an_unknown_verb_is_answered_with_the_list() -> None:
    done = run_bare(ENTER + "sys.exit(main(['rum']))")
    assert done.returncode == 2
    assert "There is no verb 'rum'." in done.stderr


def test_the_options_of_run_are_shown_before_any_package_exists() -> None:
    done = run_bare(ENTER + "main(['run', '--help'])")
    assert done.returncode == 0
    assert all(option in done.stdout for option in ("--port", "--data", "--school", "--now"))


@pytest.mark.parametrize("verb", find_verbs().values(), ids=lambda verb: verb.name)
def test_every_verb_says_what_it_does_and_where(verb: object) -> None:
    name, doc = getattr(verb, "name", ""), getattr(verb, "doc", "")
    assert doc.endswith("."), f"{name} has no sentence"
    assert getattr(verb, "environment", "?") in {None, *ENVIRONMENTS}


def test_a_verb_is_read_and_not_imported(tmp_path: Path) -> None:
    source = '"""Explode.\n\nMore."""\nENVIRONMENT = "brain"\nraise RuntimeError\n'
    (tmp_path / "explode.py").write_text(source)
    verb = find_verbs(tmp_path)["explode"]
    assert (verb.doc, verb.environment, verb.with_tests) == ("Explode.", "brain", False)


def test_a_verb_without_an_environment_is_refused(tmp_path: Path) -> None:
    (tmp_path / "lost.py").write_text('"""Wander."""\n')
    with pytest.raises(TypeError, match=r"lost\.py does not say"):
        find_verbs(tmp_path)


def run_bare(program: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*BARE, program], capture_output=True, text=True, check=False, timeout=30)
