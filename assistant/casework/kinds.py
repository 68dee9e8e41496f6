"""Kinds and states, each with the form that is stored and the form that a person reads."""

from __future__ import annotations

from enum import Enum, StrEnum
from typing import Self


class Labelled(Enum):
    """An enum of ``(stored value, label)`` pairs; compares and looks up by the stored value."""

    label: str

    # The label has a default only so that type checkers accept a look-up by the stored value.
    def __new__(cls, stored: str, label: str = "") -> Self:
        """Make the member that is stored as ``stored``."""
        member = object.__new__(cls)
        member._value_ = stored
        member.label = label
        return member

    __hash__ = object.__hash__  # of Enum's own, written in Python, a search for slots pays dearly


class Channel(StrEnum):
    """The channel codes: where a parent is steered. A public contract."""

    STAFF = "staff"
    HEADTEACHER = "headteacher"
    GOVERNORS = "governors"
    COMPLAINT = "complaint"
    SAFEGUARDING = "safeguarding"
    EMERGENCY = "emergency"
    STATUTORY = "statutory"
    WELLBEING = "wellbeing"
    POLICY = "policy"
    SERVICE = "service"
    MODERATION = "moderation"
    ASK = "ask"
    SMALLTALK = "smalltalk"
    OUT_OF_SCOPE = "out_of_scope"


class Role(Labelled):
    """What a person does at the school; decides what they may host and handle."""

    TEACHER = "teacher", "class teacher"
    TUTOR = "tutor", "form tutor"
    TEACHING_ASSISTANT = "ta", "teaching assistant"
    PASTORAL = "pastoral", "pastoral lead"
    PHASE_LEADER = "phase_leader", "phase leader"
    HEAD_OF_YEAR = "head_of_year", "head of year"
    HEAD_OF_DEPARTMENT = "head_of_department", "head of department"
    SENCO = "senco", "SENCO"
    OFFICE = "office", "school office"
    BUSINESS_MANAGER = "business_manager", "school business manager"
    HEADS_PA = "heads_pa", "headteacher's PA"
    DEPUTY = "deputy", "deputy headteacher"
    HEADTEACHER = "headteacher", "headteacher"
    EXECUTIVE_HEAD = "executive_head", "executive headteacher"
    SAFEGUARDING_LEAD = "dsl", "designated safeguarding lead"
    DEPUTY_SAFEGUARDING_LEAD = "ddsl", "deputy safeguarding lead"
    GOVERNOR = "governor", "governor"
    VICE_CHAIR = "vice_chair", "vice-chair of governors"
    CHAIR = "chair", "chair of governors"
    CLERK = "clerk", "clerk to governors"
    DATA_PROTECTION_OFFICER = "dpo", "data protection officer"


class CaseKind(Labelled):
    """What a case on the desk is. The parent chooses it; nothing downgrades it."""

    FEEDBACK = "feedback", "Feedback"
    CONCERN = "concern", "Concern"
    COMPLAINT = "complaint", "Complaint"
    DATA_PROTECTION = "data_protection", "Data protection request"
    DATA_COMPLAINT = "data_complaint", "Data protection complaint"
    SOCIAL_MEDIA = "social_media", "Social media follow-up"
    CALL_BACK = "call_back", "Call-back request"


class DataWish(Labelled):
    """What somebody wants to be done with personal data."""

    COPY = "copy", "A copy of what the school holds about me or my child"
    CORRECT = "correct", "A mistake put right"
    ERASE = "erase", "Something deleted"
    COMPLAIN = "complain", "To complain about how the school handled personal data"

    @property
    def kind(self) -> CaseKind:
        """The kind of case that it opens: a complaint has a clock of its own."""
        return CaseKind.DATA_COMPLAINT if self is DataWish.COMPLAIN else CaseKind.DATA_PROTECTION


OF_THE_SCHOOL = frozenset({CaseKind.SOCIAL_MEDIA})
"""Kinds that the school begins itself: their words are not the parent's, nor theirs to withdraw."""


class CaseStatus(Labelled):
    """Where a case has got to."""

    RECEIVED = "received", "Received"
    ACKNOWLEDGED = "acknowledged", "Acknowledged"
    INVESTIGATING = "investigating", "Being looked into"
    PAUSED = "paused", "Paused"
    OUTCOME_SENT = "outcome_sent", "Outcome sent"
    ESCALATED = "escalated", "Taken to the next stage"
    CLOSED = "closed", "Closed"
    WITHDRAWN = "withdrawn", "Withdrawn by the parent"
    REDIRECTED = "redirected", "Sent to another route"
    DIVERTED = "diverted", "Passed to safeguarding"


class CaseWay(Labelled):
    """How a case that staff take down came in."""

    PHONE = "phone", "By phone"
    LETTER = "letter", "By letter or e-mail"
    WALK_IN = "walk_in", "The parent came in"
    ANOTHER_CASE = "another_case", "From another case"


FROM_A_PARENT = tuple(way for way in CaseWay if way is not CaseWay.ANOTHER_CASE)
"""How a parent can tell staff of something."""


class Lateness(Labelled):
    """What a person decided about a matter that was brought long after it happened."""

    ACCEPTED = "accepted", "Looked into all the same"
    DECLINED = "declined", "Not looked into, as it is too long ago"


class MeetingStatus(Labelled):
    """Where a meeting has got to."""

    BOOKED = "booked", "Booked"
    CANCELLED = "cancelled", "Cancelled"
    ATTENDED = "attended", "Took place"
    NOT_ATTENDED = "not_attended", "Parent did not come"
    PHONED = "phoned", "Phoned instead"


class MeetingMode(Labelled):
    """How people meet."""

    IN_PERSON = "in_person", "in person"
    PHONE = "phone", "by phone"
    VIDEO = "video", "by video call"


class TimeOfferKind(Labelled):
    """Why a parent is offered another time for their meeting."""

    EARLIER = "earlier", "An earlier time has come free"
    PROPOSED = "proposed", "The school asks whether another time would suit"


class TimeOfferState(Labelled):
    """What became of another time that was offered."""

    OPEN = "open", "Waits for the parent"
    ACCEPTED = "accepted", "The parent took it"
    DECLINED = "declined", "The parent kept their time"
    EXPIRED = "expired", "Not answered in time"
    WITHDRAWN = "withdrawn", "Taken back"


class AlertKind(Labelled):
    """Why an alert goes to the safeguarding leads."""

    SAFEGUARDING = "safeguarding", "A child may be at risk"
    EMERGENCY = "emergency", "Danger now"
    WELLBEING = "wellbeing", "A parent in crisis"
    THREAT = "threat", "A threat to a person"


class ClockType(Labelled):
    """Which days a deadline counts."""

    SCHOOL_DAYS = "school_days", "school days"
    WORKING_DAYS = "working_days", "working days"
    CALENDAR_DAYS = "calendar_days", "calendar days"
