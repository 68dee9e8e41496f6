"""`python -m assistant.brain.finetune`: fine-tunes MiniLM on all labels and writes the ears.

It runs in an environment of its own, which nothing else needs:

    python3.11 -m venv .schoolgate/envs/finetune
    .schoolgate/envs/finetune/bin/pip install --require-hashes \
        -r assistant/bootstrap/requirements/finetune.txt
    .schoolgate/envs/finetune/bin/python -m assistant.brain.finetune

Then the SHA-256 it prints goes into `assistant/brain/ears.py`. To choose the weights of the two
readers anew, leave some hands out with `--without h3 h8`, and give the file and the hands to
`python -m assistant.brain.weigh` in the brain's environment (see the decisions).
"""

from __future__ import annotations

import argparse
import hashlib
from pathlib import Path

from assistant.brain.finetune.export import disagreement, export
from assistant.brain.finetune.learning import learn
from assistant.brain.finetune.messages import part_of, read_examples
from assistant.settings import ROOT

PASSES = 4


def main() -> None:
    """Learn, write, and tell how far int8 departs from the network's own numbers."""
    options = _options()
    examples = part_of(read_examples(ROOT, options.without), options.part)
    print(f"{len(examples)} messages, {options.passes} passes", flush=True)
    network, targets = learn(examples, options.passes)
    path = export(network, targets.names, options.to)
    content = path.read_bytes()
    print(f"{path}: {len(content):,} bytes, SHA-256 {hashlib.sha256(content).hexdigest()}")
    texts = [example.text for example in examples]
    for group, told in disagreement(network, path, texts).items():
        print(f"  {group:8} int8 against float: {told}")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m assistant.brain.finetune")
    parser.add_argument("--without", nargs="*", default=[], help="hands that are not learned from")
    parser.add_argument("--part", type=float, default=1.0, help="share of the messages, by chance")
    parser.add_argument("--passes", type=int, default=PASSES, help="passes over all messages")
    parser.add_argument("--to", type=Path, default=ROOT / "models", help="folder of the result")
    return parser.parse_args()


if __name__ == "__main__":
    main()
