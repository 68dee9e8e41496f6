"""The secrets of one installation, in one file that only its owner can read.

Standard library only: the brain's environment and the set-up read it as well.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import secrets
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

KEYS_FILE = "keys.json"
KEY_BYTES = 32
OLDER = "older"


@dataclass(frozen=True)
class Keys:
    """32 random bytes a purpose, and the shared keys of the two loopback hops.

    ``master`` wraps the data keys that seal fields, ``tracker`` the tracker store, ``lookup`` turns
    references and tokens into what is stored of them, ``history`` chains the history. ``brain_key``
    and ``action_key`` travel in the ``X-Schoolgate-Key`` header. ``older`` are the master keys that
    ``master`` takes over from, empty unless a rotation is under way.
    """

    master: bytes = field(repr=False)
    tracker: bytes = field(repr=False)
    lookup: bytes = field(repr=False)
    history: bytes = field(repr=False)
    brain_key: str = field(repr=False)
    action_key: str = field(repr=False)
    older: tuple[bytes, ...] = field(default=(), repr=False)

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
        return cls.load(data_dir)

    @classmethod
    def load(cls, data_dir: Path | str) -> Keys:
        """Return the keys kept in ``data_dir``, where they must be; raises ``OSError`` if not.

        Raises ``ValueError`` for a damaged file, as ``load_or_create`` does.
        """
        return cls.from_json((Path(data_dir) / KEYS_FILE).read_text(encoding="utf-8"))

    @classmethod
    def from_json(cls, text: str) -> Keys:
        """Read what ``to_json`` wrote; raises ``ValueError`` when a key is missing or short."""
        try:
            stored = json.loads(text)
            decoded: dict[str, Any] = {name: _decode(name, stored[name]) for name in _names(cls)}
            older = tuple(_key_bytes("older", each) for each in stored.get(OLDER, ()))
        except (KeyError, TypeError, ValueError) as problem:
            message = f"{KEYS_FILE} is damaged; restore it from the backup of the data folder."
            raise ValueError(message) from problem
        return cls(**decoded, older=older)

    def to_json(self) -> str:
        """Return the keys as JSON; bytes become hexadecimal."""
        written: dict[str, Any] = {
            name: _encode(getattr(self, name)) for name in _names(type(self))
        }
        if self.older:
            written[OLDER] = [key.hex() for key in self.older]
        return json.dumps(written, indent=2)

    def with_next_master(self) -> Keys:
        """Return the keys with a fresh master key; goes on with a rotation that was broken off."""
        if self.older:
            return self
        return replace(self, master=secrets.token_bytes(KEY_BYTES), older=(self.master,))

    def without_older(self) -> Keys:
        """Return the keys as they are once nothing is wrapped under an older master key."""
        return replace(self, older=())

    def save(self, data_dir: Path) -> None:
        """Put these keys in the place of those in ``data_dir``, whole or not at all."""
        _replace(data_dir / KEYS_FILE, self.to_json())


def master_id(key: bytes) -> str:
    """Return the name of a master key, 32 hexadecimal digits that tell nothing of it."""
    return hashlib.sha256(b"schoolgate master key|" + key).hexdigest()[:32]


@contextmanager
def one_rotation_at_a_time(data_dir: Path) -> Iterator[None]:
    """Hold the key folder for one rotation; the lock falls with the process, however it ends.

    Raises ``BlockingIOError`` when another process holds it.
    """
    folder = os.open(data_dir, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    finally:
        os.close(folder)


def _names(cls: type[Keys]) -> list[str]:
    return [each.name for each in fields(cls) if each.name != OLDER]


def _encode(value: bytes | str) -> str:
    return value.hex() if isinstance(value, bytes) else value


def _decode(name: str, stored: str) -> bytes | str:
    return stored if name.endswith("_key") else _key_bytes(name, stored)


def _key_bytes(name: str, stored: str) -> bytes:
    key = bytes.fromhex(stored)
    if len(key) != KEY_BYTES:
        message = f"the key {name} has {len(key)} bytes and needs {KEY_BYTES}"
        raise ValueError(message)
    return key


def _create_once(path: Path, text: str) -> None:
    """Write the whole file before it gets its name, so that no racing process reads half a key."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = _draft(path, text)
    try:
        os.link(draft, path)
    except FileExistsError:
        pass  # another process was first; its keys are the keys
    finally:
        draft.unlink()


def _replace(path: Path, text: str) -> None:
    """Put a whole file in the place of the old one; on the disk before this returns."""
    _draft(path, text).replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _draft(path: Path, text: str) -> Path:
    handle, draft = tempfile.mkstemp(dir=path.parent, prefix=f"{path.name}.")  # 0600 from birth
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    return Path(draft)
