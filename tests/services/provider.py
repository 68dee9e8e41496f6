"""A real OpenID provider on loopback, honest unless a test tells it to lie."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlencode, urlsplit

import pytest
from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT, SECRET = "desk of a school", "s3cr3t: with a colon"


@cache
def key_called(kid: str) -> RSAKey:
    """Return a key pair; making one takes longer than anything else here."""
    return RSAKey.generate_key(2048, parameters={"kid": kid})


class Provider(ThreadingHTTPServer):
    """Signs in whoever ``email`` names; everything it says can be changed by a test."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.issuer = f"http://127.0.0.1:{self.server_address[1]}"
        self.key = key_called("first")
        self.email = ""
        self.claims: dict[str, Any] = {}
        self.document: dict[str, Any] = {}
        self.forge = ""
        self.moved_to = ""
        self.codes: dict[str, dict[str, str]] = {}
        self.asked: list[str] = []

    def published(self) -> dict[str, Any]:
        """Return the discovery document."""
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
            **self.document,
        }

    def token_for(self, asked: dict[str, str]) -> str:
        """Return the identity token, or the forgery that a test wants."""
        now = int(time.time())
        claims: dict[str, Any] = {
            "iss": self.issuer,
            "sub": "1",
            "aud": CLIENT,
            "iat": now,
            "exp": now + 300,
            "nonce": asked["nonce"],
            "email": self.email,
            "email_verified": True,
            **self.claims,
        }
        said = {name: value for name, value in claims.items() if value is not None}
        if self.forge == "none":
            parts = ({"alg": "none"}, said)
            return ".".join(_packed(json.dumps(part).encode()) for part in parts) + "."
        if self.forge == "shared secret":
            parts = ({"alg": "HS256", "kid": "first"}, said)
            signed = ".".join(_packed(json.dumps(part).encode()) for part in parts)
            public = self.key.as_pem(private=False)
            return f"{signed}.{_packed(hmac.digest(public, signed.encode(), 'sha256'))}"
        key = key_called("stranger") if self.forge == "another key" else self.key
        return jwt.encode({"alg": "RS256", "kid": str(self.key.kid)}, said, key)


class Handler(BaseHTTPRequestHandler):
    """Discovery, keys, authorisation without a question, token."""

    server: Provider

    def do_GET(self) -> None:
        place, query = urlsplit(self.path).path, parse_qs(urlsplit(self.path).query)
        asked = {name: values[0] for name, values in query.items()}
        self.server.asked.append(place)
        if place == "/authorize":
            code = secrets.token_urlsafe(8)
            self.server.codes[code] = asked
            back = urlencode({"code": code, "state": asked["state"]})
            self._send(303, location=f"{asked['redirect_uri']}?{back}")
        elif place == "/keys":
            self._send(200, {"keys": [self.server.key.as_dict(private=False)]})
        else:
            self._send(200, self.server.published())

    def do_POST(self) -> None:
        self.server.asked.append(self.path)
        length = int(self.headers["content-length"])
        form = {name: each[0] for name, each in parse_qs(self.rfile.read(length).decode()).items()}
        if self.server.moved_to:
            self._send(307, location=self.server.moved_to)
            return
        asked = self.server.codes.pop(form["code"], None)
        proof = _packed(hashlib.sha256(form["code_verifier"].encode()).digest())
        if not self._is_our_client() or asked is None or proof != asked["code_challenge"]:
            self._send(400, {"error": "invalid_grant"})
            return
        self._send(200, {"access_token": "a", "id_token": self.server.token_for(asked)})

    def _is_our_client(self) -> bool:
        name = self.headers["authorization"].removeprefix("Basic ")
        return [unquote(each) for each in base64.b64decode(name).decode().split(":")] == [
            CLIENT,
            SECRET,
        ]

    def _send(self, status: int, body: object = None, location: str = "") -> None:
        sent = json.dumps(body).encode()
        self.send_response(status)
        if location:
            self.send_header("Location", location)
        self.send_header("Content-Length", str(len(sent)))
        self.end_headers()
        self.wfile.write(sent)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def serving() -> Iterator[Provider]:
    """Serve until the end."""
    with Provider() as made:
        thread = threading.Thread(target=made.serve_forever, args=(0.05,))
        thread.start()
        yield made
        made.shutdown()
        thread.join()


@pytest.fixture
def provider() -> Iterator[Provider]:
    """Give a provider."""
    with serving() as made:
        yield made


def _packed(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")
