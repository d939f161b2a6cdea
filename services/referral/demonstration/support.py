"""How the support of an invented family goes on: up, down, into risk support and out, and to its end (reference 11).

Specialist support cannot end in one step, so each such family steps down first.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from services.referral.demonstration.families import weighted
from services.referral.demonstration.sentences import Sentences
from services.referral.demonstration.triage import review_days
from services.referral.people.domain.support import Support
from services.referral.support.domain.tier import TierMove
from shared.contracts.vocabulary import FamilyAgreement, Level, TierMoveReason
from shared.demonstration.moments import at_work
from shared.kernel.clock import london_date

_AGREEMENT = {
    FamilyAgreement.AGREED: 88,
    FamilyAgreement.NOT_YET_TOLD: 6,
    FamilyAgreement.DISAGREED: 5,
    FamilyAgreement.UNSAFE_TO_TELL: 1,
}

_REASONS = {
    "step_up": TierMoveReason.NEED_INCREASED,
    "step_down": TierMoveReason.NEED_REDUCED,
    "capacity": TierMoveReason.CAPACITY_INTERIM,
    "capacity_over": TierMoveReason.NEED_INCREASED,
    "new_risk": TierMoveReason.NEW_RISK,
    "ready": TierMoveReason.ENGAGEMENT_READY,
    "resolved": TierMoveReason.RISK_RESOLVED,
}

END = "end"
"""The last turn, which is a discharge."""
ENDED = Support(Level.COMMUNITY, direct_work=False)


@dataclass(frozen=True)
class Turn:
    """One move: what it is called, how many days after the one before, and what the family gets then."""

    kind: str
    days: int
    to: Support


@dataclass(frozen=True)
class CourseOfSupport:
    """How support goes on from its beginning to its end, wherever that is in time."""

    moves: Sequence[tuple[datetime, TierMove]]
    ends_at: datetime


def course(chance: random.Random, sentences: Sentences, begins_at: datetime, support: Support) -> CourseOfSupport:
    """All moves, each with its moment, and the moment at which the work ends."""
    at, moves = begins_at, list[tuple[datetime, TierMove]]()
    for turn in turns(chance, support):
        at = at_work(chance, london_date(at) + timedelta(turn.days))
        if turn.kind != END:
            moves.append((at, a_move(chance, sentences, turn, london_date(at))))
    return CourseOfSupport(moves, at)


def turns(chance: random.Random, support: Support) -> Iterator[Turn]:
    """The story of one family's support."""
    if support.risk_support:
        yield Turn("ready", chance.randint(10, 50), replace(support, direct_work=True))
        support = replace(support, risk_support=False)
        yield Turn("resolved", chance.randint(21, 80), support)
    elif chance.random() < 0.03:
        risky = replace(support, risk_support=True, direct_work=chance.random() < 0.5)
        yield Turn("new_risk", chance.randint(14, 120), risky)
        yield Turn("resolved", chance.randint(42, 100), support)
    if support.level is not Level.SPECIALIST and chance.random() < 0.2:
        support = Support(Level.SPECIALIST)
        yield Turn("step_up", chance.randint(14, 80), support)
    if support.level is Level.SPECIALIST:
        yield from _specialist(chance)
    else:
        yield Turn(END, _weeks(chance, mean=15, spread=5), ENDED)


def a_move(chance: random.Random, sentences: Sentences, turn: Turn, today: date) -> TierMove:
    """The decision as the team lead records it, from today on."""
    kind, to = turn.kind, turn.to
    return TierMove(
        to=to,
        effective_from=today,
        reason=_REASONS[kind],
        family_agreement=weighted(chance, _AGREEMENT),
        review_on=None if to.level is Level.COMMUNITY else today + timedelta(review_days(to)),
        mdt_on=today if to.level is Level.SPECIALIST else None,
        note=sentences.a(kind, today),
    )


def _specialist(chance: random.Random) -> Iterator[Turn]:
    if chance.random() < 0.08:
        yield Turn("capacity", chance.randint(1, 10), Support(Level.TARGETED))
        yield Turn("capacity_over", chance.randint(40, 90), Support(Level.SPECIALIST))
    yield Turn("step_down", _weeks(chance, mean=30, spread=8), Support(weighted(chance, _DOWN_TO)))
    yield Turn(END, _weeks(chance, mean=9, spread=3), ENDED)


_DOWN_TO = {Level.TARGETED: 3, Level.UNIVERSAL: 1}


def _weeks(chance: random.Random, *, mean: float, spread: float) -> int:
    """In days; never under three weeks."""
    return int(7 * max(3.0, chance.gauss(mean, spread)))
