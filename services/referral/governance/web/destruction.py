"""The destruction of a record whose date has passed: proposed by one person, decided by another."""

from dataclasses import dataclass
from uuid import UUID

from fastapi import APIRouter

from services.referral.governance.commands.confirm_destruction import ConfirmDestruction, confirm_destruction
from services.referral.governance.commands.propose_destruction import ProposeDestruction, propose_destruction
from services.referral.governance.commands.refuse_destruction import RefuseDestruction, refuse_destruction
from services.referral.governance.queries.retention_list import RetentionLine, proposed_destruction
from services.referral.governance.web.forms.governance import DestroyForm, DestructionDecision, ProposeForm
from services.referral.people.web.family_page import family_site
from services.referral.staff.domain.capabilities import DECIDE_DISCLOSURE, LEAD_RECORDS
from services.referral.staff.web.access import LEAD, STAFF
from shared.staff.answer_words import Ask
from shared.staff.does import does
from shared.staff.form_page import FormPage, Sent, Site
from shared.staff.form_routes import add_forms
from shared.staff.screen import Screen
from shared.unit_of_work import UnitOfWork

router = APIRouter()


@dataclass(frozen=True)
class ProposedDestruction:
    """A record whose destruction someone proposed."""

    id: UUID
    line: RetentionLine
    is_own: bool


async def _read(work: UnitOfWork, destruction_id: UUID) -> ProposedDestruction:
    line = await proposed_destruction(work, destruction_id)
    work.record("retention.read")
    return ProposedDestruction(destruction_id, line, line.proposed_by == work.actor.id)


async def _decide(sent: Sent[ProposedDestruction, DestroyForm]) -> str:
    if sent.form.decision is DestructionDecision.DESTROY:
        await confirm_destruction(ConfirmDestruction(sent.place.id), sent.work)
    else:
        await refuse_destruction(RefuseDestruction(sent.place.id), sent.work)
    return f"/retention?done={sent.form.decision.value}"


PROPOSE = Screen(
    path="/families/{family_id}/destruction",
    may=STAFF,
    capability=DECIDE_DISCLOSURE,
    site=family_site("record.read", "record", "/record"),
    form=ProposeForm,
    title="Propose to destroy this record",
    intro=("Look through the whole record first. Another team lead decides; then nothing brings it back.",),
    asks={
        "note": Ask(
            "Who looked through it, and for what?",
            "For example inquiries, complaints, or a child who may ask about their care. This goes with the record.",
        )
    },
    store=does(propose_destruction, lambda sent: ProposeDestruction(sent.place.family_id, sent.form.note)),
    button="Propose it",
    to=lambda place: f"{place.root}/record?done=proposed",
)
DECIDE = FormPage(
    path="/retention/{destruction_id}",
    asks_for_proof=True,
    may=LEAD,
    capability=LEAD_RECORDS,
    site=Site(_read, lambda _: {"back": "/retention"}),
    form=DestroyForm,
    store=_decide,
    template="governance/destruction.html",
    shows=lambda place: {"line": place.line, "decisions": list(DestructionDecision), "is_own": place.is_own},
    asks={"decision": Ask("What do you decide?")},
)

add_forms(router, PROPOSE, DECIDE)
