"""How long a family waits: five clocks, folded from the history of their referral and never typed in.

Every clock is counted twice: `gross` from start to stop, and `adjusted` without the days that the family's own pauses
took. Pauses count only where a team's rules name their reason; by default none does, as national measures have none.
Whole days in Europe/London: a clock that stops on the day it started has run 0 days, and a target is missed on the
first day over it, not on its own day. Source: reference 2.5.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from services.referral.team.domain.wait_count import DAYS, WORKING_DAYS, Count, Span, merged
from shared.contracts.pathway_codes import PauseReason, WaitClock
from shared.contracts.vocabulary import Code
from shared.kernel.calendar import london_start
from shared.kernel.clock import london_date


class Milestone(Code):
    """A day in a family's history at which a clock can start or stop."""

    RECEIVED = "received", "Referral received"
    DECIDED = "decided", "Triage decision"
    FIRST_CONTACT = "first_contact", "First attended contact with the family"
    ASSESSED = "assessed", "Assessment completed"
    BASELINE = "baseline", "First measure"
    PLAN_AGREED = "plan_agreed", "Plan agreed"
    INTERVENTION = "intervention", "First intervention contact"


class WaitState(Code):
    NOT_STARTED = "not_started", "Not started"
    RUNNING = "running", "Waiting"
    STOPPED = "stopped", "Complete"
    ENDED_NOT_TREATED = "ended_not_treated", "Ended before it was complete"


@dataclass(frozen=True)
class Pause:
    """From one London date to another, or until now: 10 to 24 September is 14 days."""

    reason: PauseReason
    started_on: date
    ended_on: date | None = None
    """The first day on which the wait goes on; None while it is paused."""

    def within(self, until: date) -> Span:
        """The paused days, which for an open pause reach that day."""
        return Span(self.started_on, self.ended_on or until)

    def holds(self, on: date) -> bool:
        """Whether the wait is paused on that day."""
        return self.started_on <= on and (self.ended_on is None or on < self.ended_on)


@dataclass(frozen=True)
class InheritedStart:
    """The family came from another team, where their wait began."""

    team: str
    """Its name."""
    received_at: datetime
    """UTC."""


def inherited_start(received_on: date | None, team: str | None) -> InheritedStart | None:
    """From the day that a referral says; None when the family came from no other team."""
    return None if received_on is None else InheritedStart(team or "", london_start(received_on))


@dataclass(frozen=True)
class History:
    """What happened to one referral so far; None where it did not happen yet. Dates are London dates."""

    received_at: datetime
    """UTC, of the first receipt, even when something was missing in it."""
    urgent: bool = False
    decided_on: date | None = None
    first_contact_on: date | None = None
    assessed_on: date | None = None
    baseline_on: date | None = None
    plan_agreed_on: date | None = None
    intervention_on: date | None = None
    ended_on: date | None = None
    """The referral was declined or withdrawn, work with the family ended, or the baby died."""
    pauses: tuple[Pause, ...] = ()
    inherited: InheritedStart | None = None

    def day_of(self, milestone: Milestone) -> date | None:
        """The London date of the milestone, or None when it has not come."""
        return self._days[milestone]

    @cached_property
    def _days(self) -> Mapping[Milestone, date | None]:
        return {
            Milestone.RECEIVED: london_date(self.received_at),
            Milestone.DECIDED: self.decided_on,
            Milestone.FIRST_CONTACT: self.first_contact_on,
            Milestone.ASSESSED: self.assessed_on,
            Milestone.BASELINE: self.baseline_on,
            Milestone.PLAN_AGREED: self.plan_agreed_on,
            Milestone.INTERVENTION: self.intervention_on,
        }


@dataclass(frozen=True)
class Target:
    """The most days that are within target, in the clock's own unit."""

    days: int
    urgent_days: int | None = None
    """Another target where the referral is urgent."""

    def for_urgency(self, *, urgent: bool) -> int:
        return self.urgent_days if urgent and self.urgent_days is not None else self.days


@dataclass(frozen=True)
class ClockRule:
    """When one clock starts, stops and pauses, and how many days it may run."""

    start: Milestone
    stop: frozenset[Milestone]
    """It stops on the day of the last of these."""
    target: Target
    in_working_days: bool = False
    paused_by: frozenset[PauseReason] = frozenset()
    inherits_start: bool = True
    """Whether the wait in an earlier team counts."""


_HELP = frozenset({Milestone.ASSESSED, Milestone.BASELINE, Milestone.PLAN_AGREED, Milestone.INTERVENTION})

WaitRules = Mapping[WaitClock, ClockRule]
"""A team's clocks, in the order in which a family meets them."""

DEFAULT_RULES: WaitRules = {
    # The triage of another team is its own answer; the event of a decision counts from this team's receipt.
    WaitClock.TRIAGE: ClockRule(
        Milestone.RECEIVED, frozenset({Milestone.DECIDED}), Target(5, 1), in_working_days=True, inherits_start=False
    ),
    WaitClock.FIRST_CONTACT: ClockRule(Milestone.RECEIVED, frozenset({Milestone.FIRST_CONTACT}), Target(28)),
    WaitClock.HELP_STARTED: ClockRule(Milestone.RECEIVED, _HELP, Target(28)),
    WaitClock.ASSESSMENT_TO_INTERVENTION: ClockRule(
        Milestone.ASSESSED, frozenset({Milestone.INTERVENTION}), Target(42)
    ),
    WaitClock.REFERRAL_TO_INTERVENTION: ClockRule(Milestone.RECEIVED, frozenset({Milestone.INTERVENTION}), Target(126)),
}
"""The reference's proposals; a team may set its own."""


@dataclass(frozen=True)
class Wait:
    """What one clock shows on one day."""

    clock: WaitClock
    state: WaitState
    target: int
    in_working_days: bool
    started_on: date | None = None
    until: date | None = None
    """The day it stopped or ended, or the day on which it is read while it runs."""
    gross: Count | None = None
    """None while it has not started, like `adjusted`."""
    adjusted: Count | None = None
    is_paused: bool = False
    """It is running, but this day does not count in `adjusted`."""
    inherited_from: str | None = None
    """The name of the team where it began, if not here."""

    @property
    def gross_days(self) -> int:
        """0 while it has not started."""
        return self.gross.days if self.gross else 0

    @property
    def adjusted_days(self) -> int:
        """Gross without paused days; 0 while it has not started."""
        return self.adjusted.days if self.adjusted else 0

    @property
    def breached(self) -> bool:
        """Over target as counted gross: a pause never hides a long wait."""
        return self.gross is not None and self.gross.breached


def read_clocks(history: History, on: date, rules: WaitRules) -> tuple[Wait, ...]:
    """Every clock as it stands on that London date, in the order of the rules; what came after it is left out."""
    return tuple(_read_clock(clock, rule, history, on) for clock, rule in rules.items())


def next_breach(waits: Iterable[Wait]) -> Wait | None:
    """The running clock whose target is over first, counted gross; None when none is running."""
    running = [(wait.gross.breach_on, wait) for wait in waits if wait.state is WaitState.RUNNING and wait.gross]
    return min(running, key=lambda pair: pair[0])[1] if running else None


def _read_clock(clock: WaitClock, rule: ClockRule, history: History, on: date) -> Wait:
    target = rule.target.for_urgency(urgent=history.urgent)
    start, inherited_from = _start(rule, history)
    if start is None or start > on:
        return Wait(clock, WaitState.NOT_STARTED, target, rule.in_working_days)
    state, until = _until(rule, history, start, on)
    pauses = [pause for pause in history.pauses if pause.reason in rule.paused_by]
    unit, whole = WORKING_DAYS if rule.in_working_days else DAYS, Span(start, until)
    gross, paused = unit.count(whole, [], target), merged((pause.within(until) for pause in pauses), whole)
    return Wait(
        clock,
        state,
        target,
        rule.in_working_days,
        started_on=start,
        until=until,
        gross=gross,
        adjusted=unit.count(whole, paused, target) if paused else gross,
        is_paused=state is WaitState.RUNNING and any(pause.holds(on) for pause in pauses),
        inherited_from=inherited_from,
    )


def _start(rule: ClockRule, history: History) -> tuple[date | None, str | None]:
    """The first day, and the team where it was if not here."""
    start = history.day_of(rule.start)
    if history.inherited is None or not rule.inherits_start or rule.start is not Milestone.RECEIVED or start is None:
        return start, None
    earlier = london_date(history.inherited.received_at)
    return (earlier, history.inherited.team) if earlier < start else (start, None)


def _until(rule: ClockRule, history: History, start: date, on: date) -> tuple[WaitState, date]:
    """A milestone that came before the start stops the clock at its start: no wait is negative."""
    days = [history.day_of(milestone) for milestone in rule.stop]
    reached = [day for day in days if day is not None and day <= on]
    ended_on = history.ended_on if history.ended_on is not None and history.ended_on <= on else None
    if len(reached) == len(days) and (ended_on is None or max(reached) <= ended_on):
        return WaitState.STOPPED, max(start, *reached)
    if ended_on is not None:
        return WaitState.ENDED_NOT_TREATED, max(start, ended_on)
    return WaitState.RUNNING, on
