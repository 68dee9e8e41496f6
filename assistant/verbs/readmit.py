"""Let in again who lost the second step and has no clerk to ask, such as the only clerk."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse

    from assistant.casework.school_shapes import Person
    from assistant.services.desk import Desk

ENVIRONMENT = "app"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare who, and where their school is."""
    parser.add_argument("staff_id", metavar="STAFF_ID", help="the person's id in the school file")
    parser.add_argument("--data", help="the folder of databases and keys")
    parser.add_argument("--school", help="the school file, if it is not the demonstration's")


def main(arguments: argparse.Namespace) -> int:
    """Ask, and then print the one-time login; 1 when it was not confirmed."""
    from assistant.app import build_desk
    from assistant.running.whose import settings_of
    from assistant.store.migrate import migrate_databases

    settings = settings_of(arguments.data, arguments.school)
    if settings is None:
        return 2
    migrate_databases(settings)
    desk = build_desk(settings)
    person = desk.school.by_id.get(arguments.staff_id)
    if person is None:
        print(f"Nobody in the school file has the id {arguments.staff_id!r}. Nothing was changed.")
        return 2
    if not is_confirmed(desk, person):
        print("Nothing was changed.")
        return 1
    return let_in(desk, person)


def let_in(desk: Desk, person: Person) -> int:
    """Do it and print the one-time login."""
    from assistant.services.errors import WrongSignIn
    from assistant.services.readmit import readmit

    try:
        path = readmit(desk, person.id)
    except WrongSignIn:
        print("They are not at this school any more. Nothing was changed.")
        return 2
    print(DONE.format(name=person.name, address=f"{desk.settings.public_url}{path}"))
    return 0


def is_confirmed(desk: Desk, person: Person) -> bool:
    """Say what happens and who hears of it, and ask for the id once more."""
    from assistant.services.readmit import witness_of

    witness = witness_of(desk, person.id)
    hearing = f"{person.name} and {witness.name}" if witness else person.name
    print(ASKED.format(name=person.name, role=person.role.label, hearing=hearing))
    try:
        return input(f"Type {person.id} to go on: ").strip() == person.id
    except EOFError:
        return False


ASKED = """This is for {name}, {role}.
Their password, authenticator app, passkeys and recovery codes stop working, and they are
signed out everywhere. They come in with a one-time login, which is shown here.
{hearing} will be written to, and the history keeps it.
Be sure that it is really they who asked: ring a number that you knew before."""

DONE = """Give this to {name} and to nobody else. It works once, for 24 hours:
  {address}"""
