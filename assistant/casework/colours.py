"""The school's colour, made safe to read (contrast as in WCAG 2.2, success criterion 1.4.3)."""

from __future__ import annotations

import math
import re

BLACK = "#000000"
WHITE = "#ffffff"
NIGHT = "#14181c"
"""The paper of the dark look (style.css)."""
READABLE = 4.5
"""The least contrast ratio of text against what is behind it."""
STEPS = 100
"""In how many steps a colour is moved towards black or white until it passes."""
LINEAR_UP_TO = 0.04045
"""Below this share of a channel, sRGB is a straight line (IEC 61966-2-1)."""


def luminance(colour: str) -> float:
    """Return the relative luminance of `#rrggbb`, from 0 (black) to 1 (white)."""
    red, green, blue = (_linear(channel / 255) for channel in _channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours `#rrggbb`, from 1 to 21."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def ink_on(colour: str) -> str:
    """Return black or white, whichever reads best on `colour`; one always passes 4.5."""
    return max((WHITE, BLACK), key=lambda ink: contrast(ink, colour))


def readable_on(colour: str, paper: str) -> str:
    """Return `colour`, moved towards black or white until it can be read on `paper`."""
    towards = ink_on(paper)
    shades = (_mix(colour, towards, step / STEPS) for step in range(STEPS + 1))
    return next(shade for shade in shades if contrast(shade, paper) >= READABLE)


def is_colour(text: str) -> bool:
    """Tell whether `text` is a colour such as `#1d3a6e`."""
    return re.fullmatch(r"#[0-9a-fA-F]{6}", text) is not None


def _linear(share: float) -> float:
    if share <= LINEAR_UP_TO:
        return share / 12.92
    return math.pow((share + 0.055) / 1.055, 2.4)


def _channels(colour: str) -> tuple[int, int, int]:
    """Read `#rrggbb`; raise ValueError when it is anything else."""
    digits = colour.removeprefix("#")
    if len(digits) != len("rrggbb"):
        message = f"{colour!r} is not a colour such as #1d3a6e"
        raise ValueError(message)
    return int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:], 16)


def _mix(one: str, other: str, share: float) -> str:
    pairs = zip(_channels(one), _channels(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)
