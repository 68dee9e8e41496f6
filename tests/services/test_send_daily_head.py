"""The chair and the clerk get the ends of the histories, once a day, and can check them later."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

from assistant.services.desk import Desk
from assistant.services.send_daily_head import WHOLE, send_daily_head
from assistant.services.verify_history import seen_at
from assistant.settings import variable
from tests.desks import pass_time
from tests.services.filings import CHAIR, CLERK, address_of, file_case, mail
from tests.store.test_history import run, unprotect

DAY = 24 * 60
FORGERY = "UPDATE history_event SET actor = 'nobody' WHERE sequence = 1"


def letters(desk: Desk) -> list[tuple[str, str]]:
    return [(to, body) for to, _, body in mail(desk) if "verify --seen" in body]


def test_the_chair_and_the_clerk_get_one_letter_a_day(desk: Desk) -> None:
    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(send_daily_head, [desk] * 4)) == 2
    assert send_daily_head(desk) == 0
    assert {to for to, _ in letters(desk)} == {address_of(desk, CHAIR), address_of(desk, CLERK)}
    pass_time(desk, minutes=DAY)
    assert send_daily_head(desk) == 2
    assert len(letters(desk)) == 4


def test_a_letter_tells_a_fingerprint_that_is_found_again_and_counts_nothing(desk: Desk) -> None:
    file_case(desk, "one")
    send_daily_head(desk)
    ((_, body), *_) = letters(desk)
    assert WHOLE in body
    fingerprints = re.findall(r"\b[0-9a-f]{64}\b", body)
    assert fingerprints
    assert all(seen_at(desk, each) for each in fingerprints)
    assert seen_at(desk, "0" * 64) is None
    first, *_ = body.split("Please keep")
    assert not re.search(r"\b\d{1,6} (?:entries|events|cases|alerts)", first)


def test_a_policy_whose_review_is_due_is_told_with_it(desk: Desk) -> None:
    send_daily_head(desk)
    assert all("due for review" not in body for _, body in letters(desk))
    pass_time(desk, days=480)
    send_daily_head(desk)
    assert "version 2026.1, was due for review on 18 March 2028." in letters(desk)[-1][1]


def test_a_record_that_is_not_whole_is_told_loudly(desk: Desk) -> None:
    file_case(desk, "one")
    unprotect(desk.unit_of_work)
    run(desk.unit_of_work, FORGERY)
    send_daily_head(desk)
    assert all("IS NOT WHOLE, from entry 1 on" in body for _, body in letters(desk))


def test_the_verb_says_whole_and_names_the_first_wrong_entry(desk: Desk) -> None:
    file_case(desk, "one")
    before = verify(desk)
    assert before.returncode == 0
    assert "The history of the cases is whole." in before.stdout
    ending = re.findall(r"[0-9a-f]{64}", before.stdout)[0]
    assert "That fingerprint is of 24 November 2026" in verify(desk, ending).stdout
    unprotect(desk.unit_of_work)
    run(desk.unit_of_work, FORGERY)
    after = verify(desk)
    assert after.returncode == 1
    assert "The history of the cases is WRONG from entry 1 on." in after.stdout


def verify(desk: Desk, seen: str = "") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "assistant", "verify", "--data", str(desk.settings.data)]
    places = {
        variable("database_url"): desk.settings.database_url,
        variable("alerts_database_url"): desk.settings.alerts_database_url,
    }
    return subprocess.run(
        command + (["--seen", seen] if seen else []),
        env=os.environ | places,
        capture_output=True,
        text=True,
        check=False,
    )
