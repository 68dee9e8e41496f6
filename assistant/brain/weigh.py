"""`python -m assistant.brain.weigh EARS HAND...`: how much each of the two readers should count.

EARS were fine-tuned without these hands (`python -m assistant.brain.finetune --without HAND...`),
the kernel heads learn without them here, and every mixture reads the same held-out messages. Prints
the table from which the weights in `average.py` were chosen, then, for those weights, how well the
doors are calibrated and the curves from which the thresholds in `arbitrate.py` were chosen.
"""

from __future__ import annotations

import argparse
import hashlib
from pathlib import Path

import numpy as np

from assistant.brain.arbitrate import any_risk
from assistant.brain.average import WEIGHTS, Weights, blend
from assistant.brain.ears import Ears
from assistant.brain.examples import example_of
from assistant.brain.heard import Heard
from assistant.brain.language_data import FOLDER, Row, read_folder
from assistant.brain.measure import Pairs, curve, print_curves, print_final, rates
from assistant.brain.reader import Reader

SHARES = (0.0, 0.3, 0.4, 0.5, 0.6, 0.7, 1.0)
BANDS = 10


def main() -> None:
    """Print the tables; takes about two minutes."""
    parser = argparse.ArgumentParser(prog="python -m assistant.brain.weigh")
    parser.add_argument("ears", type=Path)
    parser.add_argument("hands", nargs="+")
    options = parser.parse_args()
    rows = read_folder(FOLDER)
    held = [row for row in rows if row.hand in options.hands]
    rest = [row for row in rows if row.hand not in options.hands]
    kernel, ears = _both(rest, held, options.ears)
    print(f"{len(rest)} messages learned from, {len(held)} held out")
    print("ears    accepted  first two  harmful    act    any risk found at false alarms")
    for share in SHARES:
        print(_line(share, _mixed(held, kernel, ears, Weights(share, share, share))))
    chosen = _mixed(held, kernel, ears, WEIGHTS)
    print(f"\nWith {WEIGHTS}:")
    print_calibration(chosen)
    print_curves(chosen)
    print_final(chosen)


def _both(rest: list[Row], held: list[Row], path: Path) -> tuple[list[Heard], list[Heard]]:
    texts = [row.text for row in held]
    kernel = Reader.learn([example_of(row) for row in rest])
    ears = Ears(path, hashlib.sha256(path.read_bytes()).hexdigest())
    return kernel.hear_all(texts), ears.hear_all(texts)


def _mixed(held: list[Row], kernel: list[Heard], ears: list[Heard], weights: Weights) -> Pairs:
    heard = [blend(*pair, weights) for pair in zip(kernel, ears, strict=True)]
    return list(zip(held, heard, strict=True))


def _line(share: float, pairs: Pairs) -> str:
    accepted, two, harmful, act = (f"{rate:.1%}" for rate in rates(pairs))
    risk = curve(pairs, lambda signals: signals["risk"] != "none", any_risk)
    return f"{share:4.0%}{accepted:>12}{two:>11}{harmful:>9}{act:>7}   {risk}"


def print_calibration(pairs: Pairs) -> None:
    """Print, for each tenth of probability, how often a door heard so is accepted."""
    said = np.array([list(heard.reading.doors.values()) for _, heard in pairs])
    true = np.array(
        [[door in {row.channel, *row.also} for door in heard.reading.doors] for row, heard in pairs]
    )
    band = np.minimum((said * BANDS).astype(int), BANDS - 1)
    for place in range(BANDS):
        here = band == place
        print(f"  doors heard at {said[here].mean():4.0%}: {true[here].mean():4.0%} right")


if __name__ == "__main__":
    main()
