"""The shapes of the public JSON API; the OpenAPI document is made from these."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator
from pydantic.json_schema import SkipJsonSchema

from assistant.casework.kinds import Channel
from assistant.security.proof_of_work import MOST_CHARACTERS as MOST_PROOF
from assistant.services.take_turn import MOST_CHARACTERS

HIGHEST_CHOICE = 999
HIGHEST_TURN = 1_000_000

SOME_WORD = re.compile(r"\S")


def _more_than_spaces(text: str) -> str:
    if not SOME_WORD.search(text):
        message = "There is nothing in the message. Write what happened, in your own words."
        raise ValueError(message)
    return text


def _whole(value: object) -> object:
    """In JSON 1.0 is a whole number too (JSON Schema 2020-12, §6.1.1)."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _without_default(schema: dict[str, Any]) -> None:
    """Show no default for a field that may be left out."""
    schema.pop("default", None)


Text = Annotated[
    str,
    Field(
        max_length=MOST_CHARACTERS,
        description="What the parent says. It must hold more than spaces.",
        json_schema_extra={"pattern": SOME_WORD.pattern},
    ),
    AfterValidator(_more_than_spaces),
]
Key = Annotated[
    str,
    Field(
        min_length=1,
        max_length=100,
        pattern=r"^[A-Za-z0-9._~-]+$",
        description="Sent again, it gets the same answer and does nothing twice.",
    ),
]

Proof = Annotated[str, Field(max_length=MOST_PROOF)]


class _Shape(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


Number = Annotated[int, Field(ge=0, le=HIGHEST_CHOICE), BeforeValidator(_whole)]
TurnNumber = Annotated[int, Field(ge=1, le=HIGHEST_TURN), BeforeValidator(_whole)]


class Message(_Shape):
    """Exactly one of text and choice."""

    model_config = ConfigDict(
        json_schema_extra={
            "oneOf": [{"required": ["text"]}, {"required": ["choice"]}],
        }
    )

    text: Text | SkipJsonSchema[None] = Field(default=None, json_schema_extra=_without_default)
    choice: Number | SkipJsonSchema[None] = Field(
        default=None,
        description="The number of a choice offered in the last turn.",
        json_schema_extra=_without_default,
    )
    turn: TurnNumber | SkipJsonSchema[None] = Field(
        default=None,
        description="The turn that offered the choice; an older one is refused.",
        json_schema_extra=_without_default,
    )
    idempotency_key: Key | SkipJsonSchema[None] = Field(
        default=None, json_schema_extra=_without_default
    )

    proof: Proof | SkipJsonSchema[None] = Field(
        default=None,
        description="The challenge and its solution as base64 JSON (ALTCHA proof of work 2).",
        json_schema_extra=_without_default,
    )

    @model_validator(mode="after")
    def _one_of_text_and_choice(self) -> Self:
        given = self.model_fields_set
        if ("text" in given) == ("choice" in given):
            message = "Send either a text or a choice, not both and not neither."
            raise ValueError(message)
        if any(getattr(self, name) is None for name in given):
            message = "Leave a field out rather than sending null."
            raise ValueError(message)
        return self


class Choice(_Shape):
    """A choice under a reply; send its number as `choice`."""

    choice: int
    title: str


class Reply(_Shape):
    """One thing the assistant says."""

    text: str
    choices: list[Choice]


class Record(_Shape):
    """What was made and saved: shown only after it is safe in the database."""

    kind: str
    reference: str
    status: str


class Started(_Shape):
    """A new conversation and the only key to it."""

    conversation: str
    token: str
    replies: list[Reply]


class Turn(_Shape):
    """The answer to one message."""

    turn: int
    channel: Channel
    alternatives: list[Channel]
    reason: str
    replies: list[Reply]
    record: Record | None
    challenge: Annotated[
        dict[str, Any] | None,
        Field(
            description="Much was sent from this address of late: send the `proof` of this sum "
            "with the next message, or a record is not made. Null when nothing is needed."
        ),
    ]


class TranscriptTurn(_Shape):
    """One numbered turn; without an answer yet, `channel` is null and `replies` is empty."""

    turn: int
    said_at: Annotated[str, Field(json_schema_extra={"format": "date-time"})]
    said: str
    channel: Channel | None
    alternatives: list[Channel]
    reason: str
    replies: list[Reply]
    record: Record | None


class Transcript(_Shape):
    """Everything that was said, in order."""

    conversation: str
    turns: list[TranscriptTurn]


class Problem(_Shape):
    """What went wrong, as a code for programs and a sentence for people."""

    error: str
    message: str


class Health(_Shape):
    """Whether every part answers; a part that does not is named."""

    status: Literal["ok", "unavailable"]
    parts: dict[str, Literal["ok", "unavailable"]]
