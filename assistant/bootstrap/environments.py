"""The virtual environments: named after what they hold, trusted only when they were finished."""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

from assistant.bootstrap import commands
from assistant.bootstrap.progress import step
from assistant.settings import HOME

REQUIREMENTS = Path(__file__).parent / "requirements"
PYTHON_VERSION = "3.11"
# pip may take only wheels, except for the one package that is published as source alone;
# it is built by the pinned setuptools of the layer before, never by whatever pip would fetch.
PIP_INSTALL = ("-m", "pip", "install", "--quiet", "--no-deps", "--require-hashes", "--no-compile")
ONLY_WHEELS = ("--only-binary", ":all:", "--no-binary", "randomname", "--no-build-isolation")
RASA_RUNS_ON_3_11 = "--ignore-requires-python"
# Rasa reports usage to its maker unless told not to; a school tells nobody. Its progress bars
# would bury ours.
COMPILED = HOME / "cache" / "compiled"
"""Where Python keeps what it compiled of any package: packages are installed without, and a
process that finds nothing here compiles for two seconds (the brain for ten) at every start."""
QUIET = {"RASA_TELEMETRY_ENABLED": "false", "TQDM_DISABLE": "1", "PYTHONUNBUFFERED": "1"}


def keep_compiled() -> None:
    """Let this process and all it starts keep what they compile in ``COMPILED``.

    A machine that writes no bytecode beside its sources has that folder instead.
    """
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    os.environ["PYTHONPYCACHEPREFIX"] = sys.pycache_prefix = str(COMPILED)
    sys.dont_write_bytecode = False


@dataclass(frozen=True)
class Layer:
    """One hash-pinned requirement file; `holds` says for people what it brings."""

    name: str
    holds: str

    @property
    def file(self) -> Path:
        """The requirement file."""
        return REQUIREMENTS / f"{self.name}.txt"

    @property
    def digest(self) -> str:
        """Twelve hexadecimal characters that change with the content of the file."""
        return hashlib.sha256(self.file.read_bytes()).hexdigest()[:12]


@dataclass(frozen=True)
class Environment:
    """A virtual environment: the layers that it always has, and those that only tests need."""

    name: str
    layers: tuple[Layer, ...]
    test_layers: tuple[Layer, ...] = ()
    home: Path = HOME / "envs"

    @property
    def path(self) -> Path:
        """The folder; another requirement file makes another folder."""
        return self.home / f"{self.name}-{self.layers[-1].digest}"

    @property
    def python(self) -> Path:
        """The interpreter inside."""
        return self.path / "bin" / "python"

    def wanted(self, *, tests: bool) -> tuple[Layer, ...]:
        """Return the layers in the order of their installation."""
        return self.layers + self.test_layers if tests else self.layers

    def is_ready(self, *, tests: bool = False) -> bool:
        """Whether every wanted layer was installed to its end."""
        finished = all(self._stamp(layer).exists() for layer in self.wanted(tests=tests))
        return finished and self.python.exists()

    def is_running(self) -> bool:
        """Whether this very process runs inside the environment."""
        return Path(sys.prefix).resolve() == self.path.resolve()

    def make(self, base_python: Path, *, tests: bool = False) -> None:
        """Build what is missing; a folder that was never finished is thrown away first.

        A layer's stamp is written after its last package, so an interrupted one is done again.
        """
        if not self.is_ready():
            shutil.rmtree(self.path, ignore_errors=True)
            self._create(base_python)
        for layer in self.wanted(tests=tests):
            if not self._stamp(layer).exists():
                self._install(layer)

    def _create(self, base_python: Path) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        failing = f"The environment {self.path.name} could not be made with {base_python}."
        commands.run([base_python, "-I", "-m", "venv", self.path], failing=failing)

    def _install(self, layer: Layer) -> None:
        failing = f"{layer.holds} could not be installed."
        with step(f"Installing {layer.holds}"):
            options = (*PIP_INSTALL, *ONLY_WHEELS, RASA_RUNS_ON_3_11)
            commands.run([self.python, "-I", *options, "-r", layer.file], failing=failing)
        self._stamp(layer).touch()

    def _stamp(self, layer: Layer) -> Path:
        return self.path / f"finished-{layer.name}-{layer.digest}"


APP = Environment(
    "app",
    (Layer("app", "the packages of the web process and the action server"),),
    (Layer("app-test", "the packages of the tests"),),
)
BRAIN = Environment(
    "brain",
    (
        Layer("brain-build", "the tool that builds the brain's source package"),
        Layer("brain", "the packages of the brain"),
    ),
    (Layer("brain-test", "the packages of the brain's tests"),),
)
ENVIRONMENTS = {environment.name: environment for environment in (APP, BRAIN)}
