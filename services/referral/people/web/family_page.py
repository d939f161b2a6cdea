"""What every page of a family shares: who may open it, the audit entry, the banner, and the links between its pages.

async with begin(request, actor) as work:
    banner = await read_family(work, family_id, "plan.read")
    ...
return render_family(request, banner, "endings/plan.html", section="plan", ...)
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol
from uuid import UUID

from starlette.requests import Request
from starlette.responses import Response

from services.referral.people.domain.open_safety import TO_ANSWER, TOLD, SafetyMatter
from services.referral.people.queries.family_banner import EpisodeLine, FamilyBanner, family_banner
from services.referral.people.web.family_actions import (
    more_actions,
    of_whom_a_death_may_be_recorded,
    usual_actions,
)
from shared.kernel.errors import RuleBroken
from shared.staff.form_page import Site
from shared.unit_of_work import UnitOfWork
from shared.web.pages import render

SECTIONS = (
    ("overview", "Overview", ""),
    ("timeline", "Timeline", "/timeline"),
    ("people", "People", "/people"),
    ("sessions", "Sessions", "/sessions"),
    ("plan", "Plan", "/plan"),
    ("measures", "Measures", "/measures"),
    ("letters", "Letters", "/letters"),
    ("record", "Record", "/record"),
)
"""The pages of a family: name, words and address after the family's own."""

SAFETY_PAGES = {
    SafetyMatter.PROMISE: "",
    SafetyMatter.TASK: "#needed",
    SafetyMatter.RISK_NOTE: "/risk-notes",
    SafetyMatter.DANGER_TOLD: "/people#flags",
    SafetyMatter.WORRY_TOLD: "/people#flags",
    SafetyMatter.MEASURE: "/measures",
    SafetyMatter.FLAG: "/people#flags",
    SafetyMatter.FLAG_OVERDUE: "/people#flags",
    SafetyMatter.UNSAFE_CONTACT: "/people",
    SafetyMatter.OTHER_CARER: "/people",
    SafetyMatter.CARE_STATUS: "/people",
    SafetyMatter.RISK_SUPPORT: "/tier",
    SafetyMatter.RESTRICTED: "/record",
}
"""Where each is read and answered, after the family's own address."""


async def read_family(work: UnitOfWork, family_id: UUID, action: str) -> FamilyBanner:
    """The family, for someone who may see it; the audit trail says that they did.

    Args:
        action: what is done, e.g. `family.read` or `plan.read`.

    Raises:
        NotFound: this team has no such family.
        MergedRecord: it is part of another family's record now.
        RestrictedRecord: only named colleagues may see it, and the actor is none of them.
    """
    banner = await family_banner(work, family_id, work.today)
    work.record(action, family_id)
    return banner


def open_episode_of(banner: FamilyBanner) -> EpisodeLine:
    """The work that goes on with the family.

    Raises:
        RuleBroken: it has ended, or never began.
    """
    if banner.open_episode is None:
        raise RuleBroken(
            "episode_ended",
            "The work with this family has ended, so nothing more can be recorded. A new referral opens it again.",
        )
    return banner.open_episode


def episode_of(banner: FamilyBanner) -> EpisodeLine:
    """The work that goes on with the family, else the last; raises RuleBroken when none ever began."""
    return banner.open_episode or banner.episode or open_episode_of(banner)


def _answers(banner: FamilyBanner) -> dict[SafetyMatter, str]:
    """Where what a referral says is read, and danger is answered."""
    ends = {SafetyMatter.PROMISE: "/danger"}
    return {matter: f"/referrals/{one}{ends.get(matter, '')}" for matter, one in banner.safety.told_in.items()}


class OfFamily(Protocol):
    """A place that is a family's."""

    @property
    def banner(self) -> FamilyBanner: ...


def family_frame(banner: FamilyBanner, section: str, **context: Any) -> dict[str, Any]:
    """What a page that extends `people/family-layout.html` shows around it.

    Args:
        section: which link is the present one.
    """
    root = f"/families/{banner.family_id}"
    counts = {"timeline": banner.entries, "sessions": banner.sessions}
    sections = [
        {"text": words, "href": root + end, "current": name == section, "count": counts.get(name)}
        for name, words, end in SECTIONS
    ]
    frame = {
        "base": "people/family-layout.html",
        "family": banner,
        "whose": banner.heading,
        "root": root,
        "safety_pages": {matter: root + end for matter, end in SAFETY_PAGES.items()} | _answers(banner),
        "to_answer": TO_ANSWER,
        "told": [matter for matter in banner.safety.counts if matter in TOLD],
        "alarm": banner.safety.is_alarm,
        "sections": sections,
        "does": usual_actions(banner, root),
        "more": more_actions(banner, root),
        "living": of_whom_a_death_may_be_recorded(banner),
        "ask": f"{root}/ask",
    }
    return {**frame, "back": "", **context}


@dataclass(frozen=True)
class FamilyPlace:
    """A family, where a form about it is opened."""

    banner: FamilyBanner
    today: date

    @property
    def family_id(self) -> UUID:
        return self.banner.family_id

    @property
    def root(self) -> str:
        return f"/families/{self.banner.family_id}"


def of_family(section: str) -> Callable[[UnitOfWork, str, UUID], Awaitable[dict[str, Any]]]:
    """What opens a list about a family: who may see it, the audit entry, and the frame."""

    async def opens(work: UnitOfWork, action: str, family_id: UUID) -> dict[str, Any]:
        return family_frame(await read_family(work, family_id, action), section)

    return opens


def in_family(section: str, back: str = "") -> Callable[[OfFamily], dict[str, Any]]:
    """The frame of a form about a family.

    Args:
        back: the address that the form leads back to, after the family's own.
    """
    return lambda place: family_frame(place.banner, section, back=f"/families/{place.banner.family_id}{back}")


def family_site(action: str, section: str, back: str = "") -> Site[FamilyPlace]:
    """Where a form is opened that shows nothing else of the family.

    Args:
        action: what the audit trail says; the rest as those of `in_family`.
    """

    async def read(work: UnitOfWork, family_id: UUID) -> FamilyPlace:
        return FamilyPlace(await read_family(work, family_id, action), work.today)

    return Site(read, in_family(section, back))


def render_family(
    request: Request, banner: FamilyBanner, template: str, *, section: str, status: int = 200, **context: Any
) -> Response:
    """A page that extends `people/family-layout.html`, within its frame."""
    return render(request, template, status=status, **family_frame(banner, section, **context))
