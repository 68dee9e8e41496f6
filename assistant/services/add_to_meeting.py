"""Add the parent's words to a meeting that is still to come; who reads it is told."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from assistant.casework.reading import Reading
from assistant.casework.wall import school_wall
from assistant.services.errors import ServiceError, TextTooLong
from assistant.services.meetings import changeable, meeting_receipt, reader_ids, subjects_of
from assistant.services.outbox import DO_NOT_FORWARD, Message, post
from assistant.services.record_links import MEETING
from assistant.services.record_notes import is_written, write_note
from assistant.services.take_turn import MOST_CHARACTERS
from assistant.services.turns import PARENT, stored_key
from assistant.services.who_is_meant import who_is_meant
from assistant.store.meeting_tables import Meeting
from assistant.store.unit_of_work import settled

if TYPE_CHECKING:
    from assistant.casework.school_shapes import Person
    from assistant.services.desk import Desk
    from assistant.services.shapes import MeetingReceipt
    from assistant.store.unit_of_work import UnitOfWork


class ReaderNamed(ServiceError):  # noqa: N818 - it names the reader
    """The words name somebody who would read them, or who is close to one who would."""


def add_to_meeting(
    desk: Desk, *, meeting_id: str, words: str, idempotency_key: str, readers_may: bool = False
) -> MeetingReceipt:
    """Add ``words`` for everybody who may see the meeting; a repeated key adds nothing.

    The wall is asked again before anybody is told.

    ``readers_may``: the parent was told who reads it, and says that it is not about them.

    Raises:
        ReaderNamed: nothing was added; ask the parent first.
        MeetingGone: it is cancelled, over, or not there.
        TextTooLong: more than can be stored.
    """
    if len(words) > MOST_CHARACTERS:
        raise TextTooLong
    key = stored_key(f"{meeting_id}|{idempotency_key}")
    return settled(partial(_add, desk, meeting_id, words, key, readers_may))


def _add(desk: Desk, meeting_id: str, words: str, key: str, readers_may: bool) -> MeetingReceipt:  # noqa: FBT001 - passed on by a partial
    with desk.unit_of_work() as work:
        meeting = work.session.get(Meeting, meeting_id, with_for_update=True)
        if meeting is None or not is_written(work, key):
            meeting = changeable(desk, meeting)
            if not readers_may:
                _refuse_if_readers_are_named(desk, work, meeting, words)
            _write(desk, work, meeting, words, key)
            work.commit()
        return meeting_receipt(desk, meeting)


def _refuse_if_readers_are_named(
    desk: Desk, work: UnitOfWork, meeting: Meeting, words: str
) -> None:
    named = who_is_meant(desk, text=words, reading=Reading(act="complain")).subjects
    if school_wall(desk.school, named) & {meeting.host_id, *reader_ids(work, meeting.id)}:
        raise ReaderNamed


def _write(desk: Desk, work: UnitOfWork, meeting: Meeting, words: str, key: str) -> None:
    note = write_note(desk, work, (MEETING, meeting.id), author=PARENT, words=words, key=key)
    for reader in _readers(desk, work, meeting):
        post(desk, work, _message(desk, meeting, reader, note))


def _readers(desk: Desk, work: UnitOfWork, meeting: Meeting) -> list[Person]:
    """Return who is written to: nobody who has left, or whom the wall has come to shut out."""
    walled = school_wall(desk.school, subjects_of(work, meeting.id))
    ids = [staff_id for staff_id in reader_ids(work, meeting.id) if staff_id not in walled]
    return [desk.school.by_id[staff_id] for staff_id in ids if staff_id in desk.school.by_id]


def _message(desk: Desk, meeting: Meeting, reader: Person, note_id: str) -> Message:
    return Message(
        idempotency_key=f"{meeting.id}|added {note_id}|{reader.id}",
        target_kind=MEETING,
        target_id=meeting.id,
        to=reader.email,
        subject=f"A message from {desk.school.short_name}",
        body=(
            "The parent has added something to a meeting with you.\n\n"
            f"Sign in to read it: {desk.settings.public_url}/desk/meetings/{meeting.reference}\n\n"
            f"{DO_NOT_FORWARD}"
        ),
    )
