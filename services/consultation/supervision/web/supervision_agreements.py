"""Agreements of supervision, as the team lead makes and corrects them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from fastapi import APIRouter

from services.consultation.staff.domain.capabilities import LEAD_SUPERVISION
from services.consultation.staff.web.access import SUPERVISION_LEAD
from services.consultation.supervision.commands.agree_supervision import AgreeSupervision, agree_supervision
from services.consultation.supervision.commands.correct_agreement import CorrectAgreement, correct_agreement
from services.consultation.supervision.domain.supervision_agreement import Terms
from services.consultation.supervision.queries.agreement_list import AgreementLine, agreement_list, one_agreement
from services.consultation.supervision.queries.session_list import names_of
from services.consultation.supervision.queries.supervision_records import supervision_records
from services.consultation.supervision.web.forms.agreement import AgreementForm, CorrectAgreementForm
from shared.staff.answer_words import Ask, Choice, Offered
from shared.staff.column import PLAIN, Column
from shared.staff.does import does
from shared.staff.form_page import Site
from shared.staff.form_routes import add_forms
from shared.staff.list_page import Asked, ListPage, Unfiltered
from shared.staff.list_routes import add_list
from shared.staff.listing import Listing
from shared.staff.screen import Screen, Zone
from shared.unit_of_work import UnitOfWork

router = APIRouter(prefix="/supervision")

_LIST = "/supervision/agreements"
_ASKS = {
    "supervisee": Ask("Who is supervised", is_select=True),
    "experience_from": Ask(
        "Work with babies under two began", "With any employer. The norm changes after three years."
    ),
    "share": Ask("Share of full time", "Like 0.6, or 1"),
    "supervisor": Ask("Supervisor", "Leave empty for someone outside the team"),
    "manager": Ask("Line manager", "Supervision is apart from line management: the lists say where it is not"),
    "from_on": Ask("First day", "It may be in the past: what was owed is reckoned again"),
    "last_on": Ask("Last day", "Only where it ends"),
}
_WHO = ("share", "supervisor", "manager")
_WHEN = Zone("When", ("experience_from", "from_on", "last_on"))


@dataclass(frozen=True)
class NewAgreement:
    colleagues: Sequence[Choice]
    suggested: Mapping[str, Any]

    @property
    def offered(self) -> Mapping[str, Sequence[Choice]]:
        return dict.fromkeys(("supervisee", "supervisor", "manager"), self.colleagues)


@dataclass(frozen=True)
class AgreementPlace:
    line: AgreementLine
    colleagues: Sequence[Choice]

    @property
    def offered(self) -> Mapping[str, Sequence[Choice]]:
        return dict.fromkeys(("supervisor", "manager"), self.colleagues)


async def _colleagues(work: UnitOfWork) -> list[Choice]:
    return [Offered(str(who), name) for who, name in (await names_of(work)).items()]


async def _read_new(work: UnitOfWork, whose: UUID | None = None) -> NewAgreement:
    """Args: whose: the form begins with what holds for them now."""
    work.record("supervision_agreements.read")
    found = await supervision_records(work, only=whose, since=work.today) if whose else []
    terms, experience = (found[0].terms, found[0].whose.experience_from) if found else (None, None)
    begins = {"supervisee": whose, "from_on": work.today}
    return NewAgreement(await _colleagues(work), _given({**_known(terms, experience), **begins, "last_on": None}))


async def _read(work: UnitOfWork, agreement_id: UUID) -> AgreementPlace:
    line = await one_agreement(work, agreement_id)
    work.record("supervision_agreements.read", line.agreement.supervisee_id)
    return AgreementPlace(line, await _colleagues(work))


def _known(terms: Terms | None, experience_from: date | None) -> dict[str, Any]:
    if terms is None:
        return {"experience_from": experience_from}
    return {
        "experience_from": experience_from,
        "share": f"{terms.share.normalize():f}",
        "supervisor": terms.supervisor_id,
        "manager": terms.manager_id,
        "from_on": terms.from_on,
        "last_on": terms.last_on,
    }


def _given(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}


def _suggested(place: AgreementPlace) -> dict[str, Any]:
    line = place.line
    return _given({"version": line.agreement.version, **_known(line.agreement.terms, line.experience_from)})


AGREE = Screen(
    path="/agreements/new",
    title="Agree supervision",
    may=SUPERVISION_LEAD,
    capability=LEAD_SUPERVISION,
    site=Site(_read_new, lambda _: {"back": _LIST}),
    form=AgreementForm,
    suggested=lambda place: place.suggested,
    choices=lambda place: place.offered,
    intro=("It takes the place of the agreement before it, from its first day on.",),
    asks=_ASKS,
    zones=(Zone("Who", ("supervisee", *_WHO)), _WHEN),
    store=does(
        agree_supervision,
        lambda sent: AgreeSupervision(
            sent.intention, sent.form.supervisee, sent.form.experience_from, sent.form.terms()
        ),
    ),
    to=lambda _: f"{_LIST}?done=agreed",
)
CORRECT = Screen(
    path="/agreements/{agreement_id}",
    title="Correct an agreement",
    may=SUPERVISION_LEAD,
    capability=LEAD_SUPERVISION,
    site=Site(_read, lambda _: {"back": _LIST}),
    form=CorrectAgreementForm,
    about=lambda place: place.line.name,
    suggested=_suggested,
    choices=lambda place: place.offered,
    intro=("For a mistake, or for the last day. What changes from a day on is a new agreement.",),
    asks=_ASKS,
    zones=(Zone("Who", _WHO), _WHEN),
    store=does(
        correct_agreement,
        lambda sent: CorrectAgreement(
            sent.place.line.agreement.id, sent.form.version, sent.form.experience_from, sent.form.terms()
        ),
    ),
    to=lambda _: f"{_LIST}?done=agreed",
)
add_forms(router, AGREE, CORRECT)


async def _find(asked: Asked[Unfiltered]) -> Listing[AgreementLine]:
    return agreement_list(asked.work)


AGREEMENTS = ListPage(
    path="/agreements",
    may=SUPERVISION_LEAD,
    reads="supervision_agreements.read",
    exports="supervision_agreements.export",
    find=_find,
    columns=(
        Column("Colleague", lambda line: line.name, cell="colleague", heads_row=True, place="who"),
        Column("Of full time", lambda line: f"{line.agreement.terms.share.normalize():f}", cell=PLAIN, is_number=True),
        Column("From", lambda line: line.agreement.terms.from_on, cell="from", place="last"),
        Column("Until", lambda line: line.agreement.terms.last_on, cell="until"),
        Column("Holds today", lambda line: line.is_in_force),
        Column("Experience since", lambda line: line.experience_from, cell="since"),
        Column("Supervisor", lambda line: line.supervisor, cell="supervisor", place="needs"),
        Column("Line manager", lambda line: line.manager, cell=PLAIN),
        Column("Supervisor is line manager", lambda line: line.agreement.terms.is_managed_by_supervisor),
        Column("Do", cell="do", place="do"),
    ),
    template="supervision/agreements.html",
    done={"agreed": "Saved, and what is owed is reckoned again."},
    file_name="supervision-agreements.csv",
)
add_list(router, AGREEMENTS)
