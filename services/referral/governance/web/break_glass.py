"""Opening a restricted record in an emergency, and the team lead's review of it."""

from dataclasses import dataclass
from uuid import UUID

from fastapi import APIRouter

from services.referral.governance.commands.break_glass import BreakGlass, break_glass
from services.referral.governance.commands.review_break_glass import ReviewBreakGlass, review_break_glass
from services.referral.governance.queries.break_glass_list import OpeningLine, one_opening
from services.referral.governance.web.forms.governance import BreakGlassForm, GlassReviewForm
from services.referral.people.domain.restriction import BreakGlassFinding
from services.referral.staff.domain.capabilities import LEAD_RECORDS
from services.referral.staff.web.access import LEAD, STAFF
from shared.staff.answer_words import Ask
from shared.staff.does import does
from shared.staff.form_page import FormPage, Site
from shared.staff.form_routes import add_forms
from shared.unit_of_work import UnitOfWork

router = APIRouter()


@dataclass(frozen=True)
class ClosedRecord:
    """A record that the actor may not see; nothing of it is read."""

    family_id: UUID

    @property
    def root(self) -> str:
        return f"/families/{self.family_id}"


@dataclass(frozen=True)
class Opened:
    """A record that was opened in an emergency."""

    line: OpeningLine
    is_own: bool


async def _read_closed(work: UnitOfWork, family_id: UUID) -> ClosedRecord:  # noqa: ARG001 - nothing is read
    return ClosedRecord(family_id)


async def _read_opened(work: UnitOfWork, break_glass_id: UUID) -> Opened:
    line = await one_opening(work.session, break_glass_id, work.today)
    work.record("break_glass.read", line.family_id)
    return Opened(line, line.opened_by == work.actor.id)


OPEN = FormPage(
    path="/families/{family_id}/break-glass",
    asks_for_proof=True,
    title="Open a restricted record",
    stands_on="/families/{family_id}",
    may=STAFF,
    site=Site(_read_closed, lambda place: {"root": place.root, "back": "/caseload"}),
    form=BreakGlassForm,
    store=does(break_glass, lambda sent: BreakGlass(sent.place.family_id, sent.form.reason)),
    to=lambda place: place.root,
    template="governance/restricted.html",
    asks={"reason": Ask("Why do you need to see this record now?")},
)
REVIEW = FormPage(
    path="/break-glass/{break_glass_id}",
    title="Review the opening of a restricted record",
    may=LEAD,
    capability=LEAD_RECORDS,
    site=Site(_read_opened, lambda _: {"back": "/break-glass"}),
    form=GlassReviewForm,
    store=does(
        review_break_glass,
        lambda sent: ReviewBreakGlass(sent.place.line.break_glass_id, sent.form.finding, sent.form.note),
    ),
    to=lambda _: "/break-glass?done=reviewed",
    template="governance/break-glass-review.html",
    shows=lambda place: {"opening": place.line, "findings": list(BreakGlassFinding), "is_own": place.is_own},
    asks={"finding": Ask("What did you find?"), "note": Ask("What you found, and what was done about it")},
    stored=lambda place: [
        ("Finding", place.line.finding.label if place.line.finding else "None yet"),
        ("Note", place.line.review_note or "None"),
    ],
)

add_forms(router, OPEN, REVIEW)
