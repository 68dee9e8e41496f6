"""How the assistant's words become HTML: paragraphs, and numbers and addresses one can tap."""

from __future__ import annotations

import re

from markupsafe import Markup, escape

_PARAGRAPH = re.compile(r"\n\s*\n+")
_TO_TAP = re.compile(
    r"(?P<address>https?://[^\s<>\"']+[^\s<>\"'.,;:!?)])"
    r"|(?<![\w/-])(?P<number>0\d{2,4}(?: ?\d{3,4}){1,3}|0800 1111|116 ?123|999|111|101)(?![\w/-])"
)
_FROM_RIGHT = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001eeff"
_NAME = re.compile(rf"[{_FROM_RIGHT}]+(?:[ '’.-]+[{_FROM_RIGHT}]+)*")
"""Words written from right to left, such as a child's name that is read back."""


def digits(number: str) -> str:
    """Return what a telephone dials for ``number``, without words such as "then option 2"."""
    dialled = re.match(r"[\d\s+()-]+", number.strip())
    return re.sub(r"[^\d+]", "", dialled.group()) if dialled else ""


def spoken(text: str) -> Markup:
    """Return ``text`` as escaped paragraphs of class ``said__words`` with links to tap.

    A name from right to left stands in ``bdi``: else the class after it moves before it.
    """
    parts = (part.strip() for part in _PARAGRAPH.split(text))
    return Markup("").join(_paragraph(part) for part in parts if part)


def tapped(text: str) -> Markup:
    """Return ``text`` escaped, with its telephone numbers and addresses as links to tap."""
    pieces: list[Markup] = []
    end = 0
    for match in _TO_TAP.finditer(text):
        pieces += [_lines(text[end : match.start()]), _link(match)]
        end = match.end()
    pieces.append(_lines(text[end:]))
    return Markup("").join(pieces)


def _paragraph(text: str) -> Markup:
    return Markup('<p class="said__words">{}</p>').format(tapped(text))


def _lines(text: str) -> Markup:
    isolated = _NAME.sub(r"<bdi>\g<0></bdi>", str(escape(text)))
    return Markup(isolated.replace("\n", "<br>"))  # noqa: S704 - escaped above


def _link(match: re.Match[str]) -> Markup:
    shown = match.group()
    target = shown if match["address"] else f"tel:{digits(shown)}"
    link = Markup('<a class="govuk-link govuk-link--no-visited-state" href="{}"{}>{}</a>')
    aside = Markup(' target="_blank" rel="noopener noreferrer"') if match["address"] else ""
    return link.format(target, aside, shown)
