"""A certificate that somebody of the register brings from another team."""

from uuid import UUID

from fastapi import APIRouter

from services.training.network.commands.bring_certificate import BringCertificate, bring_certificate
from services.training.network.web.forms.bring import BringForm
from services.training.staff.database.training_work import TrainingWork
from services.training.staff.domain.capabilities import KEEP_WORKFORCE
from services.training.staff.web.access import STAFF
from services.training.workforce.queries.person_record import PersonRecord, person_record
from shared.staff.answer_words import Ask
from shared.staff.form_page import Sent, Site
from shared.staff.form_routes import add_forms
from shared.staff.screen import Screen
from shared.unit_of_work import UnitOfWork

router = APIRouter()


async def _read(work: UnitOfWork, person_id: UUID) -> PersonRecord:
    record = await person_record(work, person_id)
    work.record("person.read", record.person.id)
    return record


async def _bring(sent: Sent[PersonRecord, BringForm, TrainingWork]) -> None:
    form, who = sent.form, sent.place.person.id
    await bring_certificate(BringCertificate(sent.intention, who, form.code or "", form.signed or ""), sent.work)


BRING = Screen(
    path="/people/{person_id}/brings",
    title="A certificate from another team",
    may=STAFF,
    capability=KEEP_WORKFORCE,
    site=Site(_read, lambda record: {"back": f"/people/{record.person.id}"}),
    form=BringForm,
    about=lambda record: record.person.name,
    intro=("What they learned there counts here too. If that team withdraws it, it stops counting here at once.",),
    asks={
        "code": Ask("Code on the certificate", "20 letters and digits, like 7K2M4-QX9TR-0HBVN-C5W8D"),
        "signed": Ask("Or the signed copy", "All of the text in the file that came with the certificate"),
    },
    store=_bring,
    to=lambda record: f"/people/{record.person.id}?done=brought",
)
add_forms(router, BRING)
