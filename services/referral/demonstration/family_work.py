"""All that a team does with one invented family, from the first contact to the discharge, each at its moment.

What lies in the future is made up too, so that a family is the same on whichever day the history ends.
"""

import random
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from services.referral.demonstration.endings import ended, ending
from services.referral.demonstration.families import weighted
from services.referral.demonstration.happening import Begun, Happening
from services.referral.demonstration.meetings import Meeting, Meetings
from services.referral.demonstration.sentences import Sentences
from services.referral.demonstration.steps import BornAfterReferral, Ended, Reviewed, Step, TasksAnswered, Work
from services.referral.demonstration.support import CourseOfSupport, course
from services.referral.demonstration.team import SHARES
from services.referral.demonstration.triage import review_days
from services.referral.demonstration.words import BABIES
from services.referral.people.domain.people import Caregiver
from services.referral.people.domain.subject import Unborn
from services.referral.people.domain.support import Support
from shared.contracts.pathway_codes import EpisodeEnding
from shared.contracts.vocabulary import Level, Urgency
from shared.demonstration.moments import at_work
from shared.kernel.clock import london_date

_MEDIAN_WAIT, _MEDIAN_WAIT_URGENT, _WAIT_SPREAD, _LONGEST_WAIT = 24, 5, 0.6, 160
_DAYS_BETWEEN = {Level.UNIVERSAL: 24, Level.TARGETED: 14, Level.SPECIALIST: 10}
_REVIEWED_IN_TIME = 0.82


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
    """All steps.

    Args:
        in_detail_from: sessions from that day on, besides the first ones; None: only what regional figures show of
            work that ended long ago.
    """
    first_at = _first_contact(chance, begun)
    support = begun.accepted.opening.support
    to_come = course(chance, first_at, support)
    how = ending(chance)
    sentences = Sentences.about(chance, begun.request)
    birth = _birth(chance, begun)
    happenings = [Happening(at, begun.name, move) for at, move in to_come.moves]
    meetings = Meetings(chance, begun, sentences, birth[1] if birth else None, how)
    moments = _moments(chance, first_at, to_come, support)
    if in_detail_from is None:
        works = meetings.in_short(moments[0], to_come.ends_at)
    else:
        works = [*meetings.in_full(_kept(moments, in_detail_from)), *_reviews(chance, begun, sentences, to_come)]
        works.append((to_come.ends_at, _discharge(chance, sentences, how, london_date(to_come.ends_at))))
    if birth:
        works.append((birth[0], Work((birth[1],))))
    happenings += [Happening(at, begun.name, work) for at, work in works]
    return WorkMade(sorted(happenings, key=lambda happening: happening.at), to_come.ends_at)


def _first_contact(chance: random.Random, begun: Begun) -> datetime:
    """After a wait that is lognormal from the day of the referral; never before the day after the decision."""
    median = _MEDIAN_WAIT_URGENT if begun.accepted.urgency is Urgency.URGENT else _MEDIAN_WAIT
    days = min(_LONGEST_WAIT, round(median * chance.lognormvariate(0, _WAIT_SPREAD)))
    day = max(london_date(begun.received_at) + timedelta(days), london_date(begun.accepted_at) + timedelta(1))
    return at_work(chance, day)


def _moments(chance: random.Random, first_at: datetime, to_come: CourseOfSupport, support: Support) -> list[datetime]:
    """Of the sessions that are offered, nearer to one another the higher the level is."""
    moments, moves = [first_at], deque(to_come.moves)
    while True:
        days = _DAYS_BETWEEN[support.level]
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
        if place < 3 or place == last or london_date(at) >= since
    ]


def _birth(chance: random.Random, begun: Begun) -> tuple[datetime, BornAfterReferral] | None:
    """Recorded some days later, when the family or the midwife tells."""
    subject, caregiver = begun.request.subject, begun.request.caregiver
    if not isinstance(subject, Unborn):
        return None
    other = begun.request.other_caregiver
    surname = (other if isinstance(other, Caregiver) and chance.random() < 0.4 else caregiver).name.split()[-1]
    born_on = subject.due_on + timedelta(round(min(max(chance.gauss(-4, 9), -45), 12)))
    born_on = max(born_on, london_date(begun.received_at))
    told_on = max(born_on + timedelta(chance.randint(1, 8)), london_date(begun.accepted_at) + timedelta(1))
    return at_work(chance, told_on), BornAfterReferral(f"{chance.choice(BABIES)} {surname}", born_on)


def _reviews(
    chance: random.Random, begun: Begun, sentences: Sentences, to_come: CourseOfSupport
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
        due_on = london_date(held_at) + timedelta(review_days(support))
        words = (sentences.a("infant_voice"), sentences.a("family_views"), sentences.a("decisions"))
        yield held_at, Work((Reviewed(*words, due_on),))


def _discharge(chance: random.Random, sentences: Sentences, how: EpisodeEnding, on: date) -> Work:
    steps: tuple[Step, ...] = (TasksAnswered(sentences.a("task_answers")), ended(chance, sentences, how, on))
    return Work(steps, by_team_lead=True)
