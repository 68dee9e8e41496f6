"""Lets hours agree with one another, and shares them between the days they were said of."""

from __future__ import annotations

from dataclasses import replace

from assistant.casework.times.asking import TIMES_DISAGREE
from assistant.casework.times.shapes import Days, Hours, Muddle, Segment, Weekday

DaysWithHours = tuple[list[Weekday | Days], list[Hours]]
_NOON = 12 * 60


def narrow(segment: Segment) -> Segment:
    """Let several hours of one segment agree: "in the afternoon, 3.30", "morning at 7"."""
    if len(segment.hours) <= 1:
        return segment
    current = segment.hours[0]
    for hours in segment.hours[1:]:
        current = _agree(current, hours)
    return replace(segment, hours=[current])


def _agree(one: Hours, other: Hours) -> Hours:
    for left in _readings(one):
        for right in _readings(other):
            start, end = max(left.start, right.start), min(left.end, right.end)
            if start < end or (left.exact and right.start <= left.start < right.end):
                return Hours(start, end, left.exact or right.exact)
            if not right.exact and left.exact and left.start == right.end:
                return left
    return _in_half(one, other)


def _in_half(one: Hours, other: Hours) -> Hours:
    """Read "7 in the morning" as 07:00, though the morning of a school begins at 08:00."""
    clock, part = (one, other) if one.exact else (other, one)
    for read in _readings(clock):
        if clock.loose and (read.start < _NOON) == (part.end <= _NOON):
            return read
    raise Muddle(TIMES_DISAGREE)


def _readings(hours: Hours) -> list[Hours]:
    return [hours, hours.shifted()] if hours.loose and hours.exact else [hours]


def share_hours(segments: list[Segment]) -> list[DaysWithHours]:
    """Give every segment with days its hours: its own, else those of a segment beside it."""
    owned = {place: list(one.hours) for place, one in enumerate(segments) if one.days and one.hours}
    if not owned:
        return _crossed(segments)
    with_days = {place: one.days for place, one in enumerate(segments) if one.days}
    pairs = {
        place: (days, owned[place] if place in owned else _lent(segments, place, owned))
        for place, days in with_days.items()
    }
    for place, one in enumerate(segments):
        if not one.days:
            _add_hours(pairs, one, place)
    return list(pairs.values())


def _crossed(segments: list[Segment]) -> list[DaysWithHours]:
    hours: list[Hours] = []
    for one in segments:
        _merge_hours(hours, one)
    days = [one.days for one in segments if one.days]
    return [(one, hours) for one in days] if days else [([], hours)] if hours else []


def _merge_hours(hours: list[Hours], segment: Segment) -> None:
    """Join alternatives; what follows "and" or a comma narrows where both are open."""
    for one in segment.hours:
        if segment.joiner == "comma" and hours and _is_told_again(hours[-1], one):
            continue
        both_open = hours and not one.exact and not hours[-1].exact
        overlap = both_open and max(one.start, hours[-1].start) < min(one.end, hours[-1].end)
        narrows = overlap and segment.joiner in ("and", "comma", "but")
        fits = hours and (_fits(hours[-1], one) or _fits(one, hours[-1]))
        if narrows or (segment.joiner == "comma" and fits):
            hours[-1] = _agree(hours[-1], one)
        else:
            hours.append(one)


def _is_told_again(limit: Hours, clock: Hours) -> bool:
    """Tell "from half past, 2.30", which says the start of the same stretch twice."""
    return limit.loose and not limit.exact and clock.exact and clock.start == limit.start


def _fits(one: Hours, other: Hours) -> bool:
    return any(one.start <= read.start < one.end for read in _readings(other)) and not one.exact


def _lent(segments: list[Segment], place: int, owned: dict[int, list[Hours]]) -> list[Hours]:
    """Borrow the hours of "Thursday" in "Thursday or Friday at 10 or 2": what is added, too."""
    after = next((at for at in owned if at > place), None)
    if after and not segments[after].hours_first and segments[place + 1].days:
        return owned[after]
    before = next((at for at in reversed(range(place)) if segments[at].hours), None)
    if before is None or not segments[before].hours_first:
        return []
    return owned.get(before, list(segments[before].hours))


def _add_hours(pairs: dict[int, DaysWithHours], segment: Segment, place: int) -> None:
    """Give hours that stand alone to the days said before them, else to the next ones."""
    before = [hours for at, (_, hours) in pairs.items() if at < place]
    if (
        len(before) > 1
        and segment.joiner == "comma"
        and all(_all_open(segment, one) for one in before)
    ):
        for hours in before:  # "tonight or tomorrow night, after 6" is after 6 on both
            _merge_hours(hours, segment)
        return
    owner = next((at for at in reversed(pairs) if at < place), None)
    _merge_hours(pairs[next(iter(pairs)) if owner is None else owner][1], segment)


def _all_open(segment: Segment, hours: list[Hours]) -> bool:
    """Tell whether each of the hours is a stretch that the segment's stretch cuts into."""
    pairs = [(one, other) for one in segment.hours for other in hours]
    return bool(pairs) and all(
        not one.exact and not other.exact and max(one.start, other.start) < min(one.end, other.end)
        for one, other in pairs
    )
