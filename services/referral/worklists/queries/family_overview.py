"""Where does the work with one family stand? Its goals, plan and waits, as one glance takes them in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from services.referral.letters.domain.letter_kind import Audience, LetterKind
from services.referral.letters.domain.written_letter import checklist
from services.referral.staff.database.record_access import check_episode
from services.referral.staff.queries.asking import Asking
from services.referral.support.domain.goal import RELIABLE_CHANGE
from services.referral.support.domain.phase import Milestones, Phase, phase_of
from services.referral.support.queries.wait_columns import history_of
from services.referral.team.domain.missing_step import MissingStep, missing_step
from services.referral.team.domain.wait_clock import Wait, WaitState, next_breach, read_clocks
from services.referral.worklists.queries.overview_statement import OVERVIEW
from shared.contracts.intervention import Intervention
from shared.contracts.pathway_codes import ConsentScope, WaitClock
from shared.contracts.vocabulary import SourceGroup
from shared.database.mapping import read_row
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class GoalAtAGlance:
    """An open goal, in the family's words."""

    goal_id: UUID
    words: str
    ratings: Sequence[int]
    """The oldest first."""
    rated_on: date
    """The last time."""

    @property
    def is_reliable(self) -> bool:
        return abs(self.ratings[-1] - self.ratings[0]) >= RELIABLE_CHANGE


@dataclass(frozen=True)
class StrandAtAGlance:
    """An intervention that goes on."""

    intervention: Intervention
    planned: int
    held: int


@dataclass(frozen=True)
class FamilyOverview:
    """The work with one family today, as a fold over its record."""

    phase: Phase
    waits: Sequence[Wait]
    """Every clock, in the order in which a family meets them."""
    next_breach: Wait | None
    """The running clock whose target is over first."""
    missing: Mapping[WaitClock, MissingStep]
    """Of each that runs: what it waits for."""
    received_at: datetime
    """UTC."""
    referrer_name: str
    source_group: SourceGroup
    first_contact_on: date | None
    last_contact_on: date | None
    assessed_on: date | None
    plan_agreed_on: date | None
    agreed_with: str | None
    waiting_well_on: date | None
    """When someone calls to ask how they are; None once they were met."""
    lacks_start: bool
    """They were met, and there is neither a measure from the start nor a reason for none."""
    infant_voice: str | None
    """What this baby is telling us, of the newest formulation."""
    formulated_on: date | None
    ended_on: date | None
    goals: Sequence[GoalAtAGlance]
    strands: Sequence[StrandAtAGlance]
    consents: Sequence[ConsentScope]
    to_write: Sequence[LetterKind]
    """Letters that this point of the pathway asks for and nobody has begun."""


async def family_overview(work: UnitOfWork, episode_id: UUID, asking: Asking, *, is_silent: bool) -> FamilyOverview:
    """One statement.

    Args:
        is_silent: messages to the family are stopped, so nobody is asked to write to them.
    """
    await check_episode(work, episode_id)
    row = (await work.session.execute(OVERVIEW, {"overview_of": episode_id, **asking.known})).one()
    history, has_ended = history_of(row), row.ended_on is not None
    waits = read_clocks(history, asking.today, asking.rules.waits)
    running = [wait.clock for wait in waits if wait.state is WaitState.RUNNING]
    missing = {clock: step for clock in running if (step := missing_step(history, asking.rules.waits[clock]))}
    return read_row(
        FamilyOverview,
        row,
        phase=phase_of(read_row(Milestones, row), asking.today),
        waits=waits,
        next_breach=next_breach(waits),
        missing=missing,
        waiting_well_on=row.waiting_well_on if row.first_contact_on is None else None,
        lacks_start=row.lacks_start and not has_ended,
        goals=[_goal(*one) for one in row.goals or ()],
        strands=[StrandAtAGlance(Intervention(name), planned, held) for name, planned, held in row.strands or ()],
        consents=[ConsentScope(one) for one in row.consents or ()],
        to_write=_to_write(
            set(row.begun or ()),
            is_self=row.source_group == SourceGroup.SELF,
            has_ended=has_ended,
            is_silent=is_silent,
        ),
    )


def _goal(goal_id: str, words: str, ratings: Sequence[Sequence[Any]]) -> GoalAtAGlance:
    return GoalAtAGlance(UUID(goal_id), words, [one[1] for one in ratings], date.fromisoformat(ratings[-1][0]))


def _to_write(begun: set[str], *, is_self: bool, has_ended: bool, is_silent: bool) -> list[LetterKind]:
    asked = checklist(is_self=is_self, is_accepted=True, is_closed=False, is_discharged=has_ended)
    barred = {Audience.FAMILY} if is_silent else set[Audience]()
    return [kind for kind in asked if kind not in begun and kind.audience not in barred]
