"""The verbs: `python3 -m assistant VERB`, on any Python 3 with its standard library alone.

What is missing is set up first; then the verb runs inside the environment it names, in the same
process id, so that signals and exit codes are the verb's own.
"""

from __future__ import annotations

import argparse
import importlib
import os
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

from assistant.bootstrap.environments import ENVIRONMENTS, QUIET, keep_compiled
from assistant.bootstrap.prepare import prepare
from assistant.bootstrap.progress import SetupError
from assistant.bootstrap.verbs import Verb, find_verbs
from assistant.settings import SettingsError

if TYPE_CHECKING:
    from collections.abc import Sequence

BAD_USAGE = 2
FAILED = 1
INTERRUPTED = 130


def main(arguments: Sequence[str]) -> int:
    """Run the verb that `arguments` names and return its exit code."""
    verbs = find_verbs()
    if not arguments or arguments[0] in {"-h", "--help"}:
        sys.stdout.write(overview(verbs))
        return 0 if arguments else BAD_USAGE
    if arguments[0] not in verbs:
        sys.stderr.write(f"There is no verb {arguments[0]!r}.\n\n{overview(verbs)}")
        return BAD_USAGE
    return run(verbs[arguments[0]], arguments[1:])


def run(verb: Verb, arguments: Sequence[str]) -> int:  # noqa: RET503 - execv does not return
    """Run `verb` here if this is its environment, else become the interpreter of that one."""
    if verb.environment is None:
        return run_here(verb, arguments)
    if {"-h", "--help"} & set(arguments):
        with suppress(ImportError):  # its options can be read without its packages, or they cannot
            return run_here(verb, arguments)
    environment = ENVIRONMENTS[verb.environment]
    prepare(tests=verb.with_tests)
    os.environ.update(QUIET)
    keep_compiled()
    if environment.is_running():
        return run_here(verb, arguments)
    command = [str(environment.python), "-m", "assistant", verb.name, *arguments]
    os.execv(command[0], command)  # noqa: S606 - our own interpreter, no shell


def run_here(verb: Verb, arguments: Sequence[str]) -> int:
    """Import the verb in this interpreter, read its options and run it."""
    module = importlib.import_module(f"assistant.verbs.{verb.name}")
    parser = argparse.ArgumentParser(prog=f"{overview_name()} {verb.name}", description=verb.doc)
    module.add_arguments(parser)
    return int(module.main(parser.parse_args(arguments)))


def overview(verbs: dict[str, Verb]) -> str:
    """Return the list of verbs, each with its sentence."""
    width = max(len(name) for name in verbs)
    lines = [f"  {name.ljust(width)}  {verb.doc}" for name, verb in sorted(verbs.items())]
    usage = f"usage: {overview_name()} VERB [options]   (VERB --help lists its options)"
    return "\n".join([usage, "", *lines, ""])


def overview_name() -> str:
    """Return the command as a person types it."""
    return "python3 -m assistant"


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except (SetupError, SettingsError) as problem:
        sys.exit(f"\n{problem}")
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
