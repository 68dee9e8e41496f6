"""Say what a case is about, from the school's list of topics; the figures count it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from assistant.services.errors import NotPossibleNow
from assistant.services.record_links import CASE
from assistant.services.who_may_read import case_for
from assistant.store.figure_tables import CaseTopic
from assistant.store.unit_of_work import settled

if TYPE_CHECKING:
    from assistant.services.desk import Desk


def choose_topic(desk: Desk, *, staff_id: str, reference: str, topic: str) -> None:
    """Put the case under the topic with this id; the same topic again changes nothing.

    Raises ``NotHere`` for a case that is missing or not theirs, and ``NotPossibleNow`` for a topic
    that is not on the list.
    """
    if topic not in {each.id for each in desk.school.topics}:
        raise NotPossibleNow
    settled(partial(_choose, desk, staff_id, reference, topic))


def _choose(desk: Desk, staff_id: str, reference: str, topic: str) -> None:
    with desk.unit_of_work() as work:
        case = case_for(desk, work, staff_id, reference)
        row = work.session.get(CaseTopic, case.id) or CaseTopic(case_id=case.id, topic="")
        if row.topic == topic:
            return
        row.topic, row.chosen_by, row.chosen_at = topic, staff_id, desk.clock.now()
        work.session.add(row)
        work.history.append("case.topic_chosen", staff_id, CASE, case.id, topic=topic)
        work.commit()
