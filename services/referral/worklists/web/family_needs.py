"""What one family needs now, each with the button that leads to where it is done: safety first, then what is late."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from services.referral.people.queries.family_banner import FamilyBanner
from services.referral.people.queries.family_tasks import OpenTask
from services.referral.staff.domain.task import SAFETY
from services.referral.team.domain.missing_step import MissingStep
from services.referral.team.domain.need import NeedLimits
from services.referral.worklists.queries.family_overview import FamilyOverview
from shared.contracts.vocabulary import Code


class Pressing(Code):
    """In the order in which a family's needs are shown."""

    SAFETY = "safety", "Safety"
    LATE = "late", "Late"
    TODAY = "today", "Today"
    SOON = "soon", "Soon"


@dataclass(frozen=True)
class NeedLine:
    pressing: Pressing
    words: str
    does: str
    """What its button says."""
    href: str
    due_on: date | None = None
    detail: str = ""


_STEPS = {
    MissingStep.FIRST_VISIT: ("Book", "/appointments/new"),
    MissingStep.ASSESSMENT: ("Assess", "/plan/assessment"),
    MissingStep.FIRST_MEASURE: ("Add measure", "/measures/choose"),
    MissingStep.PLAN: ("Agree plan", "/plan/agree"),
    MissingStep.INTERVENTION: ("Record session", "/sessions/new"),
}
"""Where each is done, after the family's own address."""


@dataclass(frozen=True)
class _Asked:
    banner: FamilyBanner
    tasks: Sequence[OpenTask]
    overview: FamilyOverview | None
    today: date
    limits: NeedLimits
    root: str

    def by(self, due_on: date) -> Pressing:
        return Pressing.LATE if due_on < self.today else Pressing.TODAY if due_on == self.today else Pressing.SOON


def family_needs(
    banner: FamilyBanner, tasks: Sequence[OpenTask], overview: FamilyOverview | None, today: date, limits: NeedLimits
) -> list[NeedLine]:
    """The most pressing first; of work that has ended, only what someone must still answer."""
    asked = _Asked(banner, tasks, overview, today, limits, f"/families/{banner.family_id}")
    found = [*_to_answer(asked)]
    if overview and banner.open_episode:
        found += [*_about_visits(asked, overview), *_about_help(asked, overview)]
    order = list(Pressing)
    return sorted(found, key=lambda line: order.index(line.pressing))


def _to_answer(asked: _Asked) -> Iterator[NeedLine]:
    if told_in := asked.banner.safety.referral_id:
        yield NeedLine(Pressing.SAFETY, "Danger told in the referral", "Answer", f"/referrals/{told_in}/danger")
    for task in asked.tasks:
        pressing = Pressing.SAFETY if task.kind in SAFETY else asked.by(task.due_on)
        yield NeedLine(pressing, task.kind.label, "Answer", f"/tasks/{task.task_id}", task.due_on, task.detail)


def _about_visits(asked: _Asked, overview: FamilyOverview) -> Iterator[NeedLine]:
    episode = asked.banner.open_episode
    if episode and episode.visit_at is None and episode.paused_since is None:
        seen_on = overview.last_contact_on or episode.opened_on
        days = (asked.today - seen_on).days
        is_long = days > asked.limits.quiet_days
        words = f"Not seen for {days} days, and no visit is booked" if is_long else "No visit is booked"
        yield NeedLine(Pressing.LATE if is_long else Pressing.SOON, words, "Book", f"{asked.root}/appointments/new")
    if due_on := overview.waiting_well_on:
        yield NeedLine(asked.by(due_on), "Call while they wait", "Record call", f"{asked.root}/sessions/new", due_on)
    if episode and episode.review_on and episode.review_on <= asked.today:
        yield NeedLine(
            asked.by(episode.review_on), "Review", "Record review", f"{asked.root}/plan/review", episode.review_on
        )


def _about_help(asked: _Asked, overview: FamilyOverview) -> Iterator[NeedLine]:
    wait, step = overview.next_breach, None
    if wait and wait.gross and (wait.gross.breach_on - asked.today).days <= asked.limits.ahead_days:
        step = overview.missing.get(wait.clock, MissingStep.FIRST_VISIT)
        does, end = _STEPS[step]
        words = f"{step.label}: {wait.clock.inside} is {_over((asked.today - wait.gross.breach_on).days + 1)}"
        yield NeedLine(Pressing.LATE if wait.breached else Pressing.SOON, words, does, asked.root + end)
    if overview.lacks_start and step is not MissingStep.FIRST_MEASURE:
        does, end = _STEPS[MissingStep.FIRST_MEASURE]
        yield NeedLine(Pressing.SOON, "No measure from the start", does, asked.root + end)
    if asked.banner.lacks_other_carer:
        yield NeedLine(Pressing.SOON, "Dad or other carer: nobody has asked", "Ask", f"{asked.root}/people/add-carer")
    oldest = min(overview.goals, key=lambda goal: goal.rated_on, default=None)
    if oldest and (days := (asked.today - oldest.rated_on).days) > asked.limits.quiet_days:
        where = f"{asked.root}/plan/{oldest.goal_id}/rate-goal"
        yield NeedLine(Pressing.SOON, f"A goal was last rated {days} days ago", "Rate", where)


def _over(days: int) -> str:
    """Over a target; 0 and less on days that are within it."""
    unit = "day" if abs(days) == 1 else "days"
    return f"{days} {unit} over its target" if days > 0 else f"over its target in {1 - days} days"
