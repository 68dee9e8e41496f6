"""A trainer's mistake is told with its file, its line and what to do, and never as a traceback."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.brain.training_data import find_problems
from tests.brain.conftest import write_project

RULES = "data/rules/more.yml"
STORIES = "data/stories/more.yml"
NLU = "data/nlu/more.yml"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    write_project(tmp_path)
    (tmp_path / "data/stories").mkdir()
    return tmp_path


def write(project: Path, name: str, text: str) -> None:
    (project / name).write_text(text, encoding="utf-8")


def rule(*steps: str) -> str:
    lines = "".join(f"      - {step}\n" for step in steps)
    return f'version: "3.1"\nrules:\n  - rule: another\n    steps:\n{lines}'


def story(*steps: str, name: str = "a tale") -> str:
    lines = "".join(f"      - {step}\n" for step in steps)
    return f"  - story: {name}\n    steps:\n{lines}"


def stories(*each: str) -> str:
    return 'version: "3.1"\nstories:\n' + "".join(each)


def nlu(intent: str, *lines: str) -> str:
    examples = "".join(f"      {line}\n" for line in lines)
    return f'version: "3.1"\nnlu:\n  - intent: {intent}\n    examples: |\n{examples}'


def the_problem(project: Path) -> str:
    (problem,) = find_problems(project)
    assert "Rasa" not in problem
    assert str(project) not in problem
    return problem


def test_a_good_project_has_no_problems(project: Path) -> None:
    write(project, STORIES, stories(story("intent: vent", "action: utter_heard")))
    assert find_problems(project) == []


def test_yaml_that_cannot_be_read_is_told_by_its_line(project: Path) -> None:
    write(project, NLU, 'version: "3.1"\nnlu:\n  - intent: greet\n   examples: |\n      - hello\n')
    assert the_problem(project).startswith(f"{NLU}, line 4: the file cannot be read from here on.")


def test_a_tab_is_told_by_its_line(project: Path) -> None:
    write(project, NLU, 'version: "3.1"\nnlu:\n  - intent: greet\n\texamples: |\n')
    expected = f"{NLU}, line 4: there is a tab. Begin the line with spaces instead."
    assert the_problem(project) == expected


def test_a_name_that_stands_twice_is_told_by_both_lines(project: Path) -> None:
    domain = (project / "domain.yml").read_text()
    twice = domain.replace("responses:\n", "responses:\n  utter_heard: [{text: Oh.}]\n")
    write(project, "domain.yml", twice)
    problem = the_problem(project)
    assert problem.startswith("domain.yml, line 15: 'utter_heard' stands here a second time")
    assert "the first is in line 10" in problem


def test_a_file_in_another_encoding_is_told(project: Path) -> None:
    (project / NLU).write_bytes('version: "3.1"\n# café'.encode("latin-1"))
    assert the_problem(project).startswith(f"{NLU} is not saved as UTF-8 text.")


def test_an_intent_with_examples_that_the_domain_lacks_is_told(project: Path) -> None:
    write(project, NLU, nlu("gret", "- hey you"))
    assert the_problem(project) == (
        f"{NLU}, line 3: the intent gret has examples and is not in domain.yml. Did you mean "
        "greet? Add it there under `intents`, or mend its name here."
    )


@pytest.mark.parametrize(
    ("steps", "line", "what"),
    [
        (("intent: inform", "action: utter_heart"), 6,
         "the reply utter_heart is not in domain.yml. Did you mean utter_heard?"),
        (("intent: informs", "action: utter_heard"), 5,
         "the intent informs is not in domain.yml. Did you mean inform?"),
        (("intent: inform", "action: action_that_is_not_here"), 6,
         "the action action_that_is_not_here is not in domain.yml. Did you mean action_that_"),
        (("slot_was_set: [{colour: red}]", "intent: inform", "action: utter_heard"), 5,
         "the slot colour is not in domain.yml. Add it there under `slots`"),
        (("intent: inform", "action: utter_heard", "active_loop: some_form"), 7,
         "the form some_form is not in domain.yml. Add it there under `forms`"),
    ],
)  # fmt: skip
def test_a_name_in_a_rule_that_the_domain_lacks_is_told(
    project: Path, steps: tuple[str, ...], line: int, what: str
) -> None:
    write(project, RULES, rule(*steps))
    assert the_problem(project).startswith(f"{RULES}, line {line}: {what}")


def test_names_among_several_intents_are_looked_at_too(project: Path) -> None:
    write(project, RULES, rule("or: [{intent: inform}, {intent: informs}]", "action: utter_heard"))
    assert "the intent informs is not in domain.yml" in the_problem(project)


@pytest.mark.parametrize("examples", ["", "    examples: |\n", "    examples: |\n      -\n"])
def test_an_intent_without_examples_is_told(project: Path, examples: str) -> None:
    write(project, NLU, f'version: "3.1"\nnlu:\n  - intent: book\n{examples}')
    assert the_problem(project).startswith(f"{NLU}, line 3: the intent book has no examples.")


def test_an_example_without_its_dash_is_told(project: Path) -> None:
    write(project, NLU, nlu("book", "- a meeting please", "can i see someone"))
    expected = f"{NLU}, line 6: this example does not begin with `- `. Put that before it."
    assert the_problem(project) == expected


def test_an_example_under_two_intents_is_told_with_both_places(project: Path) -> None:
    write(
        project, NLU, nlu("book", "- a meeting please") + nlu("status", "- A meeting  please")[20:]
    )
    problem = the_problem(project)
    assert problem.startswith(f"{NLU}, line 8: 'A meeting please' is an example of status here")
    assert f"and of book in {NLU}, line 5." in problem


def test_a_reply_that_says_nothing_is_told(project: Path) -> None:
    domain = (project / "domain.yml").read_text()
    write(project, "domain.yml", domain.replace("responses:\n", "responses:\n  utter_new: []\n"))
    assert the_problem(project).startswith("domain.yml, line 10: the reply utter_new says nothing.")


def test_a_slot_that_a_form_asks_for_and_nobody_declared_is_told(project: Path) -> None:
    domain = (project / "domain.yml").read_text()
    write(project, "domain.yml", f"{domain}forms:\n  some_form:\n    required_slots: [age]\n")
    problem = the_problem(project)
    assert "the form some_form asks for the slot age, which is not in domain.yml" in problem
    assert problem.startswith("domain.yml, line 19: ")


def test_a_story_against_a_rule_is_told_with_both_places(project: Path) -> None:
    write(project, STORIES, stories(story("intent: greet", "action: utter_heard")))
    assert the_problem(project) == (
        f"{STORIES}, line 3: the story 'a tale' goes on with utter_heard where 'greet' "
        "(data/rules/all.yml, line 4) goes on with utter_greet. Let both do the same, or take the "
        "step out of one of them."
    )


def test_two_rules_for_one_intent_are_told(project: Path) -> None:
    write(project, RULES, rule("intent: greet", "action: utter_heard"))
    problem = the_problem(project)
    assert "'another'" in problem
    assert f"{RULES}, line 3" in problem


def test_two_stories_that_part_are_told(project: Path) -> None:
    one = story("intent: inform", "action: utter_heard")
    other = story("intent: inform", "action: utter_greet", name="another tale")
    write(project, STORIES, stories(one, other))
    problem = the_problem(project)
    assert problem.startswith("Stories go on in two ways from the same point:")
    assert f"'a tale' ({STORIES}, line 3)" in problem
    assert f"'another tale' ({STORIES}, line 7)" in problem


def test_a_rule_of_two_messages_is_told(project: Path) -> None:
    steps = ("intent: inform", "action: utter_heard", "intent: status", "action: utter_greet")
    write(project, RULES, rule(*steps))
    assert the_problem(project).startswith(
        f"{RULES}, line 3: the rule 'another' holds more than one message of a parent."
    )


def test_a_wrong_label_is_told_with_its_file_and_line(project: Path) -> None:
    write(project, "data/language/wrong.jsonl", '\n{"text": "x", "channel": "nowhere"}\n')
    problem = the_problem(project)
    assert problem.startswith("data/language/wrong.jsonl, line 2: channel is 'nowhere'; it must be")


@pytest.mark.parametrize("line", ["[1]", '"words"', "7", '{"text": "x", "channel": 3}'])
def test_a_line_of_the_wrong_kind_is_told(project: Path, line: str) -> None:
    write(project, "data/language/wrong.jsonl", f"{line}\n")
    assert "data/language" in the_problem(project)


@pytest.mark.parametrize("name", ["risk.toml", "languages.toml"])
def test_a_broken_lexicon_is_told(project: Path, name: str) -> None:
    (project / "data/lexicon").mkdir()
    write(project, f"data/lexicon/{name}", "[[sign]\n")
    problem = the_problem(project)
    assert problem.startswith(f"data/lexicon/{name}: ")
    assert "line 1" in problem


def test_several_mistakes_are_told_at_once(project: Path) -> None:
    write(project, RULES, rule("intent: informs", "action: utter_heart"))
    assert len(find_problems(project)) == 2
