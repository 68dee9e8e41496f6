"""The languages of the pages' own words, from gettext catalogues (GNU gettext PO files, by Babel).

What the assistant says is written in English; each page marks it so (WCAG 2.2, 3.1.2).
"""

from __future__ import annotations

import gettext
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_time
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po
from jinja2 import pass_context
from markupsafe import Markup, escape

from assistant.casework.wording import say_day, say_time

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime, time
    from pathlib import Path

    from babel.messages.catalog import Catalog
    from jinja2 import Environment
    from jinja2.runtime import Context


class CatalogueError(ValueError):
    """A translation file cannot be used; the message says which, where and why."""


@dataclass(frozen=True)
class Language:
    """A language by its BCP 47 ``code``, its ``name`` in itself and its ``direction`` in HTML."""

    code: str
    name: str
    direction: str
    catalogue: gettext.NullTranslations

    def day(self, day: date) -> str:
        """Return a day as the language writes it: ``Monday 2 November``."""
        return say_day(day) if self.is_english else format_date(day, "EEEE d MMMM", self.locale)

    def date(self, day: date) -> str:
        """Return a day with its year: ``Monday 2 November 2026``."""
        if self.is_english:
            return f"{say_day(day)} {day.year}"
        return format_date(day, "EEEE d MMMM y", self.locale)

    def time(self, at: datetime | time) -> str:
        """Return a wall time in London as the language writes it: ``8am``, ``08:00``."""
        return say_time(at) if self.is_english else format_time(at, "short", None, self.locale)

    @property
    def is_english(self) -> bool:
        """Whether this is the language that everything is written in."""
        return self.code == ENGLISH.code

    @property
    def locale(self) -> str:
        """The code as Babel writes it."""
        return self.code.replace("-", "_")

    @property
    def english(self) -> Markup:
        """The attributes of an element whose words stay English on this page."""
        return Markup("") if self.is_english else Markup(' lang="en-GB" dir="ltr"')

    @property
    def in_english(self) -> str:
        """What stands behind a link to a page that is there in English alone."""
        return "" if self.is_english else f" {self.say(IN_ENGLISH)}"

    def quote(self, words: str) -> Markup:
        """Return English words that stand within a sentence of the page, marked as such."""
        if self.is_english:
            return escape(words)
        return Markup("<span{}>{}</span>").format(self.english, words)

    def say(self, text: str) -> str:
        """Return the translation of an English text, or the text."""
        return self.catalogue.gettext(text) if text else ""

    def count(self, one: str, many: str, number: int) -> str:
        """Return the translation of an English text in the form that goes with ``number``."""
        return self.catalogue.ngettext(one, many, number)


ENGLISH = Language("en-GB", "English", "ltr", gettext.NullTranslations())


def load_languages(folders: Iterable[Path]) -> dict[str, Language]:
    """Return English and one language for each ``*.po`` in the folders, by code; later ones win.

    Raises:
        CatalogueError: a file is no catalogue, its name no language, or a translation lacks a
            placeholder of its text.
    """
    languages = {ENGLISH.code: ENGLISH}
    for folder in folders:
        for file in sorted(folder.glob("*.po")):
            languages[file.stem] = _read(file)
    return languages


def translatable(text: str) -> str:
    """Mark a text that a page translates when it shows it; returns it as it is."""
    return text


IN_ENGLISH = translatable("(in English)")


def install(templates: Environment) -> None:
    """Let templates say ``_("…")`` and ``ngettext``; the page's context names the language."""
    templates.add_extension("jinja2.ext.i18n")
    templates.install_gettext_callables(_say, _count, newstyle=True)  # type: ignore[attr-defined]


@pass_context
def _say(context: Context, text: str) -> str:
    return _language(context).say(text)


@pass_context
def _count(context: Context, one: str, many: str, number: int) -> str:
    return _language(context).count(one, many, number)


def _language(context: Context) -> Language:
    language: Language = context["language"]
    return language


def _read(file: Path) -> Language:
    try:
        locale = Locale.parse(file.stem, sep="-")
        with file.open("rb") as opened:
            catalogue = read_po(opened, locale=file.stem.replace("-", "_"), abort_invalid=True)
    except (UnknownLocaleError, PoFileError, ValueError) as error:
        message = f"{file}: {error}"
        raise CatalogueError(message) from error
    _check(file, catalogue)
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    name = locale.get_display_name() or file.stem
    return Language(file.stem, name, locale.text_direction, gettext.GNUTranslations(compiled))


def _check(file: Path, catalogue: Catalog) -> None:
    for message, errors in catalogue.check():
        words = f"{file}, line {message.lineno}: {message.id!r}: {'; '.join(map(str, errors))}"
        raise CatalogueError(words)
