"""The copy of a person's data as one ZIP file: a page to read, and JSON for a machine.

Made in memory for one answer and kept nowhere: to have it again is to make it again.
"""

from __future__ import annotations

import io
import json
import zipfile
from datetime import date, datetime
from typing import TYPE_CHECKING

from assistant.casework.retention import in_words
from assistant.web.words import day

if TYPE_CHECKING:
    from jinja2 import Environment

    from assistant.casework.school import School
    from assistant.services.seal_disclosure import SealedCopy

FORMAT = "schoolgate-personal-data/1"


def zip_of(templates: Environment, school: School, copy: SealedCopy, today: date) -> bytes:
    """Return the file; ``today`` is the date in London that it says it was made on."""
    kept = [{"what": what, "keep": keep} for what, keep in in_words(school.retention)]
    template = templates.get_template("desk/disclosed.html")
    page = template.render(copy=copy, today=today, spelt=_spelt, kept=kept)
    data = {
        "format": FORMAT,
        "school": school.name,
        "made_on": today.isoformat(),
        "person": copy.person.name,
        "records": copy.records,
        "kept_for": kept,
    }
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as file:
        for name, text in (("read-me-first.html", page), ("data.json", _json(data))):
            file.writestr(_entry(name, today), text.encode())
    return held.getvalue()


def _entry(name: str, today: date) -> zipfile.ZipInfo:
    """Return a file of that day: the clock of the machine is nobody's business."""
    made = zipfile.ZipInfo(name, (today.year, today.month, today.day, 0, 0, 0))
    made.compress_type = zipfile.ZIP_DEFLATED
    made.external_attr = 0o600 << 16
    return made


def _spelt(stored: str) -> str:
    """Return the London date of a stored date or instant in words."""
    return day(datetime.fromisoformat(stored) if "T" in stored else date.fromisoformat(stored))


def _json(data: object) -> str:
    return json.dumps(data, indent=2, ensure_ascii=False) + "\n"
