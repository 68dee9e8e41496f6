"""The sealed tracker store, on a real database."""

from __future__ import annotations

import asyncio
import sqlite3
from pathlib import Path

import pytest
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, BotUttered, Restarted, SlotSet, UserUttered
from rasa.shared.core.slots import AnySlot
from rasa.shared.core.trackers import DialogueStateTracker

from assistant.brain.tracker_store import SealedTrackerStore, TrackerStoreError

KEY = bytes(range(32))
WORDS = "CANARY my private words"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "tracker.db"


def open_store(path: Path, key: bytes = KEY) -> SealedTrackerStore:
    domain = Domain.from_dict(
        {"slots": {"door": {"type": "any", "mappings": [{"type": "custom"}]}}}
    )
    return SealedTrackerStore(domain, url=f"sqlite:///{path}", key=key)


def tracker(sender: str, *events: object) -> DialogueStateTracker:
    return DialogueStateTracker.from_events(sender, list(events), [AnySlot("door", [{}])])


def said(text: str, turn: str) -> UserUttered:
    return UserUttered(text, {"name": "vent"}, message_id=turn)


def save(store: SealedTrackerStore, *trackers: DialogueStateTracker) -> None:
    for each in trackers:
        asyncio.run(store.save(each))


def load(store: SealedTrackerStore, sender: str) -> DialogueStateTracker | None:
    return asyncio.run(store.retrieve(sender))


def test_a_tracker_comes_back_as_it_was_saved(path: Path) -> None:
    save(
        open_store(path),
        tracker("a", ActionExecuted("action_listen"), said(WORDS, "t1"), SlotSet("door", "staff")),
    )
    found = load(open_store(path), "a")
    assert found is not None
    assert found.latest_message.text == WORDS
    assert found.get_slot("door") == "staff"


def test_an_unknown_sender_has_no_tracker(path: Path) -> None:
    assert load(open_store(path), "nobody") is None


def test_only_new_events_are_appended(path: Path) -> None:
    store = open_store(path)
    save(store, tracker("a", said("one", "t1")))
    found = load(store, "a")
    found.update(said("two", "t2"))
    save(store, found, found)
    assert [event.text for event in load(store, "a").events] == ["one", "two"]


def test_after_a_restart_only_the_new_part_is_loaded_and_grows(path: Path) -> None:
    store = open_store(path)
    save(store, tracker("a", said("old", "t1"), Restarted(), ActionExecuted("action_listen")))
    found = load(store, "a")
    assert [event.type_name for event in found.events] == ["restart", "action"]
    found.update(said("new", "t2"))
    save(store, found)
    assert len(load(store, "a").events) == 3
    assert len(asyncio.run(store.retrieve_full_tracker("a")).events) == 4


def test_the_file_holds_no_words_of_a_parent(path: Path) -> None:
    save(open_store(path), tracker("a", said(WORDS, "t1"), BotUttered("CANARY answer")))
    stored = b"".join(file.read_bytes() for file in path.parent.iterdir())
    assert b"CANARY" not in stored


def test_another_key_does_not_open_it(path: Path) -> None:
    save(open_store(path), tracker("a", said(WORDS, "t1")))
    with pytest.raises(TrackerStoreError):
        load(open_store(path, bytes(32)), "a")


def test_a_row_moved_to_another_conversation_does_not_open(path: Path) -> None:
    store = open_store(path)
    save(store, tracker("a", said(WORDS, "t1")))
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE tracker_event SET sender = 'b'")
    with pytest.raises(TrackerStoreError):
        load(store, "b")


def test_a_turn_is_found_again_also_after_a_restart(path: Path) -> None:
    store = open_store(path)
    save(
        store,
        tracker(
            "a",
            said("one", "t1"),
            BotUttered("first"),
            Restarted(),
            said("two", "t2"),
            BotUttered("second"),
        ),
    )
    events = store.events_of_turn("a", "t1")
    assert [event.get("text") for event in events] == ["one", "first", None]
    assert store.events_of_turn("a", "t9") is None
    assert store.events_of_turn("b", "t1") is None


def test_forgetting_removes_one_conversation_and_leaves_the_others(path: Path) -> None:
    store = open_store(path)
    save(store, tracker("a", said("one", "t1")), tracker("b", said("two", "t2")))
    assert asyncio.run(store.delete("a")) == 1
    assert asyncio.run(store.keys()) == ["b"]


def test_quiet_conversations_are_purged_and_lively_ones_kept_whole(path: Path) -> None:
    store = open_store(path)
    day = 86_400.0
    old, new = said("old", "t1"), said("new", "t2")
    old.timestamp, new.timestamp = 10 * day, 50 * day
    also_old = said("older", "t3")
    also_old.timestamp = 10 * day
    save(store, tracker("quiet", old), tracker("lively", also_old, new))
    assert store.purge(30, now=60 * day) == 1
    assert asyncio.run(store.keys()) == ["lively"]
    assert len(load(store, "lively").events) == 2


def test_a_database_that_cannot_be_opened_is_an_error_and_not_a_memory(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(Exception, match="unable to open"):
        open_store(tmp_path / "folder")
