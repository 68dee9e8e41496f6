"""A school's logo, taken only in forms that cannot run, fetch or tell anything.

A PNG is written anew from the chunks that make its picture (W3C PNG, section 5), so that notes,
places and dates in it are left behind. An SVG is taken as it is when every element and attribute
is one that only draws: no script, style sheet, picture, foreign content or address elsewhere.
"""

from __future__ import annotations

import re
import struct
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.parsers import expat

from assistant.casework.tables import TableError

if TYPE_CHECKING:
    from pathlib import Path

WHERE = "embed, logo"
MOST_BYTES = 64 * 1024
MOST_PIXELS = 1024
PNG_START = b"\x89PNG\r\n\x1a\n"
PNG_CHUNKS = frozenset({b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND"})
DRAWS = frozenset(
    [
        *("svg", "g", "defs", "symbol", "use", "title", "desc", "path", "rect", "circle"),
        *("ellipse", "line", "polyline", "polygon", "text", "tspan", "linearGradient"),
        *("radialGradient", "stop", "clipPath", "mask"),
    ]
)
SAYS = frozenset(
    [
        *("id", "class", "viewBox", "width", "height", "x", "y", "x1", "x2", "y1", "y2", "version"),
        *("cx", "cy", "r", "rx", "ry", "fx", "fy", "d", "points", "transform", "fill", "opacity"),
        *("fill-opacity", "fill-rule", "stroke", "stroke-width", "stroke-linecap", "offset"),
        *("stroke-linejoin", "stroke-miterlimit", "stroke-dasharray", "stroke-opacity", "mask"),
        *("stop-color", "stop-opacity", "clip-path", "clip-rule", "gradientUnits", "role"),
        *("gradientTransform", "spreadMethod", "clipPathUnits", "maskUnits", "font-family"),
        *("preserveAspectRatio", "font-size", "font-weight", "text-anchor", "letter-spacing"),
        *("aria-label", "aria-hidden", "href", "xlink:href", "xmlns", "xmlns:xlink", "xml:space"),
    ]
)
POINTS_ELSEWHERE = re.compile(r"url\(\s*['\"]?(?!#)|javascript:|data:", re.IGNORECASE)


@dataclass(frozen=True)
class Logo:
    """A picture that may be served: its name for the address, and its bytes."""

    name: str
    content: bytes


def read_logo(name: str, folder: Path) -> Logo | None:
    """Return the logo in the file ``name`` of ``folder``, None when no name is given.

    Raises ``TableError`` with a sentence for the person who wrote the school file.
    """
    if not name:
        return None
    file = folder / name
    if file.parent != folder or not file.is_file():
        raise TableError(WHERE, f"there is no file “{name}” beside the school file.")
    content = file.read_bytes()
    if len(content) > MOST_BYTES:
        raise TableError(WHERE, f"“{name}” is larger than {MOST_BYTES // 1024} KB.")
    if content.startswith(PNG_START):
        return Logo("logo.png", clean_png(content))
    if file.suffix.lower() == ".svg":
        check_svg(content)
        return Logo("logo.svg", content)
    raise TableError(WHERE, f"“{name}” is neither a PNG nor an SVG.")


def clean_png(content: bytes) -> bytes:
    """Return the PNG with what makes its picture and nothing else; raise ``TableError``."""
    kept, at = [PNG_START], len(PNG_START)
    names: list[bytes] = []
    while at + 12 <= len(content) and (not names or names[-1] != b"IEND"):
        length, name = struct.unpack_from(">I4s", content, at)
        chunk = content[at : at + 12 + length]
        if len(chunk) != length + 12 or zlib.crc32(chunk[4:-4]).to_bytes(4, "big") != chunk[-4:]:
            raise TableError(WHERE, "the PNG is damaged. Save it again.")
        if name in PNG_CHUNKS:
            kept.append(chunk)
        names.append(name)
        at += len(chunk)
    if not names or names[0] != b"IHDR" or names[-1] != b"IEND" or b"IDAT" not in names:
        raise TableError(WHERE, "the PNG is damaged. Save it again.")
    width, height = struct.unpack_from(">II", content, len(PNG_START) + 8)
    if not 0 < width <= MOST_PIXELS or not 0 < height <= MOST_PIXELS:
        raise TableError(WHERE, f"it is {width} by {height} pixels; at most {MOST_PIXELS} each.")
    return b"".join(kept)


def check_svg(content: bytes) -> None:
    """Raise ``TableError`` unless the SVG only draws."""
    parser = expat.ParserCreate()
    opened: list[str] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        opened.append(name)
        if name not in DRAWS or opened[0] != "svg":
            raise TableError(WHERE, f"the SVG has “{name}”, which is not taken. {ADVICE}")
        for attribute, value in attributes.items():
            _check_attribute(attribute, value)

    def refuse(*_: object) -> None:
        raise TableError(WHERE, f"the SVG has a document type or an instruction. {ADVICE}")

    parser.StartElementHandler = start
    parser.StartDoctypeDeclHandler = refuse
    parser.ProcessingInstructionHandler = refuse
    try:
        parser.Parse(content, True)  # noqa: FBT003 - expat takes it by place
    except expat.ExpatError as error:
        raise TableError(WHERE, f"the SVG cannot be read ({error}).") from error


ADVICE = "Export it as plain SVG with presentation attributes, or as PNG."


def _check_attribute(name: str, value: str) -> None:
    if name not in SAYS:
        raise TableError(WHERE, f"the SVG has the attribute “{name}”, which is not taken. {ADVICE}")
    points = name in {"href", "xlink:href"} and not value.startswith("#")
    if points or POINTS_ELSEWHERE.search(value):
        raise TableError(WHERE, f"the SVG points to something outside itself. {ADVICE}")
