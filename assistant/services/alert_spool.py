"""Alerts on their way into the database: sealed files, one an alert, that outlive any crash.

A file is written and on the disk before the database is asked, and goes once the database has the
alert: whatever dies in between, the alert is in at least one of the two. A key is one file and one
alert, so that being in both is no harm.
"""

from __future__ import annotations

import json
import os
import tempfile
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import structlog
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from assistant.casework.kinds import AlertKind
from assistant.security.keys import KEY_BYTES, master_id
from assistant.security.sealing import Sealer
from assistant.services.shapes import Contact
from assistant.services.turns import stored_key

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assistant.services.desk import Desk

FOLDER, SEALED = "alert-spool", ".sealed"

log = structlog.get_logger()


@dataclass(frozen=True)
class Told:
    """An alert as it was told; ``key`` is the digest of its idempotency key, ``raised_at`` aware.

    ``subjects`` are the ids of the members of staff whom it is about, ``passed_over`` of those who
    are told only if nobody else can be.
    """

    id: str
    key: str
    conversation_id: str | None
    kind: AlertKind
    words: str
    contact: Contact | None
    subjects: frozenset[str]
    raised_at: datetime
    passed_over: frozenset[str] = frozenset()


def spool(desk: Desk, told: Told) -> bool:
    """Keep the alert on the disk; tell whether it is there. The first of one key stays."""
    folder = folder_of(desk)
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _write_once(folder / f"{told.key}{SEALED}", _sealed(desk, told))
    except OSError as problem:
        log.error("alert_not_spooled", alert=told.id, error=type(problem).__name__)  # noqa: TRY400 - a traceback shows words
        return False
    return True


def unspool(desk: Desk, key: str) -> None:
    """Take the alert's file away, now that the database has it."""
    with suppress(OSError):  # it is told again and found to be stored
        (folder_of(desk) / f"{key}{SEALED}").unlink(missing_ok=True)


def spooled(desk: Desk) -> Iterator[Told]:
    """Return every alert that waits for the database; a file that cannot be read stays."""
    for path in sorted(folder_of(desk).glob(f"*{SEALED}")):
        try:
            yield _unsealed(desk, path)
        except FileNotFoundError:
            continue  # another process was quicker
        except Exception as problem:  # noqa: BLE001 - one damaged file must not hold up the others
            log.error("spool_unreadable", file=path.name, error=type(problem).__name__)  # noqa: TRY400 - a traceback shows words


def held_kind(desk: Desk, idempotency_key: str) -> AlertKind | None:
    """Return the kind of the alert under this key while it waits for the database, else None."""
    path = folder_of(desk) / f"{stored_key(idempotency_key)}{SEALED}"
    try:
        return _unsealed(desk, path).kind
    except FileNotFoundError:
        return None


def folder_of(desk: Desk) -> Path:
    """Return where the files are."""
    return desk.settings.data / FOLDER


def _sealed(desk: Desk, told: Told) -> bytes:
    plain = asdict(replace(told, subjects=frozenset(), passed_over=frozenset())) | {
        "subjects": sorted(told.subjects),
        "passed_over": sorted(told.passed_over),
        "kind": told.kind.value,
        "raised_at": told.raised_at.isoformat(),
    }
    return _sealer(desk).seal(json.dumps(plain), **_place(told.key))


def _unsealed(desk: Desk, path: Path) -> Told:
    place = _place(path.name.removesuffix(SEALED))
    plain: dict[str, Any] = json.loads(_sealer(desk).unseal(path.read_bytes(), **place))
    contact = plain["contact"]
    read = {
        "kind": AlertKind(plain["kind"]),
        "contact": Contact(**contact) if contact else None,
        "subjects": frozenset(plain["subjects"]),
        "passed_over": frozenset(plain.get("passed_over", ())),
        "raised_at": datetime.fromisoformat(plain["raised_at"]),
    }
    return Told(**(plain | read))


def _sealer(desk: Desk) -> Sealer:
    """Derive a key of its own (HKDF, RFC 5869): no rotation of the master key takes it away."""
    derive = HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=FOLDER.encode())
    key = derive.derive(desk.keys.history)
    return Sealer(key, master_id(key))


def _place(key: str) -> dict[str, str]:
    return {"table": "alert_spool", "column": "told", "row_id": key}


def _write_once(path: Path, data: bytes) -> None:
    """Give the file its name only when all of it is on the disk, and the name is there too."""
    handle, draft = tempfile.mkstemp(dir=path.parent, prefix="draft-")  # 0600 from birth
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):
            os.link(draft, path)
    finally:
        Path(draft).unlink()
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
