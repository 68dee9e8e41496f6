"""The network as one ONNX file with int8 weights, the names of its labels inside."""

from __future__ import annotations

import hashlib
import json
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import onnx
import onnxruntime
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic

from assistant.brain.finetune.network import padded, published

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from assistant.brain.finetune.network import Network

INPUTS = ("input_ids", "attention_mask")
LARGEST = 30_000_000  # bytes
OPERATORS = 18
CHECKED = 200  # messages that int8 and float both read


def export(network: Network, names: Mapping[str, Sequence[str]], folder: Path) -> Path:
    """Write `ears-<first of its SHA-256>.onnx` to `folder`; raises `ValueError` when too large."""
    with tempfile.TemporaryDirectory() as place:
        exact, small = Path(place, "exact.onnx"), Path(place, "small.onnx")
        _write(network, list(names), exact)
        quantize_dynamic(exact, small, weight_type=QuantType.QInt8, per_channel=True)
        model = onnx.load(small)
        onnx.helper.set_model_props(model, {key: json.dumps(each) for key, each in names.items()})
        content = model.SerializeToString(deterministic=True)
    if len(content) > LARGEST:
        message = f"The ears have {len(content):,} bytes; at most {LARGEST:,} are kept."
        raise ValueError(message)
    target = folder / f"ears-{hashlib.sha256(content).hexdigest()[:12]}.onnx"
    target.write_bytes(content)
    return target


def _write(network: Network, outputs: list[str], path: Path) -> None:
    tokens = torch.ones(2, 8, dtype=torch.long)
    free = {0: "messages", 1: "pieces"}
    torch.onnx.export(
        network,
        (tokens, tokens),
        str(path),
        input_names=list(INPUTS),
        output_names=outputs,
        dynamic_axes={**dict.fromkeys(INPUTS, free), **{each: {0: "messages"} for each in outputs}},
        opset_version=OPERATORS,
        dynamo=False,
    )


def disagreement(network: Network, path: Path, texts: Sequence[str]) -> dict[str, str]:
    """Tell for each group how near the file's probabilities are to the network's own."""
    _, tokenizer = published()
    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    pairs = [
        _both(network, session, tokenizer.encode(text).ids)
        for text in texts[:: max(1, len(texts) // CHECKED)]
    ]
    told = {}
    for place, output in enumerate(session.get_outputs()):
        exact, small = (np.concatenate([pair[side][place] for pair in pairs]) for side in (0, 1))
        told[output.name] = _nearness(exact, small)
    return told


def _both(
    network: Network, session: onnxruntime.InferenceSession, ids: list[int]
) -> tuple[list[NDArray[np.float32]], list[NDArray[np.float32]]]:
    tokens, mask = padded([ids])
    with torch.no_grad():
        exact = [each.numpy() for each in network(tokens, mask)]
    feeds = dict(zip(INPUTS, (tokens.numpy(), mask.numpy()), strict=True))
    return exact, session.run(None, feeds)


def _nearness(exact: NDArray[np.float32], small: NDArray[np.float32]) -> str:
    lengths = np.linalg.norm(exact, axis=1) * np.linalg.norm(small, axis=1)
    cosines = (exact * small).sum(axis=1) / lengths
    apart = np.abs(1 / (1 + np.exp(-exact)) - 1 / (1 + np.exp(-small)))
    return (
        f"cosine at least {cosines.min():.4f}, apart {apart.mean():.4f}, at most {apart.max():.3f}"
    )
