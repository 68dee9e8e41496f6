"""The chat page in other languages: whole, marked, and kept without a cookie."""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING

import httpx
import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from assistant.casework.chat_notes import ChatNote
from assistant.casework.embed import LABELS, USUAL_EMBED
from assistant.casework.restriction_words import CHAT_CLOSED
from assistant.chat.greeting import GREETING
from assistant.web.forms import NOTE_CHARACTERS, problem_with_words
from assistant.web.languages import CatalogueError, load_languages
from assistant.web.pages import LANGUAGES, TEMPLATES
from assistant.web.reader import Reader, TextSize

if TYPE_CHECKING:
    from pathlib import Path

    from tests.web.running import Running

HEADER = (
    'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n'
    '"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'
)


def translatable_texts() -> set[str | tuple[str, ...]]:
    """Return every text that templates and code mark, and what is said before a page is made."""
    of_pages = extract_from_dir(
        TEMPLATES,
        [("**.html", "jinja2")],
        {"**.html": {"newstyle_gettext": "true", "silent": "false"}},
        keywords={"_": None, "ngettext": (1, 2)},
    )
    of_code = extract_from_dir(
        TEMPLATES.parent, [("**.py", "python")], keywords={"translatable": None}
    )
    marked = {message[2] for found in (of_pages, of_code) for message in found}
    notes = {words for note in ChatNote for words in (note.label, note.aside) if words}
    button = {getattr(USUAL_EMBED, name) for name in LABELS}
    return marked | {reply["text"] for reply in GREETING} | notes | {CHAT_CLOSED} | button


@pytest.mark.parametrize("file", sorted(LANGUAGES.glob("*.po")), ids=lambda file: file.stem)
def test_a_catalogue_translates_every_text_and_no_other(file: Path) -> None:
    catalogue = read_po(BytesIO(file.read_bytes()), locale=file.stem)
    translated = {message.id for message in catalogue if message.id and message.string}
    assert translated == translatable_texts()


def test_welsh_is_there_beside_english() -> None:
    languages = load_languages([LANGUAGES])
    assert [(each.code, each.name) for each in languages.values()][:2] == [
        ("en-GB", "English"), ("cy", "Cymraeg")
    ]  # fmt: skip
    assert (
        languages["cy"]
        .count("Your draft: %(num)s point", "Your draft: %(num)s points", 2)
        .endswith("bwynt")
    )


@pytest.mark.parametrize(
    ("name", "words", "why"),
    [
        ("xx-nowhere", HEADER, "xx-nowhere"),
        ("ar", f'{HEADER}msgid "%(num)s days"\nmsgstr "%(number)s"\n', "line 6"),
        ("ar", "Send = x", "ar.po"),
    ],
)
def test_a_file_that_cannot_be_used_is_named_with_its_line(
    tmp_path: Path, name: str, words: str, why: str
) -> None:
    (tmp_path / f"{name}.po").write_text(words)
    with pytest.raises(CatalogueError, match=why):
        load_languages([tmp_path])


def test_a_number_within_a_sentence_is_the_one_that_holds() -> None:
    assert problem_with_words("x" * NOTE_CHARACTERS) is None
    assert f"at most {NOTE_CHARACTERS:,} characters" in (problem_with_words("x" * 20_001) or "")


def test_an_address_carries_what_is_not_as_usual() -> None:
    welsh = load_languages([LANGUAGES])["cy"]
    assert Reader().address("/chat", forgotten="yes") == "/chat?forgotten=yes"
    assert Reader(welsh).address("/chat", forgotten="yes") == "/chat?forgotten=yes&lang=cy"
    assert Reader(welsh, TextSize.LARGE).address("/") == "/?text=large&lang=cy"


@pytest.mark.slow
def test_the_page_and_what_follows_it_stay_in_the_language(served: Running) -> None:
    with httpx.Client(base_url=served.url) as parent:
        page = parent.get("/?lang=cy")
        assert '<html lang="cy" dir="ltr"' in page.text
        assert "Gadael y dudalen" in page.text
        parent.post("/?lang=cy", data={"text": "hello"})  # sets the cookie and shows the page
        said = parent.post("/?lang=cy", data={"text": "2 days for SHOES"})
        assert said.headers["location"] == "/?lang=cy"
        after = parent.get(said.headers["location"]).text
        empty = parent.post("/?lang=cy", data={"text": " "}).text
        back = parent.post("/forget?lang=cy", data={"back": "/"}).headers["location"]
    assert '<div class="said__reply" lang="en-GB" dir="ltr">' in after
    assert "Ysgrifennwch beth ddigwyddodd" in empty
    assert back == "/?forgotten=yes&lang=cy"


@pytest.mark.slow
def test_half_typed_words_come_along_into_another_language(served: Running) -> None:
    page = httpx.post(f"{served.url}/?lang=cy", data={"text": "he was ke", "show": "yes"})
    assert page.status_code == 200
    assert ">he was ke</textarea>" in page.text
    assert "Eich neges" in page.text
    assert not page.cookies


@pytest.mark.slow
def test_a_language_that_is_not_there_is_english(served: Running) -> None:
    assert '<html lang="en-GB" dir="ltr"' in httpx.get(f"{served.url}/?lang=tlh").text


@pytest.mark.slow
@pytest.mark.parametrize(
    ("path", "person"),
    [("/?lang=cy", "/person?lang=cy"), ("/chat?lang=cy", "/chat/person?lang=cy")],
)
def test_the_way_to_a_person_stays_in_the_frame_in_any_language(
    served: Running, path: str, person: str
) -> None:
    page = httpx.get(f"{served.url}{path}").text
    assert re.search(rf'href="{re.escape(person)}">Siarad â pherson</a>', page)
