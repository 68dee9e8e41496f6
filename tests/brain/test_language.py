"""Which language a message is in."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.brain.language import language_of
from assistant.brain.language_data import read_folder

LANGUAGE_DATA = Path(__file__).parents[2] / "data" / "language"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Mam duży problem ze szkołą i nie wiem co robić", "pl"),
        ("Vreau să vorbesc cu directoarea despre fiul meu", "ro"),
        ("Oğlum okulda çok mutsuz, öğretmeniyle konuşmak istiyorum", "tr"),
        ("Quero falar com a professora do meu filho", "pt"),
        ("Мій син боїться ходити до школи", "uk"),
        ("ابني يخاف من المدرسة", "ar"),
        ("میرا بیٹا اسکول جانے سے ڈرتا ہے", "ur"),
        ("আমার ছেলে স্কুলে যেতে ভয় পায়", "bn"),
        ("mera beta school jane se darta hai mujhe baat karni hai", "ur"),
        ("amar chele school e jete chai na keno bolte pari na", "bn"),
        ("我的孩子在学校被欺负了", "zh"),
        ("எனக்கு பள்ளி ஆசிரியரிடம் பேச வேண்டும்", "ta"),
    ],
)
def test_a_message_in_another_language_is_known(text: str, code: str) -> None:
    assert language_of(text) == code


@pytest.mark.parametrize(
    "text",
    [
        "wor bairn's been clarted by that heid again like",
        "u lot r a joke m8 smh",
        "ta pet",
        "gonnae no dae that",
        "sick ov it tbh",
        "head wont ring us bk",
        "ok",
        "Jayden Pryce, yr 10",
        "Harrison Oyelaran, 4T",
        "Reuben Clarke-Osei Y8 wednesday",
        "Dzień dobry. My son lost his coat on the school trip and nobody has found it.",
        "السلام عليكم my son is not happy in the class and I want to talk with teacher",
        "???",
        "",
    ],
)
def test_dialect_and_text_speak_are_english(text: str) -> None:
    assert language_of(text) == "en"


def test_almost_no_english_message_of_ours_is_called_foreign() -> None:
    rows = [row.text for row in read_folder(LANGUAGE_DATA) if row.text.isascii()]
    foreign = [text for text in rows if language_of(text) != "en"]
    assert len(foreign) / len(rows) < 0.005
