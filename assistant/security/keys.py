"""The secrets of one installation, in one file that only its owner can read.

Standard library only: the brain's environment and the set-up read it as well.
"""

from __future__ import annotations

import json
import os
import secrets
import tempfile
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any

KEYS_FILE = "keys.json"
KEY_BYTES = 32


@dataclass(frozen=True)
class Keys:
    """32 random bytes a purpose, and the shared keys of the two loopback hops.

    ``master`` seals fields, ``tracker`` the tracker store, ``lookup`` turns references and tokens
    into what is stored of them, ``history`` chains the history. ``brain_key`` and ``action_key``
    travel in the ``X-Schoolgate-Key`` header.
    """

    master: bytes = field(repr=False)
    tracker: bytes = field(repr=False)
    lookup: bytes = field(repr=False)
    history: bytes = field(repr=False)
    brain_key: str = field(repr=False)
    action_key: str = field(repr=False)

    @classmethod
    def generate(cls) -> Keys:
        """Return fresh keys from the operating system's random source."""
        return cls(
            master=secrets.token_bytes(KEY_BYTES),
            tracker=secrets.token_bytes(KEY_BYTES),
            lookup=secrets.token_bytes(KEY_BYTES),
            history=secrets.token_bytes(KEY_BYTES),
            brain_key=secrets.token_urlsafe(KEY_BYTES),
            action_key=secrets.token_urlsafe(KEY_BYTES),
        )

    @classmethod
    def load_or_create(cls, data_dir: Path | str) -> Keys:
        """Return the keys kept in ``data_dir``; the first of several processes makes them.

        Raises ``ValueError`` for a damaged file: new keys would make every sealed row unreadable.
        """
        path = Path(data_dir) / KEYS_FILE
        if not path.exists():
            _create_once(path, cls.generate().to_json())
        return cls.from_json(path.read_text(encoding="utf-8"))

    @classmethod
    def from_json(cls, text: str) -> Keys:
        """Read what ``to_json`` wrote; raises ``ValueError`` when a key is missing or short."""
        try:
            stored = json.loads(text)
            decoded: dict[str, Any] = {
                each.name: _decode(each.name, stored[each.name]) for each in fields(cls)
            }
        except (KeyError, TypeError, ValueError) as problem:
            message = f"{KEYS_FILE} is damaged; restore it from the backup of the data folder."
            raise ValueError(message) from problem
        return cls(**decoded)

    def to_json(self) -> str:
        """Return the keys as JSON; bytes become hexadecimal."""
        return json.dumps({name: _encode(value) for name, value in asdict(self).items()}, indent=2)


def _encode(value: bytes | str) -> str:
    return value.hex() if isinstance(value, bytes) else value


def _decode(name: str, stored: str) -> bytes | str:
    if name.endswith("_key"):
        return stored
    key = bytes.fromhex(stored)
    if len(key) != KEY_BYTES:
        message = f"the key {name} has {len(key)} bytes and needs {KEY_BYTES}"
        raise ValueError(message)
    return key


def _create_once(path: Path, text: str) -> None:
    """Write the whole file before it gets its name, so that no racing process reads half a key."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, draft = tempfile.mkstemp(dir=path.parent, prefix=f"{path.name}.")  # 0600 from birth
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.link(draft, path)
    except FileExistsError:
        pass  # another process was first; its keys are the keys
    finally:
        Path(draft).unlink()
