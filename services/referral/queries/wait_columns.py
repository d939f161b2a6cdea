"""A team's wait clocks as columns of a list, so that who breaches next comes first without a statement for each row.

The rules are the domain's: `history_of` a row gives the figures by which the list was sorted.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Date, case, cast, func, or_

from services.referral.database.tables import episode, referral
from services.referral.domain.wait_clock import ClockRule, History, Milestone, WaitRules
from shared.contracts.pathway_codes import WaitClock
from shared.contracts.vocabulary import Urgency

RECEIVED_ON = cast(func.timezone("Europe/London", referral.c.received_at), Date)

_DAYS: Mapping[Milestone, ColumnElement[Any]] = {
    Milestone.RECEIVED: RECEIVED_ON,
    Milestone.DECIDED: referral.c.decided_on,
    Milestone.FIRST_CONTACT: episode.c.first_contact_on,
    Milestone.ASSESSED: episode.c.assessed_on,
    Milestone.BASELINE: episode.c.baseline_on,
    Milestone.PLAN_AGREED: episode.c.plan_agreed_on,
    Milestone.INTERVENTION: episode.c.intervention_started_on,
}


def history_of(row: Any) -> History:
    """The history of a row that has an episode's columns, and its referral's `received_at`, `decided_on`, `urgency`."""
    return History(
        received_at=row.received_at,
        urgent=row.urgency == Urgency.URGENT,
        decided_on=row.decided_on,
        first_contact_on=row.first_contact_on,
        assessed_on=row.assessed_on,
        baseline_on=row.baseline_on,
        plan_agreed_on=row.plan_agreed_on,
        intervention_on=row.intervention_started_on,
        ended_on=row.ended_on,
    )


def runs(rule: ClockRule) -> ColumnElement[bool]:
    """Whether the clock is running for a family that the team works with."""
    missing = or_(*(_DAYS[milestone].is_(None) for milestone in sorted(rule.stop)))
    return _DAYS[rule.start].is_not(None) & missing & episode.c.ended_on.is_(None)


def next_breach_on(rules: WaitRules) -> ColumnElement[date | None]:
    """The first day over the target of the running clock that is over first, counted gross; NULL when none runs."""
    return func.least(*(_breach_on(rule) for rule in accepted_rules(rules).values()))


def accepted_rules(rules: WaitRules) -> dict[WaitClock, ClockRule]:
    """The clocks of families that were accepted. Triage is over by then; it alone counts working days."""
    return {clock: rule for clock, rule in rules.items() if not rule.in_working_days}


def _breach_on(rule: ClockRule) -> ColumnElement[date | None]:
    target = case(
        (referral.c.urgency == Urgency.URGENT, rule.target.for_urgency(urgent=True)),
        else_=rule.target.for_urgency(urgent=False),
    )
    return case((runs(rule), _DAYS[rule.start] + target + 1))
