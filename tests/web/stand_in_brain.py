"""A brain that follows the connector's contract word for word, by rule instead of by model.

It also answers ``GET /health`` in the place of the action server. Words that steer it: see
``SCRIPT``.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from typing import Any

from sanic import HTTPResponse, Request, Sanic
from sanic.response import empty, json, text

DOORS = [
    {"title": "Book a private talk", "payload": "/book_meeting"},
    {"title": "Make it formal", "payload": "/make_complaint"},
    {"title": "Go on", "payload": "/go_on"},
]
HEARD = {
    "text": "Two days for shoes, and nobody rang you. His form tutor can look at this.",
    "buttons": DOORS,
    "custom": {
        "channel": "staff",
        "alternatives": ["headteacher", "complaint"],
        "reason": "It is about how a rule was used in class.",
    },
}
BOOKED = {
    "text": "Your talk is booked. Your reference is TG-7K2M-9QXR.",
    "custom": {
        "channel": "service",
        "record": {"kind": "meeting", "reference": "TG-7K2M-9QXR", "status": "booked"},
        "ended": True,
    },
}
NOT_YET = {
    "text": "Nothing has been sent yet, and your words are kept here. Press the button below.",
    "buttons": [{"title": "Book it", "payload": "/book_meeting"}],
    "custom": {"channel": "service", "prove": True, "expects": "confirm"},
}
SCRIPT: dict[str, list[dict[str, Any]]] = {
    "say nothing": [],
    "say nonsense": [{"text": "Hm.", "custom": {"channel": "the moon"}}],
    "shoes": [HEARD],
    "محمد": [
        {
            "text": "I have written down محمد الفارسي 4B, 3 December. Is that right?",
            "custom": {"channel": "ask"},
        }
    ],
    "marks again": [
        {
            "text": "Thank you for telling me. I pass it on.",
            "custom": {"channel": "safeguarding", "help": True},
        }
    ],
    "/book_meeting": [BOOKED],
    "/make_complaint": [
        {
            "text": "What should be different?",
            "custom": {"channel": "complaint", "expects": "outcome"},
        }
    ],
}
TOPICS = {
    "shoes": ("isolation", "staff"),
    "maths": ("sets_grades", "staff"),
    "nobody rang": ("communication", "headteacher"),
    "head shouted": ("teacher_conduct", "governors"),
}
"""Words by which a part tells what it is about."""
ASK = [
    {
        "text": "Can you tell me a bit more?",
        "custom": {"channel": "ask", "reason": "It is short."},
    }
]


def reading_of(words: str) -> dict[str, dict[str, float]]:
    """Return what a part tells, by rule."""
    told = next((found for word, found in TOPICS.items() if word in words), None)
    if told is None:
        return {"doors": {"ask": 0.8}, "topics": {"none": 0.9}}
    topic, door = told
    about = {"headteacher": 0.9} if door == "governors" else {}
    return {"doors": {door: 0.9}, "topics": {topic: 0.9}, "about": about}


def heard_parts(request: Request, key: str) -> HTTPResponse:
    """Read each part by rule; "break" breaks it."""
    if request.headers.get("x-schoolgate-key") != key:
        return json({"error": "key"}, status=401)
    texts = [one.lower() for one in request.json["texts"]]
    if any("break" in one for one in texts):
        return text("no", status=500)
    return json({"parts": [reading_of(one) for one in texts]})


def note(turns: list[dict[str, Any]], body: dict[str, Any]) -> bool:
    """Keep a turn once, however often it is sent; tell whether it was sent before."""
    again = body["turn_id"] in [one["turn_id"] for one in turns]
    if not again:
        turns.append(body)
    return again


def answer_to(said: str) -> list[dict[str, Any]]:
    """Return what the script says to the words."""
    return next((script for word, script in SCRIPT.items() if word in said), ASK)


def stand_in(key: str) -> Sanic[Any, Any]:
    """Return the application; ``key`` is the shared key of the hop."""
    app: Sanic[Any, Any] = Sanic("stand-in-brain")
    app.ctx.turns = defaultdict(list)

    @app.post("/webhooks/schoolgate/turn")
    async def turn(request: Request) -> HTTPResponse:
        if request.headers.get("x-schoolgate-key") != key:
            return json({"error": "key"}, status=401)
        body = request.json
        again = note(app.ctx.turns[body["sender"]], body)
        said = (body["text"] or body["payload"]).lower()
        if "be slow" in said and not (again and "at first" in said):
            await asyncio.sleep(30)
        if "break" in said:
            return text("no", status=500)
        if "/book_meeting" in said and not body["metadata"]["may_file"]:
            return json({"messages": [NOT_YET]})
        return json({"messages": answer_to(said)})

    @app.post("/webhooks/schoolgate/parts")
    async def parts(request: Request) -> HTTPResponse:
        return heard_parts(request, key)

    @app.delete("/webhooks/schoolgate/conversations/<conversation>")
    async def forget(_request: Request, conversation: str) -> HTTPResponse:
        app.ctx.turns.pop(conversation, None)
        return empty()

    @app.get("/seen/<conversation>")
    async def seen(_request: Request, conversation: str) -> HTTPResponse:
        """Tell a test what arrived."""
        return json(app.ctx.turns.get(conversation, []))

    @app.get("/health", name="actions")
    @app.get("/webhooks/schoolgate/health", name="brain")
    async def health(_request: Request) -> HTTPResponse:
        return json({"status": "ok"})

    return app


def serve(port: int, key: str) -> None:
    """Answer on a loopback port until told to stop."""
    stand_in(key).run("127.0.0.1", port, single_process=True, motd=False)
