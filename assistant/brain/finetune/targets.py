"""What the network is to say of each message, and how wrong it was."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import torch
from torch import Tensor
from torch.nn import functional

from assistant.brain.examples import act_labels, door_labels, signal_labels

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.brain.examples import Example, Labels

KIND_WEIGHTS = {"topics": 0.4, "about": 0.7, "wanted": 0.3, "tried": 0.3, "risk": 1.5, "abuse": 1.0}
ACT_WEIGHT = 0.7


@dataclass(frozen=True)
class Targets:
    """The labels of all messages: doors and signals yes or no, the first door and the act one."""

    names: dict[str, tuple[str, ...]]
    doors: Tensor
    doors_known: Tensor
    signals: Tensor
    signals_known: Tensor
    acts: Tensor
    acts_known: Tensor
    weights: Tensor

    def loss(self, said: tuple[Tensor, ...], rows: list[int]) -> Tensor:
        """Return how wrong `said`, in the order of `names`, is about the messages `rows`."""
        doors, best, signals, acts = (each.float() for each in said)
        truth = self.doors[rows]
        return (
            _yes_or_no(doors, truth, self.doors_known[rows])
            + _one(best, truth, self.doors_known[rows])
            + _yes_or_no(signals, self.signals[rows], self.signals_known[rows], self.weights)
            + ACT_WEIGHT * _one(acts, self.acts[rows], self.acts_known[rows])
        )


def targets_of(examples: Sequence[Example]) -> Targets:
    """Return the targets of `examples`, the same labels that the kernel heads learn."""
    doors, signals, acts = door_labels(examples), signal_labels(examples), act_labels(examples)
    weights = torch.tensor([KIND_WEIGHTS[name.partition(":")[0]] for name in signals.names])
    names = {"doors": doors.names, "best": doors.names, "signals": signals.names}
    return Targets(
        {**names, "acts": acts.names},
        *_tensors(doors),
        *_tensors(signals),
        *_tensors(acts),
        weights,
    )


def _tensors(labels: Labels) -> tuple[Tensor, Tensor]:
    return torch.from_numpy(labels.values), torch.from_numpy(labels.known).float()


def _yes_or_no(said: Tensor, truth: Tensor, known: Tensor, weights: Tensor | None = None) -> Tensor:
    wrong = functional.binary_cross_entropy_with_logits(said, truth, weights, reduction="none")
    return (wrong.sum(1) * known).mean()


def _one(said: Tensor, truth: Tensor, known: Tensor) -> Tensor:
    wrong = functional.cross_entropy(said, truth.argmax(1), reduction="none")
    return (wrong * known).mean()
