"""Read every form of a page with what stands typed, ticked and chosen in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

BOXES = {"checkbox", "radio"}
UNTYPED = {"hidden", "password", "submit"}
"""Kinds of inputs that nobody types in, and those that no page may give back."""


@dataclass
class TypedForm:
    """``kinds`` and ``offered`` are by field; ``typed`` holds what is not empty."""

    action: str
    hidden: dict[str, str] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)
    offered: dict[str, list[str]] = field(default_factory=dict)
    typed: dict[str, str] = field(default_factory=dict)
    button: dict[str, str] = field(default_factory=dict)

    @property
    def step(self) -> str:
        """What tells apart two forms that are sent to one address."""
        return self.hidden.get("step") or self.hidden.get("passage", "")

    def filled(self) -> dict[str, str]:
        """Return the form as somebody sends it who fills in everything."""
        days = {name: "2026-12-08" for name, kind in self.kinds.items() if kind == "date"}
        words = {name: f"typed as {name}" for name in self.kinds}
        chosen = {name: [*filter(None, each)][-1] for name, each in self.offered.items()}
        return self.hidden | words | days | chosen | self.button


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[TypedForm] = []
        self.form: TypedForm | None = None
        self.select = self.textarea = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.form = TypedForm(found["action"])
            self.forms.append(self.form)
        if self.form is None:
            return
        name = found.get("name", "")
        if tag == "input":
            self._input(self.form, name, found)
        elif tag == "textarea" and "hidden" not in found:
            self.textarea, self.form.kinds[name] = name, tag
        elif tag == "select":
            self.select, self.form.kinds[name] = name, tag
        elif tag == "option" and self.select:
            self._offer(self.form, self.select, found, chosen="selected" in found)
        elif tag == "button" and name and not self.form.button:
            self.form.button = {name: found["value"]}

    def _input(self, form: TypedForm, name: str, found: dict[str, str]) -> None:
        kind = found.get("type", "text")
        if kind == "hidden":
            form.hidden[name] = found.get("value", "")
        elif kind in BOXES:
            form.kinds[name] = kind
            self._offer(form, name, found, chosen="checked" in found)
        elif kind not in UNTYPED and "readonly" not in found:
            form.kinds[name] = kind
            self._type(form, name, found.get("value", ""))

    def _offer(self, form: TypedForm, name: str, found: dict[str, str], *, chosen: bool) -> None:
        form.offered.setdefault(name, []).append(found["value"])
        if chosen:
            self._type(form, name, found["value"])

    def _type(self, form: TypedForm, name: str, value: str) -> None:
        if value:
            form.typed[name] = value

    def handle_data(self, data: str) -> None:
        if self.form and self.textarea:
            self._type(self.form, self.textarea, data.strip())

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.form = None
        elif tag in {"select", "textarea"}:
            self.select = self.textarea = ""


def forms_of(page: str) -> list[TypedForm]:
    """Return the forms of the page in order."""
    reader = _Reader()
    reader.feed(page)
    return reader.forms
