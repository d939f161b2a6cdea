"""All that a team does with one invented family, from the first contact to the discharge, each at its moment.

What lies in the future is made up too, so that a family is the same on whichever day the history ends.
"""

import random
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from services.referral.demonstration.endings import ended, ending
from services.referral.demonstration.facts import Facts
from services.referral.demonstration.families import weighted
from services.referral.demonstration.happening import Begun, Happening
from services.referral.demonstration.meetings import TOLD_AT_FIRST, Meeting, Meetings
from services.referral.demonstration.record_steps import LetterWritten
from services.referral.demonstration.scores import all_totals
from services.referral.demonstration.sentences import Sentences
from services.referral.demonstration.steps import (
    BornAfterReferral,
    Ended,
    Reviewed,
    RiskNoted,
    Step,
    TasksAnswered,
    Work,
)
from services.referral.demonstration.support import CourseOfSupport, course
from services.referral.demonstration.team import SHARES
from services.referral.demonstration.triage import review_days
from services.referral.demonstration.words import BABIES
from services.referral.intake.domain.referral_request import ReferralRequest
from services.referral.letters.domain.letter_kind import LetterKind
from services.referral.people.domain.people import Caregiver
from services.referral.people.domain.subject import Baby, Unborn
from services.referral.people.domain.support import Support
from shared.contracts.pathway_codes import EpisodeEnding, TaskKind
from shared.contracts.vocabulary import FamilyAgreement, Level, TierMoveReason, Urgency
from shared.demonstration.moments import at_work
from shared.kernel.clock import london_date

_MEDIAN_WAIT, _MEDIAN_WAIT_URGENT, _WAIT_SPREAD, _LONGEST_WAIT = 24, 5, 0.6, 160
_DAYS_BETWEEN = {Level.UNIVERSAL: 24, Level.TARGETED: 14, Level.SPECIALIST: 10}
_REVIEWED_IN_TIME = 0.82
_WRITES, _ISSUES = 0.5, 0.8
_LATER = "We will talk about this with you when we meet."
"""Where something is not known yet."""


@dataclass(frozen=True)
class WorkMade:
    """What happens to one family after it was accepted."""

    happenings: list[Happening]
    ends_at: datetime


def lead_of(chance: random.Random) -> int:
    """The place of whoever leads the work."""
    return weighted(chance, SHARES)


def without_sessions(happenings: list[Happening]) -> list[Happening]:
    """Moves, a birth and the end: neither a session nor what is measured in one."""
    kept = (BornAfterReferral, Ended)
    made: list[Happening] = []
    for one in happenings:
        if not isinstance(one.action, Work):
            made.append(one)
        elif steps := tuple(step for step in one.action.steps if isinstance(step, kept)):
            made.append(replace(one, action=replace(one.action, steps=steps)))
    return made


def family_work(chance: random.Random, begun: Begun, *, in_detail_from: date | None) -> WorkMade:
    """From the first contact to the discharge.

    Args:
        in_detail_from: sessions from that day on are there; None: the first and the last contact only.
    """
    support = begun.accepted.opening.support
    first_at, birth, scores = first_contact(chance, begun), birth_of(chance, begun), all_totals(chance)
    told = replace(facts_of(begun.request, birth), moods=scores["EPDS"])
    to_come = course(chance, Sentences(chance, told), first_at, support)
    moments = _without_birth(_moments(chance, first_at, to_come, support), birth)
    days = (london_date(moments[0]), london_date(moments[-1]))
    write = Sentences(chance, replace(told, works=days, risks=_risks(support, days[0], to_come)))
    how = ending(chance)
    meetings = Meetings(chance, begun, write, scores, how)
    if in_detail_from is None:
        works = meetings.in_short(moments[0], to_come.ends_at)
    else:
        works = [*meetings.in_full(_kept(moments, in_detail_from)), *_reviews(chance, begun, write, to_come)]
        works += _new_risks(chance, write, to_come)
        works += _letters(chance, begun, how, to_come.ends_at)
        works.append((to_come.ends_at, _discharge(chance, write, how, london_date(to_come.ends_at))))
    if birth:
        works.append((birth.told_at, Work((birth.step,))))
    happenings = [Happening(at, begun.name, move) for at, move in to_come.moves]
    happenings += [Happening(at, begun.name, work) for at, work in works]
    return WorkMade(sorted(happenings, key=lambda happening: happening.at), to_come.ends_at)


def _letters(
    chance: random.Random, begun: Begun, how: EpisodeEnding, ends_at: datetime
) -> Iterator[tuple[datetime, Work]]:
    """The first is written when the team has decided, the last when the work ends; some stay drafts."""
    if begun.request.consent is FamilyAgreement.UNSAFE_TO_TELL:
        return
    if chance.random() < _WRITES:
        gap = _LATER if chance.random() < _ISSUES else ""
        yield begun.accepted_at + timedelta(hours=1), Work((LetterWritten(LetterKind.FAMILY_ACCEPTED, gap),))
    if how is EpisodeEnding.COMPLETED and chance.random() < _WRITES:
        letter = LetterWritten(LetterKind.FAMILY_DISCHARGED, _LATER)
        yield ends_at + timedelta(hours=1), Work((letter,), by_team_lead=True)


def facts_of(request: ReferralRequest, birth: "BirthMade | None") -> Facts:
    """As they will be, with the birth that is to come."""
    facts = Facts.of(request)
    return facts.born(Baby(birth.step.name, birth.step.born_on)) if birth else facts


def _risks(support: Support, first_on: date, to_come: CourseOfSupport) -> list[tuple[date, date]]:
    """Times of risk support."""
    found, since = list[tuple[date, date]](), first_on if support.risk_support else None
    for at, move in to_come.moves:
        if move.to.risk_support:
            since = since or london_date(at)
        elif since:
            found.append((since, london_date(at)))
            since = None
    return [*found, (since, london_date(to_come.ends_at))] if since else found


def _without_birth(moments: list[datetime], birth: "BirthMade | None") -> list[datetime]:
    """Nobody visits between a birth and the day on which the team hears of it; the first meeting waits until then."""
    if birth is None:
        return moments
    known_from = birth.told_at + timedelta(1)
    free = [at for at in moments if not birth.step.born_on <= london_date(at) <= london_date(known_from)]
    return free or [at_work(random.Random(known_from.isoformat()), london_date(known_from))]  # noqa: S311 - invented


def _new_risks(chance: random.Random, write: Sentences, to_come: CourseOfSupport) -> Iterator[tuple[datetime, Work]]:
    """What a practitioner wrote down on the day, and the answer of the same day."""
    for at, move in to_come.moves:
        if move.reason is TierMoveReason.NEW_RISK:
            on = london_date(at)
            words = (write.a(kind, on) for kind in ("risk_concern", "risk_action", "risk_told"))
            yield at - timedelta(minutes=30), Work((RiskNoted(*words),))
            answered = TasksAnswered(write.a("risk_answer", on), TaskKind.RISK_NOTE)
            yield at + timedelta(minutes=chance.randint(30, 90)), Work((answered,))


def days_between(support: Support) -> int:
    """Two sessions."""
    return _DAYS_BETWEEN[support.level]


def first_contact(chance: random.Random, begun: Begun) -> datetime:
    """After a wait that is lognormal from the day of the referral; never before the day after the decision."""
    median = _MEDIAN_WAIT_URGENT if begun.accepted.urgency is Urgency.URGENT else _MEDIAN_WAIT
    days = min(_LONGEST_WAIT, round(median * chance.lognormvariate(0, _WAIT_SPREAD)))
    day = max(london_date(begun.received_at) + timedelta(days), london_date(begun.accepted_at) + timedelta(1))
    return at_work(chance, day)


def _moments(chance: random.Random, first_at: datetime, to_come: CourseOfSupport, support: Support) -> list[datetime]:
    """Of the sessions that are offered, nearer to one another the higher the level is."""
    moments, moves = [first_at], deque(to_come.moves)
    while True:
        days = days_between(support)
        at = at_work(chance, london_date(moments[-1]) + timedelta(days + chance.randint(-3, 3)))
        if at >= to_come.ends_at - timedelta(2):
            return moments
        while moves and moves[0][0] <= at:
            support = moves.popleft()[1].to
        moments.append(at)


def _kept(moments: list[datetime], since: date) -> list[Meeting]:
    """The first three, in which it is decided what is done, and the newer ones; the last one is marked."""
    last = len(moments) - 1
    return [
        Meeting(at, is_last=place == last)
        for place, at in enumerate(moments)
        if place < TOLD_AT_FIRST or place == last or london_date(at) >= since
    ]


@dataclass(frozen=True)
class BirthMade:
    """When the family or the midwife tells of it, some days later, and what is recorded then."""

    told_at: datetime
    step: BornAfterReferral


def birth_of(chance: random.Random, begun: Begun) -> BirthMade | None:
    """Of a baby who was not born at the referral."""
    subject, caregiver = begun.request.subject, begun.request.caregiver
    if not isinstance(subject, Unborn):
        return None
    other = begun.request.other_caregiver
    surname = (other if isinstance(other, Caregiver) and chance.random() < 0.4 else caregiver).name.split()[-1]
    born_on = subject.due_on + timedelta(round(min(max(chance.gauss(-4, 9), -45), 12)))
    born_on = max(born_on, london_date(begun.received_at))
    told_on = max(born_on + timedelta(chance.randint(1, 8)), london_date(begun.accepted_at) + timedelta(1))
    return BirthMade(at_work(chance, told_on), BornAfterReferral(f"{chance.choice(BABIES)} {surname}", born_on))


def _reviews(
    chance: random.Random, begun: Begun, write: Sentences, to_come: CourseOfSupport
) -> Iterator[tuple[datetime, Work]]:
    """When they are due, or a few days before; 18 of 100 are late. A move sets a new date."""
    opening = begun.accepted.opening
    due_on, support, moves = opening.review_on, opening.support, deque(to_come.moves)
    while True:
        early, late = chance.randint(0, 6), chance.randint(3, 45)
        held_at = at_work(chance, due_on - timedelta(early if chance.random() < _REVIEWED_IN_TIME else -late))
        if moves and moves[0][0] <= held_at:
            move = moves.popleft()[1]
            due_on, support = move.review_on or due_on, move.to
            continue
        if held_at >= to_come.ends_at - timedelta(7):
            return
        on = london_date(held_at)
        due_on = on + timedelta(review_days(support))
        decision = "risk_decision" if write.facts.is_at_risk(on) else "decision"
        words = (write.a("voice", on), write.a("family_view", on), write.a(decision, on))
        yield held_at, Work((Reviewed(*words, due_on),))


def _discharge(chance: random.Random, write: Sentences, how: EpisodeEnding, on: date) -> Work:
    steps: tuple[Step, ...] = (TasksAnswered(write.a("task_answer", on)), ended(chance, write, how, on))
    return Work(steps, by_team_lead=True)
