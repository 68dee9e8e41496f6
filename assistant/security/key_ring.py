"""The master keys that a process knows; they seal nothing but the data keys (NIST SP 800-57).

A running process looks into the key file again for a key that it does not know, so that keys can
be rotated while it serves.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from assistant.security.keys import Keys, master_id
from assistant.security.sealing import KeyGoneError, Sealer

if TYPE_CHECKING:
    from pathlib import Path


class KeyRing:
    """The present master key and those that it takes over from, by their names."""

    def __init__(self, data_dir: Path, keys: Keys) -> None:
        self._data_dir = data_dir
        self._masters: dict[str, Sealer] = {}
        self._hold(keys)

    @property
    def present(self) -> Sealer:
        """The master key that wraps new data keys where the database does not say otherwise."""
        return self._present

    def master(self, name: str) -> Sealer:
        """Return the master key of that name; raises ``KeyGoneError`` if no file has it."""
        if name not in self._masters:
            self.read_again()
        try:
            return self._masters[name]
        except KeyError as problem:
            message = f"{self._data_dir} holds no master key {name[:8]}…"
            raise KeyGoneError(message) from problem

    def masters(self) -> tuple[Sealer, ...]:
        """Return every master key that is known, the present one first."""
        return tuple(self._masters.values())

    def read_again(self) -> None:
        """Take what the key file holds now; what was known stays known to this process."""
        with suppress(FileNotFoundError):  # new keys would open nothing
            self._hold(Keys.load(self._data_dir))

    def _hold(self, keys: Keys) -> None:
        found = {master_id(key): Sealer(key, master_id(key)) for key in (keys.master, *keys.older)}
        self._present = found[master_id(keys.master)]
        self._masters = found | self._masters
