"""A team's wait clocks as columns of a list, so that who breaches next comes first without a statement for each row.

The rules are the domain's: `history_of` a row gives the figures by which the list was sorted.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Date, case, cast, func, or_, select

from services.referral.database.clinical_tables import pause
from services.referral.database.tables import episode, referral
from services.referral.support.database.waits import history_of as stored_history
from services.referral.team.domain.missing_step import MILESTONES, steps_to
from services.referral.team.domain.wait_clock import ClockRule, History, Milestone, Pause, WaitRules
from shared.contracts.pathway_codes import PauseReason, WaitClock
from shared.contracts.vocabulary import Urgency
from shared.database.built_once import TODAY

RECEIVED_ON = cast(func.timezone("Europe/London", referral.c.received_at), Date)

REFERRAL = (
    referral.c.received_at,
    referral.c.earlier_received_on,
    referral.c.earlier_team,
    referral.c.decided_on,
    referral.c.urgency,
)
"""What a history asks of the referral."""

_DAYS: Mapping[Milestone, ColumnElement[Any]] = {
    # Triage, which does not count the wait in an earlier team, is no clock of these lists.
    Milestone.RECEIVED: func.least(RECEIVED_ON, referral.c.earlier_received_on),
    Milestone.DECIDED: referral.c.decided_on,
    Milestone.FIRST_CONTACT: episode.c.first_contact_on,
    Milestone.ASSESSED: episode.c.assessed_on,
    Milestone.BASELINE: episode.c.baseline_on,
    Milestone.PLAN_AGREED: episode.c.plan_agreed_on,
    Milestone.INTERVENTION: episode.c.intervention_started_on,
}


def history_of(row: Any) -> History:
    """The history of a row that has an episode's columns and those of `REFERRAL`; its pauses where it has them."""
    return stored_history(row, _pauses(getattr(row, "pauses", None) or ()))


def pauses_of_episode() -> ColumnElement[Any]:
    """The pauses of a row's episode, as one value, `pauses`."""
    facts = func.jsonb_build_array(pause.c.reason, pause.c.started_on, pause.c.ended_on)
    return select(func.jsonb_agg(facts)).where(pause.c.episode_id == episode.c.id).scalar_subquery().label("pauses")


def is_paused() -> ColumnElement[bool]:
    """Whether the work with a row's family is paused today."""
    goes_on = pause.c.ended_on.is_(None) | (pause.c.ended_on > TODAY)
    return episode.c.id.in_(select(pause.c.episode_id).where(pause.c.started_on <= TODAY, goes_on))


def runs(rule: ClockRule) -> ColumnElement[bool]:
    """Whether the clock is running for a family that the team works with."""
    missing = or_(*(_DAYS[milestone].is_(None) for milestone in sorted(rule.stop)))
    return _DAYS[rule.start].is_not(None) & missing & episode.c.ended_on.is_(None)


def days_waited(rule: ClockRule) -> ColumnElement[int]:
    """Days since the clock started, counted gross."""
    return TODAY - _DAYS[rule.start]


def breach_on(rule: ClockRule) -> ColumnElement[date | None]:
    """The first day over the target, counted gross; NULL while the clock does not run."""
    return _DAYS[rule.start] + _days_if_running(rule)


def missing_step_of(rule: ClockRule) -> ColumnElement[str | None]:
    """What the clock still waits for, as `missing_step` says; NULL when nothing is missing."""
    return case(*((_DAYS[MILESTONES[step]].is_(None), step.value) for step in steps_to(rule)))


def may_wait() -> ColumnElement[bool]:
    """Something that a clock may stop at is missing, and the work goes on: what the index `episode_waiting` holds."""
    milestones = (
        episode.c.first_contact_on,
        episode.c.assessed_on,
        episode.c.baseline_on,
        episode.c.plan_agreed_on,
        episode.c.intervention_started_on,
    )
    return episode.c.ended_on.is_(None) & or_(*(milestone.is_(None) for milestone in milestones))


def next_breach_on(rules: WaitRules) -> ColumnElement[date | None]:
    """The first day over the target of the running clock that is over first, counted gross; NULL when none runs."""
    by_start: dict[Milestone, list[ColumnElement[int | None]]] = {}
    for rule in accepted_rules(rules).values():
        by_start.setdefault(rule.start, []).append(_days_if_running(rule))
    return func.least(*(_DAYS[start] + func.least(*days) for start, days in by_start.items()))


def accepted_rules(rules: WaitRules) -> dict[WaitClock, ClockRule]:
    """The clocks of families that were accepted. Triage is over by then; it alone counts working days."""
    return {clock: rule for clock, rule in rules.items() if not rule.in_working_days}


def _days_if_running(rule: ClockRule) -> ColumnElement[int | None]:
    """Days from the start to the first day over the target."""
    routine, urgent = (rule.target.for_urgency(urgent=urgent) + 1 for urgent in (False, True))
    if routine == urgent:
        return case((runs(rule), routine))
    return case((runs(rule), case((referral.c.urgency == Urgency.URGENT, urgent), else_=routine)))


def _pauses(told: Sequence[Sequence[str | None]]) -> tuple[Pause, ...]:
    return tuple(
        Pause(PauseReason(reason), date.fromisoformat(started_on), date.fromisoformat(ended_on) if ended_on else None)
        for reason, started_on, ended_on in told
        if reason and started_on
    )
