"""A language in which every text of the pages is itself between ⟦ and ⟧.

Whatever stands outside of the brackets on a page in it cannot be translated: it is a name, what
somebody typed, English that is marked as such, or a text that was forgotten.
"""

from __future__ import annotations

from html.parser import HTMLParser
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

CODE = "eo"
HEADER = (
    'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n'
    '"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n'
)
SAID_ALOUD = ("aria-label", "title", "alt", "placeholder")
ALONE = frozenset(("area", "br", "hr", "img", "input", "link", "meta", "source"))


def write_language(folder: Path, texts: Iterable[str | tuple[str, ...]]) -> None:
    """Write the catalogue of ``texts`` (one, or singular and plural) into a school's folder."""
    entries = [_entry((text,) if isinstance(text, str) else text) for text in texts]
    folder.mkdir(exist_ok=True)
    (folder / f"{CODE}.po").write_text(HEADER + "".join(entries), encoding="utf-8")


def untranslated(page: str, *names: str) -> list[str]:
    """Return what a page in the language says outside of the brackets, but for ``names``."""
    parser = _Outside()
    parser.feed(page)
    parser.close()
    assert parser.language in {CODE, ""}, parser.language
    return [each for each in (_without(words, names) for words in parser.found) if each]


def _entry(forms: tuple[str, ...]) -> str:
    one, *many = forms
    if not many:
        return f"\nmsgid {_quoted(one)}\nmsgstr {_quoted(f'⟦{one}⟧')}\n"
    plural = many[0]
    said = f"msgstr[0] {_quoted(f'⟦{one}⟧')}\nmsgstr[1] {_quoted(f'⟦{plural}⟧')}"
    return f"\nmsgid {_quoted(one)}\nmsgid_plural {_quoted(plural)}\n{said}\n"


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def _without(words: str, names: tuple[str, ...]) -> str:
    for name in names:
        words = words.replace(name, "")
    words = " ".join(words.split())
    return words if any(letter.isalpha() for letter in words) else ""


class _Outside(HTMLParser):
    """Gathers text and spoken attributes outside of brackets, of other languages and of people."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.language = ""
        self._open: list[tuple[str, bool]] = []
        self._depth = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = dict(attrs)
        if tag == "html":
            self.language = has.get("lang") or ""
        foreign = tag in {"script", "style"} or has.get("dir") == "auto"
        foreign = foreign or has.get("lang", CODE) != CODE
        within = bool(self._open) and self._open[-1][1]
        if tag not in ALONE:
            self._open.append((tag, foreign or within))
        if not (foreign or within):
            self.found += [said for name in SAID_ALOUD if (said := self._outside(has.get(name)))]

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        outside = self._outside(data)
        if not (self._open and self._open[-1][1]):
            self.found.append(outside)

    def _outside(self, words: str | None) -> str:
        kept = []
        for letter in words or "":
            self._depth -= letter == "⟧"
            kept.append(letter if not self._depth and letter not in "⟦⟧" else "")
            self._depth += letter == "⟦"
        return "".join(kept)
