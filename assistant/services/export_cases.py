"""Give the list of cases for a file; who took it, and how many, is noted in the history."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from assistant.services.case_lists import all_cases

if TYPE_CHECKING:
    from assistant.services.case_lists import CaseFilter
    from assistant.services.desk import Desk
    from assistant.services.desk_shapes import CaseRow

LIST = "case_list"


def export_cases(desk: Desk, staff_id: str, wanted: CaseFilter) -> tuple[CaseRow, ...]:
    """Return every case of the list that the person may read, in its order."""
    with desk.unit_of_work() as work:
        rows = all_cases(desk, work, staff_id, wanted)
        work.history.append(
            "cases.exported", staff_id, LIST, staff_id, count=len(rows), filter=asdict(wanted)
        )
        work.commit()
        return rows
