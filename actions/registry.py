"""Every action of ours, by class; the domain names the same ones, and a test compares them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from actions.booking import BookMeeting
from actions.call_back import Human, RequestCallBack, ValidateCallBackForm
from actions.cancel_form import AskCancelConfirmed, CallOff, ValidateCancelForm
from actions.change_form import AskChangeConfirmed, AskNewWhen, MoveMeeting, ValidateChangeForm
from actions.complaint import AskComplaintConfirmed, OpenComplaint, ValidateComplaintForm
from actions.consent import GoOn, No, PickDoor, Stop, Yes
from actions.hear import Hear
from actions.meeting_form import ValidateMeetingForm
from actions.meeting_words import AskMeetingConfirmed, AskWhen
from actions.safety import Boundary, Protect
from actions.small_talk import Delete, RequestDeletion, SmallTalk
from actions.status import Change, Status

if TYPE_CHECKING:
    from actions.base import SchoolAction

ACTIONS: tuple[type[SchoolAction], ...] = (
    Hear,
    Protect,
    Boundary,
    Yes,
    No,
    PickDoor,
    GoOn,
    Stop,
    SmallTalk,
    Human,
    Status,
    Change,
    ValidateCancelForm,
    AskCancelConfirmed,
    CallOff,
    Delete,
    RequestDeletion,
    ValidateMeetingForm,
    AskWhen,
    AskMeetingConfirmed,
    BookMeeting,
    ValidateComplaintForm,
    AskComplaintConfirmed,
    OpenComplaint,
    ValidateCallBackForm,
    RequestCallBack,
    ValidateChangeForm,
    AskNewWhen,
    AskChangeConfirmed,
    MoveMeeting,
)
