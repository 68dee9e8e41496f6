"""Style sheets, scripts and the icon: an allow-list, under addresses that change with content."""

from __future__ import annotations

import gzip
import hashlib
import mimetypes
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sanic import Blueprint, HTTPResponse, Request
from sanic.exceptions import NotFound
from sanic.response import raw

from assistant.casework import colours

if TYPE_CHECKING:
    from assistant.casework.logo import Logo
    from assistant.casework.school import School

STATIC = Path(__file__).parent / "static"
FRONT_FILES = {
    "govuk.css": "govuk-frontend/dist/govuk/govuk-frontend.min.css",
    "govuk.js": "govuk-frontend/dist/govuk/govuk-frontend.min.js",
    "moj.css": "@ministryofjustice/frontend/moj/moj-frontend.min.css",
    "htmx.js": "htmx.org/dist/htmx.min.js",
    "altcha-pbkdf2.js": "altcha/dist/workers/pbkdf2.js",
}
"""The only files of the front-end packages that are ever served, by the name pages use."""
TYPEFACE = re.compile(rb"@font-face\s*\{[^}]*\}")
"""GDS Transport is licensed for the government's own sites only, so it is not even mentioned."""
ONE_YEAR = 31_536_000

blueprint = Blueprint("assets")


class AssetsMissingError(RuntimeError):
    """The front-end packages are not installed; the message says which command installs them."""


@dataclass(frozen=True)
class Asset:
    """One file as it is served: the bytes, gzipped bytes, type, and a digest of its content."""

    name: str
    body: bytes
    zipped: bytes
    content_type: str
    digest: str

    @property
    def address(self) -> str:
        """The path pages link to; a new content gets a new path."""
        return f"/assets/{self.digest}/{self.name}"


class Assets:
    """Everything that may be served under `/assets/`, read once at start."""

    def __init__(self, front: Path, school: School, logo: Logo | None = None) -> None:
        """Read the allow-list below `front`; raise `AssetsMissingError` if a file is missing."""
        files = {name: _read(front / path) for name, path in FRONT_FILES.items()}
        files["govuk.css"] = TYPEFACE.sub(b"", files["govuk.css"])
        files |= {path.name: path.read_bytes() for path in STATIC.iterdir() if path.is_file()}
        files["school.css"] = school_style(school.colour).encode()
        files["icon.svg"] = school_icon(school.colour, school.short_name).encode()
        if logo:
            files[logo.name] = logo.content
        self._assets = {name: _asset(name, body) for name, body in files.items()}

    def address(self, name: str) -> str:
        """Return the address of the file called `name`; a KeyError is a mistake in a template."""
        return self._assets[name].address

    def find(self, name: str) -> Asset | None:
        """Return the file called `name`, None when it is not on the allow-list."""
        return self._assets.get(name)


def school_style(colour: str) -> str:
    """Return the style sheet of the school's colour, for light and for dark."""
    light = colours.readable_on(colour, colours.WHITE)
    dark = colours.readable_on(colour, colours.NIGHT)
    return (
        f":root{{--school-colour:{colour};--school-ink:{colours.ink_on(colour)};"
        f"--school-accent:{light};--school-accent-ink:{colours.ink_on(light)}}}\n"
        f"@media (prefers-color-scheme:dark){{:root{{--school-accent:{dark};"
        f"--school-accent-ink:{colours.ink_on(dark)}}}}}\n"
    )


def school_icon(colour: str, name: str) -> str:
    """Return the tab's icon: the school's initial on its colour."""
    letter = next((letter for letter in name if letter.isalpha()), "S").upper()
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">'
        f'<rect width="32" height="32" fill="{colour}"/><text x="16" y="24" font-size="24" '
        f'font-family="sans-serif" font-weight="bold" text-anchor="middle" '
        f'fill="{colours.ink_on(colour)}">{letter}</text></svg>'
    )


@blueprint.get("/assets/<digest:str>/<name:str>", name="file")
async def show_file(request: Request, digest: str, name: str) -> HTTPResponse:
    """Send one file; kept for a year, unless a page of another version asked for it."""
    asset: Asset | None = request.app.ctx.assets.find(name)
    if asset is None:
        message = "No such file"
        raise NotFound(message)
    kept = f"public, max-age={ONE_YEAR}, immutable" if digest == asset.digest else "no-cache"
    headers = {"Cache-Control": kept, "Vary": "Accept-Encoding"}
    if "gzip" in request.headers.get("accept-encoding", ""):
        headers["Content-Encoding"] = "gzip"
        return raw(asset.zipped, headers=headers, content_type=asset.content_type)
    return raw(asset.body, headers=headers, content_type=asset.content_type)


def _asset(name: str, body: bytes) -> Asset:
    content_type = mimetypes.guess_type(name)[0] or "application/octet-stream"
    if content_type.startswith("text/"):
        content_type += "; charset=utf-8"
    digest = hashlib.sha256(body).hexdigest()[:16]
    return Asset(name, body, gzip.compress(body, mtime=0), content_type, digest)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        message = f"{path} is missing. Run `python3 -m assistant setup` and start again."
        raise AssetsMissingError(message) from error
