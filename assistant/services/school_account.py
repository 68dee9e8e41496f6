"""The school's own accounts as a way in: OpenID Connect, authorisation code with PKCE.

OpenID Connect Core 1.0, RFC 7636 and RFC 9700, by authlib and joserfc. Nobody but the settings
says where we go: the issuer, whose discovery document must name itself, every address by https
(loopback for trials), no redirect followed. Only the e-mail address is believed, and only where the
provider says that it has been checked.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlsplit

import httpx
from authlib.oauth2.rfc6749.parameters import prepare_grant_uri
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from assistant.services.errors import SchoolAccountAway, SchoolAccountRefused
from assistant.settings import SettingsError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from assistant.settings import Settings

ALGORITHMS = ("RS256", "ES256")
"""Signatures with the provider's private key; never `none`, never one with a shared secret."""
SCOPE = "openid email"
WELL_KNOWN = "/.well-known/openid-configuration"
KEPT_FOR = timedelta(hours=1)
ASK_AGAIN_AFTER = timedelta(minutes=1)
"""An unknown key makes us look for new ones, but not for every forged token."""
LEEWAY_SECONDS = 60
TIMEOUT = httpx.Timeout(8.0)
LARGEST = 256 * 1024
LOOPBACK = ("127.0.0.1", "::1", "localhost")
MICROSOFT = "login.microsoftonline.com"


@dataclass(frozen=True)
class Begun:
    """What is kept on the server between the way out and the way back."""

    state: str
    nonce: str
    verifier: str


@dataclass
class _Found:
    """What the provider publishes, and when it was read."""

    at: datetime
    document: dict[str, Any]
    keys: KeySet


class SchoolAccount:
    """One provider, with what it publishes kept for an hour; safe between threads."""

    def __init__(self, settings: Settings) -> None:
        """Ask nothing yet: a provider that is away must not keep the desk from starting.

        Raises ``SettingsError`` when what the issuer gave this desk is missing.
        """
        if not settings.oidc_client_id or not settings.oidc_client_secret:
            message = "SCHOOLGATE_OIDC_ISSUER needs SCHOOLGATE_OIDC_CLIENT_ID and _CLIENT_SECRET."
            raise SettingsError(message)
        self._issuer = settings.oidc_issuer
        self._client = settings.oidc_client_id, settings.oidc_client_secret
        self._back = f"{settings.public_url}/desk/school-account/back"
        self._lock = threading.Lock()
        self._found: _Found | None = None

    def address_for(self, begun: Begun) -> str:
        """Return where the browser goes; raises ``SchoolAccountAway``."""
        challenge = create_s256_code_challenge(begun.verifier)
        address: str = prepare_grant_uri(
            self._published().document["authorization_endpoint"],
            client_id=self._client[0],
            response_type="code",
            redirect_uri=self._back,
            scope=SCOPE,
            state=begun.state,
            nonce=begun.nonce,
            code_challenge=challenge,
            code_challenge_method="S256",
            prompt="select_account",
        )
        return address

    def email_for(self, code: str, begun: Begun) -> str:
        """Return the checked e-mail address, in small letters, of who came back with ``code``.

        Raises ``SchoolAccountRefused`` for a token that is not for us, here and now, and
        ``SchoolAccountAway``.
        """
        token = self._exchange(code, begun.verifier)
        return _checked_email(self._claims(token, begun.nonce), self._issuer)

    def _exchange(self, code: str, verifier: str) -> str:
        found = self._published().document
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self._back,
            "code_verifier": verifier,
        }
        answer = self._ask("POST", found["token_endpoint"], **self._signed(found, form))
        token = answer.get("id_token")
        if not isinstance(token, str):
            raise SchoolAccountRefused
        return token

    def _signed(self, found: Mapping[str, Any], form: dict[str, str]) -> dict[str, Any]:
        """Return the form with the client's secret, in the header wherever that is taken."""
        client_id, secret = self._client
        ways = found.get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
        if "client_secret_basic" in ways:
            return {"data": form, "auth": (quote(client_id, safe=""), quote(secret, safe=""))}
        return {"data": {**form, "client_id": client_id, "client_secret": secret}}

    def _claims(self, token: str, nonce: str) -> CodeIDToken:
        decoded = self._decoded(token)
        client_id = self._client[0]
        wanted = {
            "iss": {"essential": True, "value": self._issuer},
            "aud": {"essential": True, "value": client_id},
        }
        params = {"nonce": nonce, "client_id": client_id}
        try:
            claims = CodeIDToken(decoded.claims, decoded.header, wanted, params)
            claims.validate(now=int(datetime.now(UTC).timestamp()), leeway=LEEWAY_SECONDS)
        except (JoseError, ValueError, TypeError) as problem:
            raise SchoolAccountRefused from problem
        return claims

    def _decoded(self, token: str) -> jwt.Token:
        """Check the signature; a key that we do not know yet is looked for once."""
        for fresh in (False, True):
            try:
                return jwt.decode(token, self._published(fresh=fresh).keys, algorithms=ALGORITHMS)
            except (JoseError, ValueError, TypeError, KeyError) as problem:
                refusal = problem
        raise SchoolAccountRefused from refusal

    def _published(self, *, fresh: bool = False) -> _Found:
        with self._lock:
            now = datetime.now(UTC)
            age = now - self._found.at if self._found else KEPT_FOR
            if self._found is None or age >= (ASK_AGAIN_AFTER if fresh else KEPT_FOR):
                self._found = self._read(now)
            return self._found

    def _read(self, now: datetime) -> _Found:
        document = self._ask("GET", self._issuer + WELL_KNOWN)
        if document.get("issuer") != self._issuer:
            raise SchoolAccountAway
        for name in ("authorization_endpoint", "token_endpoint", "jwks_uri"):
            self._refuse_unsafe(document.get(name))
        try:
            keys = KeySet.import_key_set(self._ask("GET", document["jwks_uri"]))  # type: ignore[arg-type] # checked as it is read
        except (JoseError, ValueError, TypeError, KeyError) as problem:
            raise SchoolAccountAway from problem
        return _Found(now, document, keys)

    def _refuse_unsafe(self, address: object) -> None:
        """Refuse an address that is not by https, unless issuer and address are on loopback."""
        if not isinstance(address, str) or not is_safe_address(address):
            raise SchoolAccountAway
        if _is_loopback(address) and not _is_loopback(self._issuer):
            raise SchoolAccountAway

    def _ask(self, method: str, address: str, **sent: Any) -> dict[str, Any]:  # noqa: ANN401 - httpx's own arguments
        try:
            with httpx.Client(timeout=TIMEOUT, follow_redirects=False, trust_env=False) as client:
                answer = client.request(method, address, **sent)
            if len(answer.content) > LARGEST:
                raise SchoolAccountAway
            if method == "POST" and answer.is_client_error:
                raise SchoolAccountRefused  # the code is wrong, or was used
            found = answer.json() if answer.is_success else None
        except (httpx.HTTPError, httpx.InvalidURL, ValueError) as problem:
            raise SchoolAccountAway from problem
        if not isinstance(found, dict):
            raise SchoolAccountAway
        return found


def is_safe_address(address: str) -> bool:
    """Tell whether an address is by https, or on this machine for a trial; and carries no name."""
    parts = urlsplit(address)
    if parts.username is not None or not parts.hostname:
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and _is_loopback(address))


def _is_loopback(address: str) -> bool:
    return urlsplit(address).hostname in LOOPBACK


def _checked_email(claims: Mapping[str, Any], issuer: str) -> str:
    """Return the address; Microsoft says ``xms_edov`` where others say ``email_verified``."""
    email = claims.get("email")
    checked = claims.get("email_verified") is True
    if urlsplit(issuer).hostname == MICROSOFT:
        checked = str(claims.get("xms_edov")).lower() in {"1", "true"}
    if not checked or not isinstance(email, str) or not email.isprintable():
        raise SchoolAccountRefused
    return email.strip().casefold()
