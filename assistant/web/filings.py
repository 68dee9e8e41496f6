"""A parent files something: freely at first, and with a solved sum once there is a flood of it.

Three an hour from one connection, and so many an hour for the whole school, ask nothing. Beyond
that the browser's proof of work lets it through, each once. Words that the lexicon finds dangerous
are never asked for one, nor is anything refused to whoever has solved it.
"""

from __future__ import annotations

from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import structlog

from assistant.security.proof_of_work import MOST_CHARACTERS, SECONDS_GOOD, ProofOfWork
from assistant.security.tokens import token_digest
from assistant.web.forms import secret_field
from assistant.web.limits import THIS_MACHINE, Kind, network_of

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from sanic import Request

    from assistant.web.limits import Limits

FIELD = "proof"
ASKED = 429
"""Too Many Requests (RFC 6585): the status of a page that asks for the sum."""
NAME_CHARACTERS = 32

log = structlog.get_logger()


@dataclass
class Filing:
    """Whether the form may go through; ``made`` is told when something came of it.

    ``form`` is what a challenge says that it is for.
    """

    form: str
    allowed: bool
    _name: str = ""

    def made(self, name: str) -> None:
        """Count it; ``name`` is the record's, the same however often the form is sent."""
        self._name = name

    @property
    def name(self) -> str:
        """What was made, empty when nothing was."""
        return self._name


@asynccontextmanager
async def filing(  # noqa: PLR0913 - what is filed, and what lets it through
    request: Request,
    name: str,
    key: str,
    *,
    words: str = "",
    proof: str | None = None,
    kind: Kind = Kind.FILING,
) -> AsyncIterator[Filing]:
    """Say whether the form ``name`` with ``key`` may go through, and count what is made of it.

    ``words`` are the parent's; ``proof`` is what the form sent, unless it came another way. One of
    which nothing came can be used again.
    """
    limits: Limits = request.app.ctx.limits
    form, network = name_of(request, name, key), digest_of_network(request)
    proof = sent_proof(request) if proof is None else proof
    with limits.under_way(network) as others:
        free = await limits.left(kind, network) > others or await speaks_of_danger(request, words)
        spent = "" if free else await _spent(request, form, proof)
        this = Filing(form, allowed=free or bool(spent))
        try:
            yield this
        finally:
            if this.name:
                await limits.count(kind, network, this.name)
                await limits.is_flooded()
            elif spent:
                await limits.give_back(spent)


def name_of(request: Request, form: str, key: str) -> str:
    """Return what a challenge says of the form that it is for: its name, and nothing of its key."""
    digest = token_digest(request.app.ctx.desk.keys.lookup, "proof for", f"{form}|{key}")
    return f"{form}.{digest[:NAME_CHARACTERS]}"


def sent_proof(request: Request) -> str:
    """Return what the page's script found, empty without one."""
    return secret_field(request, FIELD)[: MOST_CHARACTERS + 1]


def the_sum(request: Request, form: str) -> dict[str, Any]:
    """Return what a page needs that asks for the sum: the challenge, and how long it is good."""
    asked = _work(request).challenge(form)
    return {"challenge": asked, "minutes": SECONDS_GOOD // 60}


async def is_asked(request: Request, kind: Kind = Kind.FILING) -> bool:
    """Tell whether the next filing of this connection needs the sum."""
    limits: Limits = request.app.ctx.limits
    return await limits.left(kind, digest_of_network(request)) <= 0


async def speaks_of_danger(request: Request, words: str) -> bool:
    """Tell whether the lexicon finds a danger, clear or possible."""
    return bool(words) and bool(await request.app.ctx.gateway.net_of(words))


async def is_about_danger(request: Request, text: str | None) -> bool:
    """Tell whether the lexicon finds a clear danger; then no limit keeps it from an answer."""
    net = await request.app.ctx.gateway.net_of(text) if text else ()
    return any(not name.endswith("?") for name in net)


async def is_good(request: Request, form: str, proof: str) -> bool:
    """Tell whether ``proof`` solves a challenge for ``form`` and is not used up."""
    name = _work(request).check(proof, form)
    return bool(name) and await request.app.ctx.limits.is_unspent(name)


def digest_of_network(request: Request) -> str:
    """Return what stands for the connection in the counters; this machine stands for itself."""
    network = network_of(request)
    if network in THIS_MACHINE:
        return network
    return token_digest(request.app.ctx.desk.keys.lookup, "filing network", network)


async def _spent(request: Request, form: str, proof: str) -> str:
    """Use the proof up and return its name; empty, and in the log, when there is none to use."""
    name = _work(request).check(proof, form)
    if name and await request.app.ctx.limits.spend(name):
        return name
    if proof:
        log.info("filing_proof_refused", form=form.partition(".")[0], used=bool(name))
    return ""


def _work(request: Request) -> ProofOfWork:
    return ProofOfWork.of(request.app.ctx.desk.keys.lookup)
