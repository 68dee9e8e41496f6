"""What a safeguarding lead does with an alert once it was read: its states and its legal moves.

Only a person ever says that an alert is less than it seemed, and a second lead looks at that before
it is closed, wherever there is a second one.
"""

from __future__ import annotations

from collections.abc import Mapping

from assistant.casework.kinds import Labelled


class AlertState(Labelled):
    """Where an alert has got to."""

    WAITING = "waiting", "Nobody has acknowledged it"
    ACTING = "acting", "Somebody is acting on it"
    REFERRED = "referred", "Referred to another body"
    DOWNGRADED = "downgraded", "Judged to be less: a second lead looks at it"
    CLOSED = "closed", "Closed"


class AlertStep(Labelled):
    """One thing that a lead does and writes down."""

    ACKNOWLEDGE = "acknowledge", "is acting on this"
    NOTE = "note", "wrote this down"
    REFER = "refer", "referred this onward"
    SHARE = "share", "told a colleague"
    NAME = "name", "wrote down whom this is about"
    ADULT = "adult", "wrote down that this is an allegation about an adult"
    DOWNGRADE = "downgrade", "judged this to be less than it seemed"
    AGREE = "agree", "agreed, and closed this"
    CLOSE = "close", "closed this"
    REOPEN = "reopen", "opened this again"


class Outcome(Labelled):
    """What an alert turned out to be, when a lead judges it to be less than it seemed."""

    PASTORAL = "pastoral", "Pastoral support in school"
    EARLY_HELP = "early_help", "Early help for the family"
    LOW_LEVEL = "low_level", "A low-level concern about an adult, kept on that record"
    EVERYDAY = "everyday", "An everyday matter for another member of staff"
    NOTHING = "nothing", "No further action"


Moves = Mapping[AlertStep, AlertState]

_ANY_TIME = (AlertStep.NOTE, AlertStep.SHARE, AlertStep.NAME, AlertStep.ADULT)


def _moves(here: AlertState, moves: Moves) -> Moves:
    return dict.fromkeys(_ANY_TIME, here) | dict(moves)


NEXT: Mapping[AlertState, Moves] = {
    AlertState.WAITING: {AlertStep.ACKNOWLEDGE: AlertState.ACTING},
    AlertState.ACTING: _moves(
        AlertState.ACTING,
        {
            AlertStep.REFER: AlertState.REFERRED,
            AlertStep.DOWNGRADE: AlertState.DOWNGRADED,
            AlertStep.CLOSE: AlertState.CLOSED,
        },
    ),
    AlertState.REFERRED: _moves(
        AlertState.REFERRED,
        {AlertStep.REFER: AlertState.REFERRED, AlertStep.CLOSE: AlertState.CLOSED},
    ),
    AlertState.DOWNGRADED: _moves(
        AlertState.DOWNGRADED,
        {
            AlertStep.REFER: AlertState.REFERRED,
            AlertStep.AGREE: AlertState.CLOSED,
            AlertStep.REOPEN: AlertState.ACTING,
        },
    ),
    AlertState.CLOSED: _moves(AlertState.CLOSED, {AlertStep.REOPEN: AlertState.ACTING}),
}
"""From each state, which steps there are and where they lead."""


def steps_from(state: AlertState) -> tuple[AlertStep, ...]:
    """Return the steps that may be taken, in the order in which they are declared."""
    return tuple(step for step in AlertStep if step in NEXT[state])


def state_after(state: AlertState, step: AlertStep) -> AlertState | None:
    """Return where ``step`` leads, None when it may not be taken from ``state``."""
    return NEXT[state].get(step)


def may_agree(staff_id: str, downgraded_by: str, free: frozenset[str]) -> bool:
    """Tell whether the person may close what was downgraded: a second lead, if there is one.

    ``free`` are the ids of all who may read the alert.
    """
    return staff_id != downgraded_by or free <= {staff_id}
