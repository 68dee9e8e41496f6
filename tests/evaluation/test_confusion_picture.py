"""The picture of the confusions can be read: every name fits, every mistake is seen."""

from __future__ import annotations

import math
import re
import xml.etree.ElementTree as ET
from collections import Counter

from assistant.casework.kinds import Channel
from assistant.evaluation.confusion_picture import CELL, FAINTEST, HEAD, MARGIN, svg_matrix

LETTER = 8.5  # pixels, of the widest lower-case letters at 13 pixels
SLANT = math.radians(60)
NAMES = [channel.value for channel in Channel]
EVERY = Counter({(name, name): 99 for name in NAMES} | {(NAMES[0], NAMES[1]): 1})


def picture() -> ET.Element:
    return ET.fromstring(svg_matrix(EVERY))  # noqa: S314 - our own picture


def texts() -> list[ET.Element]:
    return [each for each in picture().iter() if each.tag.endswith("text")]


def test_every_name_fits_into_the_picture() -> None:
    width = float(picture().attrib["width"])
    slanted = [each for each in texts() if "rotate" in each.attrib.get("transform", "")]
    assert len(slanted) == len(NAMES)
    for each in slanted:
        x, y = map(float, re.findall(r"[\d.]+", each.attrib["transform"])[:2])
        long = LETTER * len(each.text or "")
        assert x + long * math.cos(SLANT) <= width, each.text
        assert y - long * math.sin(SLANT) >= 0, each.text
    assert max(LETTER * len(name) for name in NAMES) <= MARGIN


def test_neighbouring_slanted_names_do_not_touch() -> None:
    assert CELL * math.sin(SLANT) > 13


def test_the_sides_are_named_and_a_code_is_words() -> None:
    shown = {each.text for each in texts()}
    assert {"given →", "wanted ↓", "out of scope"} <= shown
    assert HEAD > 0


def test_a_single_mistake_among_many_is_drawn_to_be_seen() -> None:
    drawn = [float(each.attrib["fill-opacity"]) for each in picture().iter()
             if each.attrib.get("fill") == "#b10e1e"]  # fmt: skip
    assert {share for share in drawn if share} == {FAINTEST}
