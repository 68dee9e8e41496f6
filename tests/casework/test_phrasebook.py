"""What is told in another language, without understanding it."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.casework.kinds import Channel
from assistant.casework.phrasebook import Phrasebook, PhrasebookError
from assistant.settings import ROOT

FILE = ROOT / "data" / "lexicon" / "languages.toml"
BOOK = Phrasebook.load(FILE)

HARM = {
    "pl": "Wczoraj wieczorem mój mąż znowu pobił syna, ma siniaki na plecach.",
    "ro": "Tatăl vitreg o bate pe fiica mea când nu sunt acasă.",
    "pt": "O padrasto bateu no meu filho outra vez ontem à noite.",
    "es": "Su padrastro le pega a mi hijo cuando yo trabajo.",
    "tr": "Üvey babası oğlumu dövüyor, çok korkuyorum.",
    "so": "Aabihii ayaa garaaca wiilkayga habeen kasta.",
    "uk": "Вітчим б'є мого сина, він весь у синцях.",
    "ar": "زوج أمه يضرب الولد كل ليلة",
    "ur": "سوتیلا باپ بچے کو روز مارتا ہے",
    "bn": "সৎ বাবা আমার ছেলেকে মারে",
}
DANGER = {
    "pl": "Proszę pomóc, córka jest nieprzytomna!",
    "ro": "Ajutor, copilul meu nu respiră",
    "pt": "Socorro, o meu filho não respira",
    "es": "Hay un hombre con un cuchillo en la puerta",
    "tr": "Oğlum nefes almıyor yardım edin",
    "so": "Caawi, wiilkaygu ma neefsanayo",
    "uk": "Допоможіть, дитина не дихає",
    "ar": "ساعدوني ابنتي لا تتنفس",
    "ur": "میرا بیٹا سانس نہیں لے رہا",
    "bn": "আমার মেয়ে শ্বাস নিচ্ছে না",
}
DESPAIR = {
    "pl": "Nie chcę już żyć.",
    "ro": "Nu mai vreau să trăiesc",
    "pt": "Não quero viver mais",
    "es": "Quiero morirme, no quiero vivir",
    "tr": "Artık yaşamak istemiyorum",
    "so": "Ma rabo inaan noolaado",
    "uk": "Я не хочу жити",
    "ar": "أريد أن أموت",
    "ur": "میں مرنا چاہتی ہوں",
    "bn": "আমি আর বাঁচতে চাই না",
}


def test_the_ten_languages_have_a_table() -> None:
    assert BOOK.languages == {*HARM}


@pytest.mark.parametrize(("language", "text"), HARM.items())
def test_a_grown_up_who_harms_a_child_is_a_disclosure(language: str, text: str) -> None:
    assert "disclosure" in BOOK.hear(text, language).net


@pytest.mark.parametrize(("language", "text"), DANGER.items())
def test_danger_at_this_moment_is_found(language: str, text: str) -> None:
    assert "danger_now" in BOOK.hear(text, language).net


@pytest.mark.parametrize(("language", "text"), DESPAIR.items())
def test_the_parent_s_own_despair_is_found(language: str, text: str) -> None:
    assert BOOK.hear(text, language).net == ("crisis",)


def test_a_child_who_wants_to_die_is_a_disclosure_and_not_the_parent_s_despair() -> None:
    assert BOOK.hear("Moja córka mówi, że chce umrzeć", "pl").net == ("disclosure",)


def test_harm_among_children_is_only_a_hint() -> None:
    assert BOOK.hear("Starsi koledzy go bije na przerwie", "pl").net == ("disclosure?",)


@pytest.mark.parametrize(
    ("text", "door"),
    [
        ("Zgubił czapkę, z kim mogę porozmawiać?", Channel.STAFF),
        ("Chcę złożyć oficjalną skargę", Channel.COMPLAINT),
        ("Proszę odwołać spotkanie w piątek", Channel.SERVICE),
        ("Chciałabym porozmawiać z panią dyrektor", Channel.HEADTEACHER),
        ("Dyrektorka upokorzyła moje dziecko", Channel.GOVERNORS),
        ("CHCE ZLOZYC SKARGE", Channel.COMPLAINT),
    ],
)
def test_the_door_is_told_by_a_few_words(text: str, door: Channel) -> None:
    doors = BOOK.hear(text, "pl").doors
    assert max(doors, key=lambda each: doors[each]) is door


def test_accents_and_vowel_signs_may_be_left_out() -> None:
    assert BOOK.hear("Nao quero viver", "pt") == BOOK.hear("Não quero viver", "pt")
    assert BOOK.hear("أريد أن أموت", "ar") == BOOK.hear("أَرِيدُ أَنْ أَمُوت", "ar")
    assert BOOK.hear("اريد ان اموت", "ar").net == ("crisis",)


def test_a_language_without_a_table_leads_to_staff() -> None:
    told = BOOK.hear("我的孩子在学校被欺负了", "zh")
    assert (told.net, max(told.doors, key=lambda each: told.doors[each])) == ((), Channel.STAFF)


@pytest.mark.parametrize("text", ["", " ", "...", "؟", "\u0301", "👍"])
def test_nothing_is_heard_in_nothing(text: str) -> None:
    assert BOOK.hear(text, "ar").net == ()


@pytest.mark.parametrize(
    ("written", "sentence"),
    [("[pl]\nadult = [", "languages.toml: "), ("[pl]\nadult = []", r"\[pl\] lacks")],
)
def test_a_mistake_in_the_file_is_named(tmp_path: Path, written: str, sentence: str) -> None:
    file = tmp_path / "languages.toml"
    file.write_text(written)
    with pytest.raises(PhrasebookError, match=sentence):
        Phrasebook.load(file)
