"""What the ears are fine-tuned on, and in which order."""

from __future__ import annotations

import random

from assistant.brain.examples import Example
from assistant.brain.finetune.messages import BATCH, batches, part_of, read_examples
from assistant.settings import ROOT

LENGTHS = [place % 97 for place in range(1000)]


def test_a_pass_reads_every_message_once() -> None:
    groups = batches(LENGTHS, _chance(0))
    assert sorted(place for group in groups for place in group) == list(range(len(LENGTHS)))
    assert max(map(len, groups)) == BATCH


def test_the_same_seed_gives_the_same_order() -> None:
    first, second, other = (batches(LENGTHS, _chance(seed)) for seed in (0, 0, 1))
    assert first == second != other


def test_a_hand_that_is_left_out_is_not_learned_from() -> None:
    everything, rest = read_examples(ROOT, ()), read_examples(ROOT, ("h3",))
    assert 0 < len(everything) - len(rest) < len(rest)


def test_the_trainers_examples_teach_the_act_alone() -> None:
    taught = [each for each in read_examples(ROOT, ()) if each.signals is None]
    assert ("yes please", "affirm") in {(each.text, each.act) for each in taught}


def _chance(seed: int) -> random.Random:
    return random.Random(seed)  # noqa: S311  # an order to learn in is no secret


def test_a_part_of_the_messages_is_drawn_alike_every_time() -> None:
    messages = [Example(str(number)) for number in range(100)]
    assert part_of(messages, 0.25) == part_of(messages, 0.25)
    assert len({example.text for example in part_of(messages, 0.25)}) == 25
    assert part_of(messages, 1.0) == messages
