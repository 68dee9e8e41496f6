"""What somebody typed at the desk stays typed when one field of the form was wrong."""

from __future__ import annotations

from collections.abc import Iterator
from html import unescape

import pytest

from assistant.evaluation.matrix.asking import Stage, matrix_stage
from assistant.evaluation.matrix.forms import FORMS, NEEDS_NONE
from assistant.evaluation.matrix.gaps import Asked
from assistant.evaluation.matrix.making import MADE
from assistant.evaluation.matrix.people import BROWSER, Asker
from assistant.evaluation.matrix.proving import OTHERS, WHO, own_record
from assistant.evaluation.matrix.records import OWN
from assistant.security.permissions import Visitor
from assistant.security.routes import may_use
from assistant.web.form_token import SESSION_COOKIE, VISITOR_COOKIE
from tests.web.typed_forms import TypedForm, forms_of

pytestmark = pytest.mark.slow

REFUSED = {400, 409}
WORDS_FIRST = ("textarea", "text", "email", "tel", "date", "select", "radio", "checkbox")
"""Without its words nearly every form is refused; what is taken ends the asking of that form."""
PRESSED = frozenset({
    "desk_alerts.acknowledge", "desk_calendar.make", "desk_calendar.end", "desk_remote.change",
    "case_lists.remove_view", "chats.end_duty", "chats.take", "own_sign_in.make_codes",
    "own_sign_in.remove_app",
    "own_sign_in.start_app", "passkeys.new_options", "passkeys.remove", "sessions.end",
    "sessions.end_all", "sign_in.leave", "their_data.erase",
})  # fmt: skip
"""Nothing is typed: a button by itself."""
SECRET = frozenset({"own_sign_in.confirm_app", "own_sign_in.prove", "sign_in.password_save"})
"""A password or a code is typed anew: no page gives it back."""
BY_SCRIPT = frozenset({"passkeys.add"})
"""The script fills it in; the name of the device is typed again with the next try."""
ONE_BOX = frozenset({"chats.say", "desk_meetings.mark", "their_data.seal"})
"""The form holds one thing to choose and nothing beside it."""
OF_ITS_OWN = frozenset({"availability.change"})
"""Its rows come and go by buttons: see test_availability_page."""
LEFT_OUT = ONE_BOX | OF_ITS_OWN | PRESSED | SECRET | BY_SCRIPT
PAGES = {
    "case_lists.save_view": "/desk/cases?due=late",
    "reassign.give": f"/desk/meetings/reassign?who={WHO.value}&day=1&month=11&year=2026",
}
"""Where a form stands that is not on its own page or one above."""
NEEDED = frozenset({"why", "reason", "identity", "name"})
NEVER_REFUSED = frozenset({"case_lists.search", "their_data.choose"})
"""Nothing that can be left out of these is missed."""
TICKED_ANEW = frozenset({"read", "sure"})
"""Somebody says with it that they looked; after an error they look again."""


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    with matrix_stage(tmp_path_factory.mktemp("typed") / "data") as stage:
        yield stage


@pytest.fixture(scope="module")
def askers(school: Stage) -> dict[str, Asker]:
    return {each.role: each for each in school.askers({WHO, *OTHERS.values()})}


def routes(school: Stage) -> list[Asked]:
    named = {*FORMS, *NEEDS_NONE, *MADE} - LEFT_OUT
    return [
        each
        for each in school.routes()
        if each.name in named and each.method == "POST" and not may_use(Visitor(), each.name)
    ]


def cookies(asker: Asker) -> dict[str, str]:
    return {"Cookie": f"{VISITOR_COOKIE}={BROWSER}; {SESSION_COOKIE}={asker.session}"}


def path_of(school: Stage, asker: Asker, asked: Asked) -> str:
    """Return the address to which the form about a fresh record is sent."""
    records = type(school.records)(school.desk, prefix=f"typed {asked.name}")
    if asked.name == "desk_policy.begin":  # it stands on the page of a case that is no post
        return asked.path(records.case(asker.staff_id, OWN))
    filled, _ = own_record(school, records, asker.staff_id, asked)
    return asked.path(filled.value)


def forms_for(school: Stage, asker: Asker, asked: Asked) -> list[TypedForm]:
    """Return the forms of the route, from its own page or the nearest one above that has any."""
    path = path_of(school, asker, asked)
    place = PAGES.get(asked.name, path)
    while place.count("/") > 1:
        answer = school.client.get(place, headers=cookies(asker), follow_redirects=False)
        found = [each for each in forms_of(answer.text) if each.action == path and each.kinds]
        if answer.status_code == 200 and found:
            return found
        place = place.rpartition("/")[0]
    return []


def lost_from(page: str, form: TypedForm, sent: dict[str, str], wrong: str) -> list[str]:
    """Return the fields of the form whose value the page does not give back."""
    mine = form.action, form.step
    again = next((each for each in forms_of(page) if (each.action, each.step) == mine), None)
    names = set(form.kinds) - {wrong} - TICKED_ANEW
    if again is None:
        return [name for name in names if sent[name] not in unescape(page)]
    return [name for name in names if again.typed.get(name) != sent[name]]


def refusals(school: Stage, asker: Asker, form: TypedForm) -> Iterator[tuple[str, list[str]]]:
    """Yield each field that is missed when it is left out, with what was lost beside it."""
    for wrong in sorted(form.kinds, key=lambda name: _turn(form, name)):
        sent = form.filled()
        fields = {name: value for name, value in sent.items() if name != wrong}
        answer = school.client.post(form.action, data=fields, headers=cookies(asker))
        if answer.status_code not in REFUSED:
            return
        yield wrong, lost_from(answer.text, form, sent, wrong)


def _turn(form: TypedForm, name: str) -> tuple[bool, int]:
    return name not in NEEDED, WORDS_FIRST.index(form.kinds[name])


def test_whatever_field_of_a_desk_form_is_wrong_all_others_stay_as_they_were_typed(
    school: Stage, askers: dict[str, Asker]
) -> None:
    lost, missed = {}, set()
    for asked in routes(school):
        asker = askers[OTHERS.get(asked.name, WHO).value]
        for form in forms_for(school, asker, asked):
            for wrong, gone in refusals(school, asker, form):
                missed.add(asked.name)
                if gone:
                    lost[asked.name, form.step, wrong] = gone
    assert lost == {}
    assert {each.name for each in routes(school)} - missed == NEVER_REFUSED
