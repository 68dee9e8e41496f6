"""Text as a reader hears it: plain lower-case words, whatever was done to the letters.

Undoes capitals, accents, full-width and small-capital letters, zero-width characters, letters
borrowed from other alphabets, spaced-out letters and missing or fancy apostrophes. The work is
proportional to the length of the text. (Unicode: NFKC of UAX 15; look-alikes after UTS 39.)
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_BORROWED = (
    "абвгԁеһіјкӏмнорԛѕтуԝхүεαοιρτυνκωηᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢıɡɑ",
    "abbrdehijklmhopqstywxyeaoiptuvkwnabcdefghijklmnoprstuvwyziga",
)
_LOOK_ALIKES = str.maketrans(*_BORROWED)
_APOSTROPHES = dict.fromkeys(map(ord, "'’‘`\u00b4\u02bc\u2032"))
_QUOTES = str.maketrans("“”„«»", '"""""')
_INVISIBLE = re.compile(
    "[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\\u00ad\\u0300-\\u036f\\u0483-\\u0489\\u061c\\u1ab0-\\u1aff\\u1dc0-\\u1dff"
    "\\u115f\\u1160\\u180b-\\u180e\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u206f\\u20d0-\\u20ff\\ufe00-\\ufe0f"
    "\\ufe20-\\ufe2f\\ufeff\\ufff9-\\ufffb\\U000e0000-\\U000e0fff]"
)
"""Controls, marks laid over letters, and characters that show nothing or turn the writing round."""
_WRAPPED = re.compile(r"(?<=[a-z,])[ \t]?\n[ \t]?(?=[a-z])")
"""A line that breaks in the middle of a sentence."""
_SPACED_OUT = re.compile(r"(?<!\w)\w(?: \w){2,}(?!\w)")
_SINGLE_LETTERS = re.compile(r"(?<!\w)\w(?: \w)+(?!\w)")
_TITLE_DOT = re.compile(r"\b(mr|mrs|ms|miss|dr|yr)\.")
_PIECE = re.compile(r"[^\W_]+(?:[*!@$+][^\W_]+)*|[.!?;\n]|\"|(?<=\s)[-–—]+(?=\s)")
_ENDS = frozenset(".!?;\n-–—")


@dataclass(frozen=True)
class Sentence:
    """The words of one sentence, and the positions of those inside double quotation marks."""

    words: tuple[str, ...]
    quoted: frozenset[int] = frozenset()


def plain(text: str) -> str:
    """Return ``text`` in lower case with letters, apostrophes and spacing made ordinary."""
    text = _WRAPPED.sub(" ", _INVISIBLE.sub("", text.replace("\r", "\n")))
    if not text.isascii():
        text = _without_tricks(text)
    text = text.lower().translate(_APOSTROPHES)
    if _SPACED_OUT.search(text):
        text = _SINGLE_LETTERS.sub(lambda run: run[0].replace(" ", ""), text)
    return _TITLE_DOT.sub(r"\1", text)


def _without_tricks(text: str) -> str:
    text = text.translate(_APOSTROPHES | _QUOTES)
    text = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", text).casefold())
    return _INVISIBLE.sub("", text).translate(_LOOK_ALIKES)


def sentences(text: str) -> list[Sentence]:
    """Split ``text`` into sentences of plain words; empty sentences are left out."""
    found: list[Sentence] = []
    words: list[str] = []
    quoted: set[int] = set()
    inside = False
    for piece in _PIECE.findall(plain(text)):
        if piece == '"':
            inside = not inside
        elif piece[0] not in _ENDS:
            if inside:
                quoted.add(len(words))
            words.append(piece)
        elif words:
            found.append(Sentence(tuple(words), frozenset(quoted)))
            words, quoted = [], set()
    if words:
        found.append(Sentence(tuple(words), frozenset(quoted)))
    return found
