"""Which language a message is in, so that an interpreter can be offered.

Text-speak, dialect and short messages must never be called foreign: English wins ties, and a
message with enough plain English words is English whatever the letter statistics say.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from lingua import Language, LanguageDetectorBuilder
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

# Rasa reads the components' annotations when it checks the graph, so these are real imports.
if TYPE_CHECKING:
    from lingua import LanguageDetector

ENGLISH = "en"
LANGUAGE = "language"
SHORTEST = 3  # words
SURE = 0.90
ENGLISH_AT_MOST = 0.05
MARKED = 0.15
"""The share of words that make a message English, or Urdu or Bengali in Latin letters."""

_LATIN = {
    Language.ENGLISH: "en",
    Language.POLISH: "pl",
    Language.ROMANIAN: "ro",
    Language.PORTUGUESE: "pt",
    Language.SPANISH: "es",
    Language.SOMALI: "so",
    Language.TURKISH: "tr",
    Language.WELSH: "cy",
    Language.FRENCH: "fr",
    Language.LITHUANIAN: "lt",
}
_SCRIPTS = {
    "ARABIC": "ar",
    "CYRILLIC": "uk",
    "BENGALI": "bn",
    "DEVANAGARI": "hi",
    "GURMUKHI": "pa",
    "GUJARATI": "gu",
    "TAMIL": "ta",
    "SINHALA": "si",
    "GREEK": "el",
    "HEBREW": "he",
    "ETHIOPIC": "ti",
    "THAI": "th",
    "HANGUL": "ko",
    "HIRAGANA": "ja",
    "CJK": "zh",
}
_URDU_LETTERS = set("ٹڈڑںےہھگپچ")
_ENGLISH_WORDS = frozenset(
    """
    the and of to is are was were be been he he's hes she she's shes his her him they they're them
    their it it's its i'm i've we you your my this that what what's when where who whos how why with
    for from not don't dont didn't didnt can can't cant will won't wont would have has had get got
    about at out off up there been did does do if just want need help us x lol tbh pls school
    teacher
    head kid kids son daughter boy girl
    """.split()
)
_SHARED_WITH_OTHERS = frozenset(
    """
    do x of school us it at up
    """.split()
)
_URDU_WORDS = frozenset(
    """
    hai hain hoon hun mera meri mere mujhe nahi nahin aap ko ke ki ka se kya kyun bacha bachay bachi
    bete beti woh yeh kuch bohat bahut karna karta karte shukriya rahe raha kaun phir bolo chahti
    chahta poochna
    """.split()
)
_BENGALI_WORDS = frozenset(
    """
    ami amar amader apnar chele meye meyer cheler ache nai kore korche korte hobe keno bolechi
    bolechilam bolche ekhono jonno sathe kotha bolte chai tar ke koreche hoyeche
    """.split()
)


_PLAIN_ENGLISH = _ENGLISH_WORDS - _SHARED_WITH_OTHERS
PLAIN_WORDS, PLAINLY = 6, 0.35
"""A sentence of so many words, this share of them plain English, makes the message English."""
_SENTENCE_ENDS = re.compile(r"[.!?؟।\n]+")
_NAME = re.compile(r"\b[^\W\d_a-z][\w'’-]*|\S*\d\S*|[^\w\s]")
"""Words with a capital, whatever holds a digit, and signs."""


def language_of(text: str) -> str:
    """Return the ISO 639-1 code of the message's language; `en` when in doubt."""
    if any(_is_english(sentence) for sentence in _SENTENCE_ENDS.split(text)):
        return ENGLISH
    words = _words(text)
    script = _script_language(text)
    if script != ENGLISH or len(words) < SHORTEST:
        return script
    if _share(words, _PLAIN_ENGLISH) >= MARKED:
        return ENGLISH
    if _share(words, _BENGALI_WORDS) >= MARKED:
        return "bn"
    if _share(words, _URDU_WORDS) >= MARKED:
        return "ur"
    return _by_letters(text)


def _is_english(sentence: str) -> bool:
    """Whether a sentence is plainly English, whatever stands beside it: a foreign greeting, say."""
    words = _words(sentence)
    return len(words) >= PLAIN_WORDS and _share(words, _PLAIN_ENGLISH) >= PLAINLY


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]+(?:['’][^\W\d_]+)?", text.casefold())


def _script_language(text: str) -> str:
    """Tell the languages with a script of their own by the letters; everything else is English."""
    scripts = [unicodedata.name(letter, "").split(" ")[0] for letter in text if letter.isalpha()]
    for script, code in _SCRIPTS.items():
        if scripts.count(script) > len(scripts) / 2:
            return "ur" if code == "ar" and _URDU_LETTERS & set(text) else code
    return ENGLISH


def _by_letters(text: str) -> str:
    """Tell by letter statistics, of the words that are no names: "Jayden Pryce, yr 10"."""
    if len(_NAME.sub(" ", text).split()) < SHORTEST and not text.isupper():
        return ENGLISH
    values = _detector().compute_language_confidence_values(text)
    shares = {_LATIN[value.language]: value.value for value in values}
    best = max(shares, key=lambda code: shares[code])
    foreign = shares[best] >= SURE and shares[ENGLISH] <= ENGLISH_AT_MOST
    return best if foreign else ENGLISH


def _share(words: list[str], known: frozenset[str]) -> float:
    return sum(word.replace("’", "'") in known for word in words) / len(words)


@lru_cache(maxsize=1)
def _detector() -> LanguageDetector:
    """Load the trigram models only: 20 MB and 0.1 ms a message, against 270 MB for all of them."""
    return LanguageDetectorBuilder.from_languages(*_LATIN).with_low_accuracy_mode().build()


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class LanguageFinder(GraphComponent):
    """Sets the attribute `language` of a message that is being read; training ignores it."""

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> LanguageFinder:
        """Make the component; it has no configuration and learns nothing."""
        del config, model_storage, resource, execution_context
        return cls()

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Leave the training messages as they are."""
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Set `language` on every message."""
        for message in messages:
            message.set(LANGUAGE, language_of(message.get("text") or ""))
        return messages
