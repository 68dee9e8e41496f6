"""What Schemathesis must know to act as a real client: each conversation has its own token.

Loaded by ``SCHEMATHESIS_HOOKS=tests.web.contract_hooks``.
"""

from __future__ import annotations

import schemathesis
from schemathesis import Case, HookContext, Response

tokens: dict[str, str] = {}


@schemathesis.hook
def after_call(_context: HookContext, case: Case, response: Response) -> None:
    """Keep the token of a conversation that was started."""
    if case.operation.label == "POST /api/v1/conversations" and response.status_code == 201:
        started = response.json()
        tokens[started["conversation"]] = started["token"]


@schemathesis.auth(refresh_interval=None)
class Owner:
    """The owner of the conversation that a request names; of a made-up one, somebody else."""

    def get(self, case: Case, _context: object) -> str:
        """Return the token to send."""
        conversation = str((case.path_parameters or {}).get("conversation", ""))
        somebody_elses = next(iter(tokens.values()), "none-yet")
        return tokens.get(conversation, somebody_elses)

    def set(self, case: Case, token: str, _context: object) -> None:
        """Send it."""
        case.headers["Authorization"] = f"Bearer {token}"
