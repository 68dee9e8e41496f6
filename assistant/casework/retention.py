"""How long a record is kept, and the sum that explains the date.

The kinds and years follow the records-management toolkit that English schools share (IRMS); the
numbers are the school's, to be confirmed by its data protection officer (UK GDPR, Article 5(1)(e)).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.casework.deadlines import months_after
from assistant.casework.kinds import CaseKind, Labelled
from assistant.casework.wording import say_date

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

YEAR_END = 8, 31
"""Month and day on which a school year ends (Education Act 1996, section 579)."""
MONTHS = 12


class Matter(Labelled):
    """What makes a case be kept longer than its kind is."""

    ORDINARY = "ordinary", "Nothing out of the ordinary"
    NEGLIGENCE = "negligence", "Somebody may have been harmed by negligence"
    SAFEGUARDING = "safeguarding", "It is about a child’s safety"


@dataclass(frozen=True)
class RetentionRules:
    """Days and years for each kind of record; a ``concern`` stands for every smaller kind of case.

    Chats count from their last message; meetings and concerns from the end of the school year in
    which they took place or were finished; all others from the day on which they were finished,
    a follow-up of a post not before what it closed to the parent is open again. Restrictions of
    visits count from their end, e-mails that belong to no record from the day they were sent. A
    message to the safeguarding leads is never removed by its time: ``alert_years`` after it was
    closed the leads are asked whether the child's file has it.
    """

    chat_days: int = 7
    sign_in_days: int = 90
    feed_days: int = 30
    mail_days: int = 90
    meeting_years: int = 1
    concern_years: int = 1
    follow_up_years: int = 1
    restriction_years: int = 1
    complaint_years: int = 6
    negligence_years: int = 15
    safeguarding_years: int = 40
    alert_years: int = 1

    @property
    def fewest_years(self) -> int:
        """Fewer than this many years after it came no case and no meeting is removed."""
        return min(
            self.meeting_years, self.concern_years, self.follow_up_years, self.complaint_years
        )

    def problems(self) -> Iterator[tuple[str, str]]:
        """Yield each mistake: where it is in the school file, and the rest of the sentence."""
        for name, (least, most) in LIMITS.items():
            if not least <= getattr(self, name) <= most:
                yield f"retention, {name}", f"it must be from {least} to {most}."
        if not self.complaint_years <= self.negligence_years <= self.safeguarding_years:
            order = "complaint_years, negligence_years and safeguarding_years must not decrease."
            yield "retention", order


USUAL = RetentionRules()
"""What holds where a school file says nothing."""

LIMITS = {
    "chat_days": (1, 7),
    "sign_in_days": (7, 730),
    "feed_days": (1, 730),
    "mail_days": (7, 730),
    "meeting_years": (1, 25),
    "concern_years": (1, 25),
    "follow_up_years": (1, 25),
    "restriction_years": (1, 25),
    "complaint_years": (6, 100),
    "negligence_years": (6, 100),
    "safeguarding_years": (6, 100),
    "alert_years": (1, 100),
}

GO_BY_THEMSELVES = frozenset({CaseKind.FEEDBACK, CaseKind.CONCERN, CaseKind.CALL_BACK})
"""The smaller kinds. Every other case waits for a person, who looks at it once more."""


@dataclass(frozen=True)
class RecordFacts:
    """A case, or a meeting if ``kind`` is None; ``ended_on`` is None as long as it is open.

    ``restricted_until`` is the last day on which something was closed to its parent.
    """

    kind: CaseKind | None
    ended_on: date | None
    matter: Matter = Matter.ORDINARY
    restricted_until: date | None = None


@dataclass(frozen=True)
class Keeping:
    """The last day on which the record is kept, None while it is open, and why it is that day.

    ``asks`` tells that a person decides then; else the record goes by itself.
    """

    until: date | None
    sum: str
    asks: bool

    def is_over(self, today: date) -> bool:
        """Tell whether the record is kept longer than it should be."""
        return self.until is not None and today > self.until


def keep_until(facts: RecordFacts, rules: RetentionRules) -> Keeping:
    """Return until when a record is kept, and the sum."""
    asks = _asks(facts)
    if facts.ended_on is None:
        return Keeping(None, "It is open. The time begins when it is finished.", asks)
    by_school_year = facts.kind is None or not asks
    ended = max(filter(None, (facts.ended_on, facts.restricted_until)))
    start = school_year_end(ended) if by_school_year else ended
    years = _years(facts, rules)
    until = months_after(start, MONTHS * years)
    sentences = [
        f"{'It was' if facts.kind is None else 'Finished'} on {say_date(facts.ended_on)}.",
        "" if ended == facts.ended_on else f"A restriction ran until {say_date(ended)}.",
        f"That school year ends on {say_date(start)}." if by_school_year else "",
        "" if facts.matter is Matter.ORDINARY else f"{facts.matter.label}.",
        f"Kept for {say_years(years)} after that, until {say_date(until)}.",
        "Then a person decides." if asks else "Then it is removed.",
    ]
    return Keeping(until, " ".join(filter(None, sentences)), asks)


def school_year_end(day: date) -> date:
    """Return the last day of the school year in which ``day`` lies."""
    end = day.replace(month=YEAR_END[0], day=YEAR_END[1])
    return end if day <= end else end.replace(year=day.year + 1)


def say_years(years: int) -> str:
    """Return ``1 year`` or ``6 years``."""
    return f"{years} year{'' if years == 1 else 's'}"


def in_words(rules: RetentionRules) -> tuple[tuple[str, str], ...]:
    """Return what is kept and how long, as a parent reads it."""
    days = f"{rules.chat_days} day{'' if rules.chat_days == 1 else 's'}"
    kinds = ("meeting", "concern", "complaint", "safeguarding", "follow_up", "restriction")
    years = [say_years(getattr(rules, f"{kind}_years")) for kind in kinds]
    meeting, small, complaint, safety, follow_up, restriction = years
    year_end = "after the end of the school year"
    return (
        ("A chat", f"{days} after its last message"),
        ("A meeting that was not part of a complaint", f"{meeting} {year_end}"),
        ("Feedback or a concern", f"{small} {year_end}"),
        ("A follow-up of a post", f"{follow_up} after it was finished, then a person decides"),
        ("A note that somebody may not come in", f"{restriction} after it ended"),
        ("A complaint", f"{complaint} after it was finished, then a person decides"),
        ("A complaint about a child’s safety", f"{safety} after it was finished"),
        (
            "A message to the safeguarding lead",
            "until a lead decides; the child protection file goes with the child",
        ),
        ("An e-mail that belongs to none of these", f"{rules.mail_days} days after it was sent"),
    )


def _asks(facts: RecordFacts) -> bool:
    small = facts.kind is None or facts.kind in GO_BY_THEMSELVES
    return not small or facts.matter is not Matter.ORDINARY


def _years(facts: RecordFacts, rules: RetentionRules) -> int:
    longer = {
        Matter.NEGLIGENCE: rules.negligence_years,
        Matter.SAFEGUARDING: rules.safeguarding_years,
    }
    if facts.matter in longer:
        return longer[facts.matter]
    if facts.kind is None:
        return rules.meeting_years
    if facts.kind is CaseKind.SOCIAL_MEDIA:
        return rules.follow_up_years
    return rules.concern_years if facts.kind in GO_BY_THEMSELVES else rules.complaint_years
