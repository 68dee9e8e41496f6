"""The public web process: its routes and what stands behind them."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any

from sanic import Sanic

from assistant.casework.lexicon import Lexicon
from assistant.chat.brain_client import HttpBrain
from assistant.chat.gateway import Gateway
from assistant.settings import ROOT
from assistant.web import (
    access_pages,
    alert_keeping_pages,
    alert_pages,
    api,
    availability_page,
    calendar_feed,
    calendar_page,
    call_back_page,
    campaign_pages,
    case_list_pages,
    chat_leaving,
    chat_page,
    chats_desk,
    check_page,
    colleague_login_page,
    come_back_page,
    data_page,
    dead_letter_pages,
    desk_meeting_pages,
    desk_pages,
    disclosure_pages,
    embed,
    embed_check,
    figure_pages,
    health,
    keeping_pages,
    letter_pages,
    meet,
    notices,
    own_sign_in_pages,
    passkey_pages,
    person_pages,
    policy_pages,
    propose_pages,
    reassign_pages,
    record,
    remote_pages,
    restriction_pages,
    school_account_page,
    second_step_page,
    session_pages,
    sign_in,
    spoken,
    step_pages,
    take_down_pages,
    talk_first_page,
)
from assistant.web.api_problems import ApiAwareErrors
from assistant.web.errors import install_error_pages
from assistant.web.limits import Limits
from assistant.web.live_streams import employ_herald
from assistant.web.pages import install_pages

if TYPE_CHECKING:
    from assistant.chat.brain_client import Brain
    from assistant.services.desk import Desk

BODY_BYTES = 1024 * 1024
"""The largest request: a very long letter, percent-encoded by a browser, still fits."""

LEXICON = ROOT / "data" / "lexicon" / "risk.toml"
BLUEPRINTS = (
    api.blueprint,
    chat_page.blueprint,
    chat_leaving.blueprint,
    person_pages.blueprint,
    person_pages.framed,
    chats_desk.blueprint,
    check_page.blueprint,
    call_back_page.blueprint,
    talk_first_page.blueprint,
    data_page.blueprint,
    embed.blueprint,
    embed_check.blueprint,
    health.blueprint,
    notices.blueprint,
    meet.blueprint,
    record.blueprint,
    come_back_page.blueprint,
    sign_in.blueprint,
    campaign_pages.blueprint,
    second_step_page.blueprint,
    own_sign_in_pages.blueprint,
    passkey_pages.blueprint,
    school_account_page.blueprint,
    session_pages.blueprint,
    colleague_login_page.blueprint,
    case_list_pages.blueprint,
    desk_pages.blueprint,
    alert_pages.blueprint,
    dead_letter_pages.blueprint,
    step_pages.blueprint,
    take_down_pages.blueprint,
    figure_pages.blueprint,
    alert_keeping_pages.blueprint,
    keeping_pages.blueprint,
    access_pages.blueprint,
    availability_page.blueprint,
    desk_meeting_pages.blueprint,
    letter_pages.blueprint,
    disclosure_pages.blueprint,
    policy_pages.blueprint,
    restriction_pages.blueprint,
    remote_pages.blueprint,
    propose_pages.blueprint,
    reassign_pages.blueprint,
    calendar_page.blueprint,
    calendar_feed.blueprint,
)


def create_app(desk: Desk, brain: Brain | None = None) -> Sanic[Any, Any]:
    """Return the web process's application; ``brain`` is the one at the settings' port if None.

    Raises `AssetsMissingError` when the front-end packages are not installed, `SchoolFileError`
    when the loader would be too heavy, and `LexiconError` when the lexicon cannot be read: without
    it nothing is served.
    """
    name = f"schoolgate-{secrets.token_hex(4)}"
    app: Sanic[Any, Any] = Sanic(name, error_handler=ApiAwareErrors())
    app.config.update(REQUEST_MAX_SIZE=BODY_BYTES, ACCESS_LOG=False, OAS=False)
    app.ctx.desk = desk
    app.ctx.limits = Limits(desk.settings.redis_url, desk.settings.filings_an_hour)
    install_pages(app)
    embed.install_loader(app, desk)
    install_error_pages(app)
    app.ctx.templates.filters.update(
        spoken=spoken.spoken, tapped=spoken.tapped, digits=spoken.digits
    )
    _open_gateway(app, brain)
    employ_herald(app)
    for blueprint in BLUEPRINTS:
        app.blueprint(blueprint)
    return app


def _open_gateway(app: Sanic[Any, Any], brain: Brain | None) -> None:
    """Open connections in the loop that serves, and let them go there."""
    desk, lexicon = app.ctx.desk, Lexicon.load(LEXICON)

    async def open_brain(app: Sanic[Any, Any]) -> None:
        chosen = brain or HttpBrain.at_settings(desk.settings, desk.keys.brain_key)
        app.ctx.gateway = Gateway(desk, chosen, lexicon)

    async def close_brain(app: Sanic[Any, Any]) -> None:
        await app.ctx.gateway.brain.close()

    app.before_server_start(open_brain)
    app.after_server_stop(close_brain)
