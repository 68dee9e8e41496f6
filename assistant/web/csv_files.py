"""Tables as CSV files (RFC 4180) that a spreadsheet shows and never runs.

A cell that starts like a formula is what OWASP calls CSV injection: with an apostrophe before it
Excel, LibreOffice and Google Sheets show it as text. The byte order mark tells Excel that it is
UTF-8.
"""

from __future__ import annotations

import csv
import io
import unicodedata
from typing import TYPE_CHECKING

from sanic.response import raw

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sanic import HTTPResponse

FORMULA = ("=", "+", "-", "@", "|", "%")
CONTROL = ("\t", "\r", "\n", "\x00")
BYTE_ORDER_MARK = "\ufeff"


def inert(cell: object) -> str:
    """Return the cell's words so that no spreadsheet takes them for a formula."""
    words = str(cell)
    start = _first_letters(words)
    return f"'{words}" if words.startswith(CONTROL) or start.startswith(FORMULA) else words


def csv_text(rows: Iterable[Sequence[object]]) -> str:
    """Return the rows as a CSV file, every cell in quotes."""
    written = io.StringIO()
    written.write(BYTE_ORDER_MARK)
    csv.writer(written, quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerows(
        [inert(cell) for cell in row] for row in rows
    )
    return written.getvalue()


def csv_answer(rows: Iterable[Sequence[object]], name: str) -> HTTPResponse:
    """Return the file to download under ``name``."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return raw(csv_text(rows).encode(), content_type="text/csv; charset=utf-8", headers=headers)


def _first_letters(words: str) -> str:
    """Return the words from their first visible sign on, full-width forms as plain ones."""
    plain = unicodedata.normalize("NFKC", words)
    return plain.lstrip("".join({each for each in plain if _is_unseen(each)}) + "'\"")


def _is_unseen(sign: str) -> bool:
    return sign.isspace() or unicodedata.category(sign) in {"Cf", "Cc", "Zs"}
