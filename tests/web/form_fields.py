"""Read a form of a page as a browser would send it."""

from __future__ import annotations

from collections import defaultdict
from html.parser import HTMLParser


class FormFields(HTMLParser):
    """The fields of the form with an id; boxes and radios only where they are checked."""

    def __init__(self, form_id: str) -> None:
        super().__init__()
        self.fields: defaultdict[str, list[str]] = defaultdict(list)
        self._form_id, self._inside = form_id, False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if tag == "form":
            self._inside = found.get("id") == self._form_id
        pressed = found.get("type") in {"checkbox", "radio"} and "checked" not in found
        if self._inside and tag == "input" and not pressed:
            self.fields[str(found["name"])].append(found.get("value") or "")

    def handle_endtag(self, tag: str) -> None:
        self._inside = self._inside and tag != "form"


def fields_of(page: str, form_id: str) -> dict[str, list[str]]:
    """Return what pressing a button of the form would send, without the button."""
    parser = FormFields(form_id)
    parser.feed(page)
    return dict(parser.fields)
