"""The button on the school's site: colours that can be read, pages, hours, and the logo."""

from __future__ import annotations

import re
import struct
import zlib
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.casework.calendar import SchoolCalendar
from assistant.casework.colours import contrast
from assistant.casework.embed import (
    Embed,
    EmbedPage,
    EmbedWords,
    is_open,
    seconds_until_change,
    wrong_embed,
)
from assistant.casework.logo import read_logo
from assistant.casework.school import BUILT_IN, SchoolFileError, load_school
from assistant.casework.tables import TableError

PRIMARY = load_school("primary")
CALENDAR = SchoolCalendar.from_school(PRIMARY)
COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")
ENOUGH = 4.5
FOCUS, WHITE, BLACK = "#ffdd00", "#ffffff", "#000000"


def told(embed: Embed) -> list[str]:
    return [": ".join(each) for each in wrong_embed(replace(PRIMARY, embed=embed))]


@given(COLOURS, COLOURS)
def test_a_pair_is_refused_exactly_when_it_cannot_be_read(colour: str, text: str) -> None:
    problems = told(Embed(colour=colour, text=text))
    assert bool(problems) == (contrast(colour, text) < ENOUGH)
    for shade in re.findall(r"can be read on is “(#\w+)”", " ".join(problems)):
        assert contrast(shade, text) >= ENOUGH
    for shade in re.findall(r"“(#\w+)” can be read", " ".join(problems)):
        assert contrast(colour, shade) >= ENOUGH


@given(COLOURS)
def test_whatever_the_schools_colour_its_words_are_chosen_to_be_read(colour: str) -> None:
    assert told(Embed(colour=colour)) == []


@given(COLOURS)
def test_one_of_the_two_edges_stands_out_from_any_page_and_the_focus_from_any_button(
    colour: str,
) -> None:
    assert max(contrast(colour, WHITE), contrast(colour, BLACK)) >= ENOUGH
    assert max(contrast(colour, FOCUS), contrast(colour, BLACK)) >= 3


def test_the_refusal_names_the_pair_its_ratio_and_what_would_pass() -> None:
    (problem,) = told(Embed(colour="#f2b233", text="#ffffff"))
    assert problem.startswith("embed, text: the words of the button, “#ffffff”, on its colour")
    assert "1.87 to 1" in problem
    assert "words need 4.5 to 1" in problem
    assert "“#000000” can be read" in problem


PAGE = EmbedPage("news", ("/news/*",))
WELSH = EmbedWords("cy", "Siaradwch â ni", "Cau’r sgwrs", "Agor y sgwrs ar ei thudalen ei hun")


@pytest.mark.parametrize(
    ("embed", "sentence"),
    [
        (Embed(colour="red"), "embed, colour: “red” is no colour"),
        (Embed(button=" "), "embed, button: it must be one line"),
        (Embed(close="x" * 41), "embed, close: it must be one line of 1 to 40 letters"),
        (Embed(pages=(PAGE, PAGE)), "embed, page row 2: “news” is there twice"),
        (Embed(pages=(replace(PAGE, id="A b"),)), "page row 1 (A b): its id has small letters"),
        (Embed(pages=(replace(PAGE, paths=()),)), "page row 1 (news): it has no paths"),
        (Embed(pages=(replace(PAGE, paths=("news",)),)), "“news” is no path"),
        (Embed(pages=(replace(PAGE, paths=("https://a.example/",)),)), "is no path"),
        (Embed(pages=(replace(PAGE, paths=("/a*b*c*d*",)),)), "is no path"),
        (Embed(pages=(replace(PAGE, greeting="x" * 301),)), "its greeting is plain words"),
        (Embed(pages=(replace(PAGE, show="never", greeting="Hello"),)), "but the button never"),
        (Embed(words=(replace(WELSH, close=""),)), "words row 1, close: it must be one line"),
        (Embed(words=(replace(WELSH, button="x" * 41),)), "words row 1, button: it must be one"),
        (Embed(words=(WELSH, WELSH)), "embed, words row 2: “cy” is there twice"),
        (Embed(words=(replace(WELSH, lang="en-GB"),)), "“en-GB” is no other language"),
        (Embed(words=(replace(WELSH, lang="Welsh&page=x"),)), "is no other language"),
    ],
)
def test_a_mistake_is_a_sentence_that_names_table_and_row(embed: Embed, sentence: str) -> None:
    assert any(sentence in each for each in told(embed))


def test_words_in_another_language_are_read_from_the_school_file(tmp_path: Path) -> None:
    text = (BUILT_IN / "primary.toml").read_text(encoding="utf-8")
    shown = re.search(r"(?m)(^# \[\[embed\.words\]\]\n(?:# .*\n){4})", text)
    assert shown, "the file shows how they are written"
    file = tmp_path / "ours.toml"
    file.write_text(text + shown[1].replace("# ", ""), encoding="utf-8")
    (words,) = load_school(file).embed.words
    assert (words.lang, words.close) == ("cy", "Cau’r sgwrs")
    assert told(Embed(words=(words,))) == []


def test_a_schools_colour_that_is_none_is_told_at_start(tmp_path: Path) -> None:
    text = (BUILT_IN / "primary.toml").read_text(encoding="utf-8")
    file = tmp_path / "ours.toml"
    file.write_text(text.replace('colour = "#1d5c4a"', 'colour = "green"', 1), encoding="utf-8")
    with pytest.raises(SchoolFileError, match=r"ours.toml: the top of the file, colour: “green”"):
        load_school(file)


@pytest.mark.parametrize(
    ("path", "fits", "does_not"),
    [
        ("/news/*", ["/news", "/news/", "/news/2026/may"], ["/newsletter", "/old/news"]),
        ("/", ["/"], ["/a"]),
        ("/*", ["/", "/a/b"], []),
        ("/a.b/", ["/a.b", "/a.b/"], ["/aXb"]),
        ("/policies/complaints*", ["/policies/complaints-2026.html"], ["/policies"]),
    ],
)
def test_a_path_fits_what_a_person_would_expect(
    path: str, fits: list[str], does_not: list[str]
) -> None:
    pattern = re.compile(replace(PAGE, paths=(path,)).pattern)
    assert all(pattern.search(each) for each in fits)
    assert not any(pattern.search(each) for each in does_not)


@pytest.mark.parametrize(
    ("now", "open_now", "seconds"),
    [
        ("2026-11-24T07:58", False, 120),  # a school day, before it opens
        ("2026-11-24T16:29", True, 60),
        ("2026-11-24T16:30", False, 300),
        ("2026-11-28T10:00", False, 300),  # a Saturday
        ("2026-10-27T10:00", False, 300),  # half term
        ("2027-03-25T16:29", True, 60),
    ],
)
def test_the_hours_are_those_of_the_school_and_end_on_the_second(
    now: str,
    open_now: bool,  # noqa: FBT001 - a column of the table
    seconds: int,
) -> None:
    moment = datetime.fromisoformat(now).replace(tzinfo=UTC)  # no summer time on these days
    assert is_open(PRIMARY, CALENDAR, moment) is open_now
    assert seconds_until_change(PRIMARY, CALENDAR, moment, 300) == seconds


SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">{}</svg>'


@pytest.mark.parametrize(
    ("inside", "sentence"),
    [
        ("<script>alert(1)</script>", "has “script”"),
        ("<style>path{fill:red}</style>", "has “style”"),
        ("<image href='https://a.example/x.png'/>", "has “image”"),
        ("<foreignObject/>", "has “foreignObject”"),
        ("<a href='#x'/>", "has “a”"),
        ("<path onload='x()'/>", "attribute “onload”"),
        ("<path style='fill:red'/>", "attribute “style”"),
        ("<use href='https://a.example/#x'/>", "points to something outside"),
        ("<path fill='url(https://a.example/#x)'/>", "points to something outside"),
        ("<g><path></g>", "cannot be read"),
    ],
)
def test_a_drawing_that_could_run_or_fetch_is_refused(
    tmp_path: Path, inside: str, sentence: str
) -> None:
    (tmp_path / "logo.svg").write_text(SVG.format(inside))
    with pytest.raises(TableError, match="embed, logo:") as refused:
        read_logo("logo.svg", tmp_path)
    assert sentence in str(refused.value)


@pytest.mark.parametrize(
    "text",
    ["<!DOCTYPE svg [<!ENTITY a 'b'>]><svg/>", "<?xml-stylesheet href='x'?><svg/>", "<g/>", "no"],
)
def test_a_drawing_with_anything_around_it_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "logo.svg").write_text(text)
    with pytest.raises(TableError):
        read_logo("logo.svg", tmp_path)


def test_a_drawing_that_only_draws_is_taken_as_it_is(tmp_path: Path) -> None:
    drawn = SVG.format("<defs><g id='a'/></defs><use href='#a' fill='url(#b)'/>")
    (tmp_path / "logo.svg").write_text(drawn)
    logo = read_logo("logo.svg", tmp_path)
    assert logo is not None
    assert logo.content.decode() == drawn


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png(*, width: int = 1, more: bytes = b"") -> bytes:
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, 1, 8, 0, 0, 0, 0))
    data = chunk(b"IDAT", zlib.compress(b"\0\0"))
    return b"\x89PNG\r\n\x1a\n" + header + more + data + chunk(b"IEND", b"")


def test_notes_and_places_in_a_picture_are_left_behind(tmp_path: Path) -> None:
    noted = png(more=chunk(b"tEXt", b"Author\0Helen Ashworth")) + b"<script>"
    (tmp_path / "logo.png").write_bytes(noted)
    logo = read_logo("logo.png", tmp_path)
    assert logo is not None
    assert logo.content == png()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (png()[:-6], "damaged"),
        (png().replace(b"IDAT", b"IDAX"), "damaged"),
        (png(width=2000), "2000 by 1 pixels"),
        (b"GIF89a", "neither a PNG nor an SVG"),
        (png() + b"\0" * 65536, "larger than 64 KB"),
    ],
)
def test_a_picture_that_is_none_is_refused(tmp_path: Path, content: bytes, sentence: str) -> None:
    (tmp_path / "logo.png").write_bytes(content)
    with pytest.raises(TableError, match=sentence):
        read_logo("logo.png", tmp_path)


@pytest.mark.parametrize("name", ["none.png", "../secret.png"])
def test_a_logo_stands_beside_the_school_file_or_nowhere(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "school"
    folder.mkdir()
    (tmp_path / "secret.png").write_bytes(png())
    with pytest.raises(TableError, match="there is no file"):
        read_logo(name, folder)
