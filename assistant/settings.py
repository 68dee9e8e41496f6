"""Every setting of Schoolgate in one typed table, read from `SCHOOLGATE_*` variables.

Standard library only: the web process, the action server, the brain and the set-up all read it,
in different environments. A bad value stops the start with a sentence that says what to mend.
"""

from __future__ import annotations

import difflib
import os
from dataclasses import dataclass, field, fields
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

PREFIX = "SCHOOLGATE_"
ROOT = Path(__file__).resolve().parents[1]
HOME = ROOT / ".schoolgate"
LOG_LEVELS = ("debug", "info", "warning", "error")


class SettingsError(ValueError):
    """A setting cannot be used; the message is a sentence for the person who set it."""


def _setting(default: str, read: Callable[[str], object], doc: str) -> Any:  # noqa: ANN401 - a field of any type
    """Declare one row of the table; `{data}`, `{host}` and `{port}` in a default are filled in."""
    return field(metadata={"default": default, "read": read, "doc": doc})


def _secret(default: str, read: Callable[[str], object], doc: str) -> Any:  # noqa: ANN401 - a field of any type
    """Declare a row that is left out when the settings are shown."""
    return field(repr=False, metadata={"default": default, "read": read, "doc": doc})


def _text(raw: str) -> str:
    return raw.strip()


def _folder(raw: str) -> Path:
    return Path(raw).expanduser().absolute()


def _whole_number(lowest: int, highest: int) -> Callable[[str], int]:
    def read(raw: str) -> int:
        number = int(raw) if raw.strip().isascii() and raw.strip().isdecimal() else lowest - 1
        if not lowest <= number <= highest:
            message = f"it must be a whole number from {lowest} to {highest}"
            raise SettingsError(message)
        return number

    return read


def _moment(raw: str) -> datetime | None:
    """Read an ISO date and time; one without an offset is wall time in Europe/London."""
    if not raw.strip():
        return None
    try:
        moment = datetime.fromisoformat(raw.strip())
        return moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo("Europe/London"))
    except ZoneInfoNotFoundError as error:
        message = "this machine has no time zone data: install tzdata, or give an offset as +00:00"
        raise SettingsError(message) from error
    except ValueError as error:
        message = "it must be a date and time such as 2026-11-24T10:15"
        raise SettingsError(message) from error


def _web_address(raw: str) -> str:
    address = raw.strip().rstrip("/")
    parts = urlsplit(address)
    if parts.scheme not in {"http", "https"} or not parts.netloc:
        message = "it must be a web address such as https://chat.school.example"
        raise SettingsError(message)
    return address


def _web_addresses(raw: str) -> tuple[str, ...]:
    return tuple(_web_address(part) for part in raw.split(",") if part.strip())


def _issuer(raw: str) -> str:
    """Read the address of an issuer as it is spelled; only a trial on this machine is by http."""
    parts = urlsplit(raw.strip())
    at_home = parts.hostname in {"127.0.0.1", "::1", "localhost"}
    if raw.strip() and (not parts.hostname or parts.username or parts.query or parts.fragment):
        message = "it must be a web address such as https://accounts.google.com"
        raise SettingsError(message)
    if raw.strip() and parts.scheme != "https" and not (parts.scheme == "http" and at_home):
        message = "it must begin with https://"
        raise SettingsError(message)
    return raw.strip().rstrip("/")


def _log_level(raw: str) -> str:
    if raw.strip().lower() not in LOG_LEVELS:
        message = f"it must be one of {', '.join(LOG_LEVELS)}"
        raise SettingsError(message)
    return raw.strip().lower()


@dataclass(frozen=True)
class Settings:
    """The settings of one running Schoolgate; make one with `Settings.load`."""

    data: Path = _setting(
        str(HOME / "data"), _folder, "The folder of databases, keys, logs and the mail outbox file."
    )
    school: str = _setting(
        "primary", _text, "A demonstration school (primary or secondary) or the path of a TOML."
    )
    host: str = _setting("127.0.0.1", _text, "The address the public web process listens on.")
    port: int = _setting("8080", _whole_number(1, 65535), "The port of the public web process.")
    brain_port: int = _setting(
        "5105", _whole_number(1, 65535), "The loopback port of the brain (Rasa)."
    )
    actions_port: int = _setting(
        "5155", _whole_number(1, 65535), "The loopback port of the action server."
    )
    database_url: str = _setting(
        "sqlite:///{data}/cases.db", _text, "The database of cases, meetings and conversations."
    )
    alerts_database_url: str = _setting(
        "sqlite:///{data}/alerts.db", _text, "The database of safeguarding alerts, kept apart."
    )
    tracker_database_url: str = _setting(
        "sqlite:///{data}/tracker.db", _text, "The database of the brain's sealed trackers."
    )
    model: Path = _setting(
        str(ROOT / "models" / "current"), _folder, "The trained model that the brain loads."
    )
    languages: Path = _setting(
        "{data}/languages",
        _folder,
        "A folder of further translations of the chat page, such as pl.po.",
    )
    front: Path = _setting(
        str(HOME / "front" / "node_modules"), _folder, "The folder of the front-end packages."
    )
    now: datetime | None = _setting(
        "", _moment, "A fixed clock for demonstrations and tests; empty is the real clock."
    )
    public_url: str = _setting(
        "http://{host}:{port}",
        _web_address,
        "The address that parents see; https makes cookies safe.",
    )
    embed_origins: tuple[str, ...] = _setting(
        "", _web_addresses, "The school sites that may embed the chat, separated by commas."
    )
    smtp_url: str = _setting(
        "", _text, "The mail server, smtp://user:password@host:port; empty writes outbox.log."
    )
    mail_from: str = _setting(
        "schoolgate@school.invalid", _text, "The sender's address of every e-mail."
    )
    brain_timeout_seconds: int = _setting(
        "8", _whole_number(1, 120), "How long a parent's turn waits for the brain, in seconds."
    )
    hold_minutes: int = _setting(
        "10", _whole_number(1, 120), "How long a chosen meeting time is held, in minutes."
    )
    reminder_hours: int = _setting(
        "24", _whole_number(0, 336), "How long before a meeting people are reminded; 0 is never."
    )
    waiting_offer_hours: int = _setting(
        "24", _whole_number(1, 168), "How long an earlier time is kept for who waits, in hours."
    )
    proposal_hours: int = _setting(
        "72", _whole_number(1, 336), "How long a time that staff propose is kept, in hours."
    )
    draft_hours: int = _setting(
        "24", _whole_number(1, 720), "How long an untouched draft of a booking is kept, in hours."
    )
    link_days: int = _setting(
        "30", _whole_number(1, 730), "How long after a meeting its secret link opens, in days."
    )
    session_idle_minutes: int = _setting(
        "30", _whole_number(1, 720), "When an idle desk session ends, in minutes."
    )
    session_hours: int = _setting(
        "12", _whole_number(1, 24), "When a desk session ends however busy it is, in hours."
    )
    oidc_issuer: str = _setting(
        "", _issuer, "Whose accounts open the desk, such as https://accounts.google.com."
    )
    oidc_client_id: str = _setting("", _text, "What that issuer calls this desk.")
    oidc_client_secret: str = _secret("", _text, "The secret that it gave this desk.")
    oidc_name: str = _setting(
        "your school account", _text, "What the sign-in page calls such an account."
    )
    alert_repeat_minutes: int = _setting(
        "15", _whole_number(1, 1440), "How often an unacknowledged alert repeats, in minutes."
    )
    redis_url: str = _setting(
        "", _text, "Redis for locks and rate limits when several processes share the work."
    )
    filings_an_hour: int = _setting(
        "200",
        _whole_number(1, 1_000_000),
        "How much parents send to the school in an hour before every browser has to do a sum.",
    )
    log_level: str = _setting("info", _log_level, "The least serious event that is logged.")

    @classmethod
    def load(cls, environ: Mapping[str, str] = os.environ) -> Settings:
        """Read every setting; raise `SettingsError` naming the variable that must be mended."""
        _refuse_unknown_names(environ)
        values: dict[str, Any] = {}
        for row in fields(cls):
            raw = environ.get(variable(row.name), "").strip()
            raw = raw or row.metadata["default"].format(**values)
            values[row.name] = _read(row.name, raw, row.metadata["read"])
        return cls(**values)

    @property
    def secure_cookies(self) -> bool:
        """Whether cookies carry the Secure flag: only where the public address is https."""
        return self.public_url.startswith("https://")

    def as_environment(self) -> dict[str, str]:
        """Return the variables that make a child process read these same settings."""
        return {variable(row.name): _write(getattr(self, row.name)) for row in fields(self)}


def variable(name: str) -> str:
    """Return the environment variable of the setting `name`."""
    return PREFIX + name.upper()


def _read(name: str, raw: str, read: Callable[[str], object]) -> object:
    try:
        return read(raw)
    except SettingsError as error:
        message = f"{variable(name)} is {raw!r}: {error}."
        raise SettingsError(message) from error


def _write(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, tuple):
        return ",".join(value)
    return "" if value is None else str(value)


def _refuse_unknown_names(environ: Mapping[str, str]) -> None:
    known = [variable(row.name) for row in fields(Settings)]
    for name in sorted(environ):
        if name.startswith(PREFIX) and name not in known:
            near = difflib.get_close_matches(name, known, n=1)
            hint = f"Did you mean {near[0]}?" if near else "Remove it."
            message = f"{name} is not a setting of Schoolgate. {hint}"
            raise SettingsError(message)
