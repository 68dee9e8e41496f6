"""The rivals' small Rasa projects: what their files say, and what they are taught."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from assistant.bootstrap.environments import BRAIN
from assistant.bootstrap.progress import SetupError
from assistant.casework.kinds import Channel
from assistant.evaluation.rivals import configurations
from assistant.evaluation.rivals.configurations import financial_demo, rasa_default
from assistant.evaluation.rivals.language import read_language
from assistant.evaluation.rivals.projects import (
    REPLIES,
    add_stories,
    write_ours,
    write_rival,
)
from assistant.settings import ROOT

ROWS = [
    {"text": "he lost\nhis coat ", "channel": "staff"},
    {"text": "see [this](that) and ][ - {or}: 'so' # \"no\"", "channel": "staff"},
    {"text": "- the head shouted at me 😡", "channel": "governors"},
]


def read(file: Path) -> Any:
    return YAML(typ="safe").load(file.read_text(encoding="utf-8"))


def test_the_default_is_word_for_word_what_the_installed_rasa_takes(tmp_path: Path) -> None:
    project = write_rival(rasa_default(), ROWS, tmp_path / "b")
    [installed] = BRAIN.path.glob(f"lib/*/site-packages/{configurations.INSTALLED_DEFAULT}")
    ours, theirs = read(project.folder / "config.yml"), read(installed)
    assert ours.pop("assistant_id") != theirs.pop("assistant_id")
    assert ours == theirs
    names = [each["name"] for each in ours["pipeline"] + ours["policies"]]
    assert {"DIETClassifier", "TEDPolicy"} <= set(names)


def test_the_banking_demo_has_its_components_but_neither_duckling_nor_flows() -> None:
    config = YAML(typ="safe").load(financial_demo().configuration)
    names = [each["name"] for each in config["pipeline"]]
    assert "DucklingEntityExtractor" not in names
    assert names[5:] == ["DIETClassifier", "FallbackClassifier", "SpacyNLP",
                         "SpacyEntityExtractor", "EntitySynonymMapper"]  # fmt: skip
    assert config["pipeline"][6] == {"name": "FallbackClassifier", "threshold": 0.7}
    assert (Path(config["pipeline"][7]["model"]) / "meta.json").is_file()
    assert [each["name"] for each in config["policies"]] == [
        "AugmentedMemoizationPolicy", "TEDPolicy", "RulePolicy",
    ]  # fmt: skip
    assert config["policies"][1]["epochs"] == 40


def test_only_a_shortened_rival_has_other_epochs_and_it_says_so() -> None:
    short = rasa_default().in_epochs(2)
    assert set(configurations.EPOCHS.findall(short.configuration)) == {"epochs: 2"}
    assert short.words.endswith("2 epochs only")
    assert "epochs: 100" in rasa_default().configuration


def test_a_missing_package_is_told_as_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(configurations, "INSTALLED_DEFAULT", "rasa/none.yml")
    with pytest.raises(SetupError, match=r"rasa/none\.yml is missing .* run the set-up again"):
        rasa_default()


def test_every_channel_has_an_intent_a_reply_and_a_rule(tmp_path: Path) -> None:
    folder = write_rival(rasa_default(), ROWS, tmp_path / "b").folder
    domain, rules = read(folder / "domain.yml"), read(folder / "data" / "rules.yml")["rules"]
    assert domain["intents"] == [channel.value for channel in Channel]
    for channel in Channel:
        [reply] = domain["responses"][f"utter_{channel}"]
        assert REPLIES[reply["text"]] == channel
        steps = [{"intent": channel.value}, {"action": f"utter_{channel}"}]
        assert {"rule": channel.value, "steps": steps} in rules
    fallback = [each["steps"][1] for each in rules if each["rule"] == "nlu_fallback"]
    assert fallback == [{"action": "utter_ask"}]


def test_stories_come_only_when_ted_is_to_learn(tmp_path: Path) -> None:
    project = write_rival(rasa_default(), ROWS, tmp_path / "b")
    assert not (project.folder / "data" / "stories.yml").exists()
    add_stories(project)
    stories = read(project.folder / "data" / "stories.yml")["stories"]
    assert len(stories) == 2 * len(Channel)
    assert Counter(len(each["steps"]) for each in stories) == {2: 14, 4: 14}


def test_every_message_is_one_line_under_its_channel_without_marks_of_entities(
    tmp_path: Path,
) -> None:
    folder = write_rival(rasa_default(), ROWS, tmp_path / "b").folder
    taught = {each["intent"]: each["examples"] for each in read(folder / "data" / "nlu.yml")["nlu"]}
    assert taught == {
        "staff": "- he lost his coat\n- see [this] (that) and ] [ - {or}: 'so' # \"no\"\n",
        "governors": "- - the head shouted at me 😡\n",
    }


def test_ours_is_taught_the_same_rows_beside_its_own_files(tmp_path: Path) -> None:
    folder = write_ours(ROWS, tmp_path / "ours").folder
    for name in ("config.yml", "domain.yml"):
        assert (folder / name).read_bytes() == (ROOT / name).read_bytes()
    [language] = (folder / "data" / "language").iterdir()
    lines = language.read_text(encoding="utf-8").splitlines()
    assert [json.loads(line) for line in lines] == ROWS
    assert len(list((folder / "data" / "nlu").glob("*.yml"))) > 1


def test_a_text_counts_once_and_its_fuller_row_stays(tmp_path: Path) -> None:
    bare, full = {"text": "a", "channel": "ask"}, {"text": "a", "channel": "staff", "act": "vent"}
    (tmp_path / "1.jsonl").write_text(f"{json.dumps(full)}\n", encoding="utf-8")
    (tmp_path / "2.jsonl").write_text(f"{json.dumps(bare)}\n", encoding="utf-8")
    assert read_language(folder=tmp_path) == [full]


def test_a_part_is_even_over_the_channels_and_the_same_every_time() -> None:
    everything, part = read_language(), read_language(0.1)
    whole, some = (Counter(row["channel"] for row in rows) for rows in (everything, part))
    assert all(abs(some[channel] - whole[channel] / 10) <= 1 for channel in whole)
    assert part == read_language(0.1)
    assert len({row["text"] for row in part}) == len(part)


def test_the_smallest_part_keeps_two_examples_of_every_channel() -> None:
    some = Counter(row["channel"] for row in read_language(0.000001))
    assert some == dict.fromkeys(Channel, 2)
