"""Which organisations ask, and which never do."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from fastapi import APIRouter

from services.consultation.organisations.commands.add_organisation import AddOrganisation, add_organisation
from services.consultation.organisations.commands.close_organisation import CloseOrganisation, close_organisation
from services.consultation.organisations.database.organisations import Organisations
from services.consultation.organisations.domain.organisation import Organisation
from services.consultation.organisations.queries.organisation_list import (
    Asks,
    OrganisationFilter,
    OrganisationLine,
    organisation_list,
)
from services.consultation.organisations.web.forms.organisation import CloseForm, OrganisationForm
from services.consultation.staff.domain.capabilities import KEEP_ORGANISATIONS
from services.consultation.staff.web.access import STAFF
from shared.staff.answer_words import Ask
from shared.staff.column import PLAIN, Column
from shared.staff.filter import Filter
from shared.staff.form_page import Sent, Site
from shared.staff.form_routes import add_forms
from shared.staff.list_page import Asked, ListPage, Mark
from shared.staff.list_routes import add_list
from shared.staff.listing import Listing
from shared.staff.screen import Screen
from shared.unit_of_work import UnitOfWork

router = APIRouter(prefix="/organisations")


async def _find(asked: Asked[OrganisationFilter]) -> Listing[OrganisationLine]:
    return organisation_list(asked.work, asked.chosen)


_COLUMNS: Sequence[Column[OrganisationLine]] = (
    Column("Organisation", lambda line: line.name, cell="name", place="who", heads_row=True),
    Column("Kind", lambda line: line.sector, cell=PLAIN),
    Column("In a year", lambda line: line.in_a_year, cell=PLAIN, is_number=True),
    Column("Minutes", lambda line: line.minutes, cell=PLAIN, is_number=True),
    Column("Last asked", lambda line: line.last_on, cell="last", place="last"),
    Column("Do", cell="do", place="do"),
)

ORGANISATIONS = ListPage(
    path="",
    may=STAFF,
    reads="organisations.read",
    exports="organisations.export",
    filters=(Filter("asks", Asks, "Which", every="All", is_chips=True),),
    chosen=OrganisationFilter,
    find=_find,
    marks=lambda line: Mark.LATE if line.last_on is None else None,
    columns=_COLUMNS,
    template="organisations/organisations.html",
    done={"added": "Saved", "closed": "Closed"},
    file_name="organisations.csv",
)
add_list(router, ORGANISATIONS)


@dataclass(frozen=True)
class Nowhere:
    """A form that is about nothing that is there."""


async def _read_nothing(work: UnitOfWork) -> Nowhere:
    work.record("organisation.open")
    return Nowhere()


async def _read(work: UnitOfWork, organisation_id: UUID) -> Organisation:
    work.record("organisation.open", organisation_id)
    return await Organisations(work).get(organisation_id)


async def _add(sent: Sent[Nowhere, OrganisationForm]) -> None:
    await add_organisation(AddOrganisation(sent.intention, sent.form.name, sent.form.sector), sent.work)


async def _close(sent: Sent[Organisation, CloseForm]) -> None:
    await close_organisation(CloseOrganisation(sent.place.id, sent.form.version), sent.work)


ADD = Screen(
    path="/new",
    title="Add an organisation",
    may=STAFF,
    capability=KEEP_ORGANISATIONS,
    site=Site(_read_nothing, lambda _: {"back": "/organisations"}),
    form=OrganisationForm,
    asks={"name": Ask("Name", "As its people say it, with the place"), "sector": Ask("What kind is it?")},
    store=_add,
    to=lambda _: "/organisations?done=added",
)
CLOSE = Screen(
    path="/{organisation_id}/close",
    title="Close an organisation",
    may=STAFF,
    capability=KEEP_ORGANISATIONS,
    site=Site(_read, lambda _: {"back": "/organisations"}),
    form=CloseForm,
    suggested=lambda one: {"version": one.version},
    about=lambda one: one.name,
    intro=("It is no longer offered when you log a consultation. What it asked stays.",),
    button="Close",
    store=_close,
    to=lambda _: "/organisations?done=closed",
)
add_forms(router, ADD, CLOSE)
