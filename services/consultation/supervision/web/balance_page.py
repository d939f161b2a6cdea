"""What the page of somebody's supervision says: how they stand, what is needed by when, what is booked and given."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from uuid import UUID

from markupsafe import Markup

from services.consultation.supervision.domain.supervision_access import sees_session
from services.consultation.supervision.domain.supervision_agreement import OUTSIDE, Leave, Terms
from services.consultation.supervision.domain.supervision_balance import (
    SESSION_MINUTES,
    WINDOW_DAYS,
    Balance,
    Fall,
    next_fall,
)
from services.consultation.supervision.domain.supervision_session import SessionState, SupervisionSession
from services.consultation.supervision.queries.session_list import supervisor_name
from services.consultation.supervision.queries.supervision_records import SupervisionRecord
from services.consultation.supervision.web.balance_curve import BalanceCurve
from services.consultation.supervision.web.balance_words import clock_hours, needed_words, spoken, then_words
from shared.contracts.supervision import SupervisionKind
from shared.kernel.actor import Actor
from shared.web.day_words import day

MOST_GIVEN = 6
_PERIOD_DAYS = 28


@dataclass(frozen=True)
class BookedLine:
    """A session that is to come, and what it brings."""

    session: SupervisionSession
    supervisor: str
    then: str
    is_open: bool
    """The reader may open it."""


@dataclass(frozen=True)
class PastLine:
    """A session, or leave, of the last 84 days."""

    first: date
    last: date | None
    """Of leave that lasts."""
    what: str
    note: str
    minutes: int | None
    """As they count; None of leave."""
    href: str
    """Empty where it is not the reader's to open."""


@dataclass(frozen=True)
class BalanceShown:
    heading: str
    tone: str
    """Class of the box: `alarm`, or nothing."""
    balance: Balance
    fall: Fall | None
    """If no more is given."""
    curve: BalanceCurve
    booked: Sequence[BookedLine]
    unsaid: Sequence[BookedLine]
    """Planned, and its time is over: what became of it?"""
    next_needed: Fall | None
    """After all that is booked."""
    past: Sequence[PastLine]
    terms: str

    @property
    def sentence(self) -> Markup:
        """What must be had by when, and why then; of a page that is being made."""
        balance, fall = self.balance, self.fall
        if not balance.owed:
            return Markup("No supervision was due in the last 84 days.")
        needed = needed_words(-balance.minutes) if balance.is_behind else "an hour"
        fine = "" if balance.is_behind or balance.minutes >= 0 else "Less than an hour missing is fine. "
        if fall is not None:
            return Markup("{}Have <b>{} by {}</b>. {}").format(fine, needed, day(fall.by), _why(fall))
        soon = Markup("Have <b>{} as soon as you can</b>.").format(needed)
        return soon if balance.is_behind else Markup("{}").format(fine)


def balance_shown(record: SupervisionRecord, names: Mapping[UUID, str], reader: Actor) -> BalanceShown:
    balance, curve = record.balance, BalanceCurve(record)
    fall = next_fall(record.ledger(), record.today)
    return BalanceShown(
        _heading(balance),
        "alarm" if balance.is_behind else "",
        balance,
        fall,
        curve,
        [_booked(one, curve, names, reader) for one in record.booked],
        [BookedLine(one, supervisor_name(one, names), "", sees_session(reader, one)) for one in record.unsaid],
        _after_all_that_is_booked(record, curve),
        sorted(_past(record, names, reader), key=lambda line: line.first, reverse=True)[:MOST_GIVEN],
        terms_words(record, names),
    )


def terms_words(record: SupervisionRecord, names: Mapping[UUID, str]) -> str:
    """`full time, over 3 years: 2 h 00 in 28 days · with Helen Marsh`."""
    terms = record.terms
    if terms is None:
        return "Nothing is agreed from today on"
    rule, year = record.rules.on(record.today), record.whose.year_on(record.today)
    minutes = rule.new_minutes if year else rule.experienced_minutes
    in_year = f"in year {year}" if year else "over 3 years"
    supervisor = names.get(terms.supervisor_id, "a colleague") if terms.supervisor_id else OUTSIDE.lower()
    asked = clock_hours(Fraction(minutes * terms.share))
    return f"{share_words(terms)}, {in_year}: {asked} in {_PERIOD_DAYS} days · with {supervisor}"


def share_words(terms: Terms) -> str:
    return "full time" if terms.share == 1 else f"{terms.share.normalize():f}"


def _heading(balance: Balance) -> str:
    if not balance.owed:
        return "Nothing is owed"
    minutes = balance.minutes
    if minutes < 0:
        return f"{spoken(-minutes)} behind"
    return f"{spoken(minutes)} ahead" if minutes else "Level"


def _why(fall: Fall) -> Markup:
    if fall.gone:
        had = "the hour" if fall.gone == SESSION_MINUTES else f"the {spoken(fall.gone)}"
        when, since = day(fall.on), day(fall.gone_from)
        return Markup("On {} {} of {} is 84 days old and no longer counts.").format(when, had, since)
    return Markup("From {} on, with no more, {} would be missing.").format(day(fall.on), spoken(-fall.minutes))


def _booked(session: SupervisionSession, curve: BalanceCurve, names: Mapping[UUID, str], reader: Actor) -> BookedLine:
    on = session.meeting.on
    then = ""
    if on <= curve.today + timedelta(WINDOW_DAYS):
        before, after = (curve.by_booked.balance_on(one).minutes for one in (on - timedelta(1), on))
        stays = "Still" if before == after else "Then"
        then = f"{stays} {then_words(after)}"
    return BookedLine(session, supervisor_name(session, names), then, sees_session(reader, session))


def _after_all_that_is_booked(record: SupervisionRecord, curve: BalanceCurve) -> Fall | None:
    if record.terms is None:
        return None
    end = curve.today + timedelta(WINDOW_DAYS)
    last = min(max([curve.today, *(one.meeting.on for one in record.booked)]), end)
    return next_fall(curve.by_booked, last, within=(end - last).days)


def _past(record: SupervisionRecord, names: Mapping[UUID, str], reader: Actor) -> Iterator[PastLine]:
    first = record.today - timedelta(WINDOW_DAYS - 1)
    counting = [one for one in record.sessions if one.state is SessionState.HELD and one.meeting.on >= first]
    for session in record.sessions:
        if session.meeting.on >= first and session.state is not SessionState.PLANNED:
            is_oldest = bool(counting) and session is counting[0]
            line = _session_line(record, session, names, is_oldest=is_oldest)
            yield line if sees_session(reader, session) else replace(line, href="")
    for leave in record.leaves:
        if leave.first_on <= record.today and (leave.last_on is None or leave.last_on >= first):
            yield _leave_line(leave)


def _session_line(
    record: SupervisionRecord, session: SupervisionSession, names: Mapping[UUID, str], *, is_oldest: bool
) -> PastLine:
    meeting, supervisor = session.meeting, supervisor_name(session, names)
    is_one_to_one = meeting.kind is SupervisionKind.ONE_TO_ONE
    what = supervisor if is_one_to_one else f"{_of_several(session)}{f', {supervisor}' if supervisor else ''}"
    is_held = session.state is SessionState.HELD
    minutes = round(record.given_in(session).minutes) if is_held else 0
    notes = list(_notes(record, session, minutes))
    if is_oldest:
        notes.append(f"Counts until {_short(meeting.on + timedelta(WINDOW_DAYS - 1))}")
    return PastLine(meeting.on, None, what, " · ".join(notes), minutes, f"/supervision/sessions/{session.id}")


def _of_several(session: SupervisionSession) -> str:
    several = len(session.meeting.supervisees)
    return f"{several} peers" if session.meeting.kind.is_among_peers else f"Group of {several}"


def _notes(record: SupervisionRecord, session: SupervisionSession, minutes: int) -> Iterator[str]:
    own = session.own[record.supervisee_id]
    if session.cancelled_by is not None:
        yield f"Cancelled by {session.cancelled_by.inside}"
    elif own < session.meeting.minutes:
        yield "Left early"
    elif session.meeting.kind is not SupervisionKind.ONE_TO_ONE:
        yield "Counts whole" if minutes == own else f"{own} min, shared"


def _leave_line(leave: Leave) -> PastLine:
    days = leave.days.days
    lasts = "Until it is known" if days is None else f"{days} day{'' if days == 1 else 's'}"
    note = f"{lasts}, {'nothing owed' if leave.days.is_long else 'counts as work'}"
    return PastLine(
        leave.first_on, leave.last_on or leave.first_on, "On leave", note, None, f"/supervision/leave/{leave.id}"
    )


def _short(one: date) -> str:
    return f"{one.day} {one:%b}"
