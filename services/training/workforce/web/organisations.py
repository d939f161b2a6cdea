"""Organisations, and how many work there."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from fastapi import APIRouter

from services.training.staff.domain.capabilities import CAPABILITIES, KEEP_WORKFORCE
from services.training.staff.web.access import STAFF
from services.training.workforce.commands.add_organisation import AddOrganisation, add_organisation
from services.training.workforce.commands.close_organisation import CloseOrganisation, close_organisation
from services.training.workforce.commands.enter_headcount import EnterHeadcount, enter_headcount
from services.training.workforce.database.organisations import Organisations
from services.training.workforce.domain.organisation import Organisation
from services.training.workforce.queries.headcount_list import HeadcountLine, headcount_list
from services.training.workforce.queries.organisation_list import (
    OrganisationFilter,
    OrganisationLine,
    organisation_list,
)
from services.training.workforce.web.forms.organisation import CloseForm, HeadcountForm, OrganisationForm
from shared.contracts.vocabulary import SourceGroup
from shared.staff.answer_words import Ask
from shared.staff.column import PLAIN, Column
from shared.staff.filter import Filter
from shared.staff.form_page import Sent, Site
from shared.staff.form_routes import add_forms
from shared.staff.list_page import Asked, Frame, ListPage, Unfiltered
from shared.staff.list_routes import add_list
from shared.staff.listing import Listing
from shared.staff.screen import Screen
from shared.unit_of_work import UnitOfWork

router = APIRouter(prefix="/organisations")


async def _find(asked: Asked[OrganisationFilter]) -> Listing[OrganisationLine]:
    return organisation_list(asked.work, asked.chosen)


async def _may(asked: Asked[OrganisationFilter]) -> Frame:
    return {"may_keep": CAPABILITIES.holds(asked.work.actor.roles, KEEP_WORKFORCE)}


_COLUMNS: Sequence[Column[OrganisationLine]] = (
    Column("Organisation", lambda line: line.name, cell="name", place="who", heads_row=True),
    Column("Kind", lambda line: line.sector, cell=PLAIN),
    Column("On the register", lambda line: line.at_work, cell=PLAIN, is_number=True),
    Column("Headcount", lambda line: line.headcount, cell="headcount", is_number=True),
    Column("Do", cell="do", place="do"),
)

ORGANISATIONS = ListPage(
    path="",
    may=STAFF,
    reads="organisations.read",
    exports="organisations.export",
    filters=(Filter("sector", SourceGroup, "Kind", every="Any"),),
    chosen=OrganisationFilter,
    find=_find,
    columns=_COLUMNS,
    template="workforce/organisations.html",
    more=_may,
    done={"added": "Saved", "closed": "Closed"},
    file_name="organisations.csv",
)


async def _open(work: UnitOfWork, action: str, organisation_id: UUID) -> Frame:
    one = await Organisations(work).get(organisation_id)
    work.record(action, one.id)
    return {"organisation": one}


async def _headcounts(asked: Asked[Unfiltered]) -> Listing[HeadcountLine]:
    return headcount_list(asked.work, asked.at["organisation_id"])


async def _may_enter(asked: Asked[Unfiltered]) -> Frame:
    return {"may_keep": CAPABILITIES.holds(asked.work.actor.roles, KEEP_WORKFORCE)}


HEADCOUNTS = ListPage(
    path="/{organisation_id}/headcounts",
    may=STAFF,
    reads="headcount.read",
    exports="headcount.export",
    opens=_open,
    find=_headcounts,
    columns=(
        Column("Profession", lambda line: line.profession, cell=PLAIN, place="who", heads_row=True),
        Column("People", lambda line: line.people, cell=PLAIN, is_number=True),
        Column("As of", lambda line: line.as_of, cell="as_of", place="when"),
        Column("Entered", lambda line: line.entered_at, cell="entered", place="last"),
        Column("By", lambda line: line.entered_by, cell=PLAIN),
    ),
    template="workforce/organisation.html",
    more=_may_enter,
    done={"entered": "Saved"},
    file_name="headcount.csv",
)


@dataclass(frozen=True)
class NewOrganisationPlace:
    """A form that is about nothing that is there."""


async def _read_nothing(work: UnitOfWork) -> NewOrganisationPlace:
    work.record("organisation.open")
    return NewOrganisationPlace()


async def _read(work: UnitOfWork, organisation_id: UUID) -> Organisation:
    work.record("organisation.open", organisation_id)
    return await Organisations(work).get(organisation_id)


async def _add(sent: Sent[NewOrganisationPlace, OrganisationForm]) -> None:
    form = sent.form
    command = AddOrganisation(sent.intention, form.name, form.sector, form.home_team)
    await add_organisation(command, sent.work)


async def _close(sent: Sent[Organisation, CloseForm]) -> None:
    await close_organisation(CloseOrganisation(sent.place.id, sent.form.version), sent.work)


async def _enter(sent: Sent[Organisation, HeadcountForm]) -> None:
    form = sent.form
    command = EnterHeadcount(sent.intention, sent.place.id, form.profession, form.as_of, form.people)
    await enter_headcount(command, sent.work)


ADD = Screen(
    path="/new",
    title="Add an organisation",
    may=STAFF,
    capability=KEEP_WORKFORCE,
    site=Site(_read_nothing, lambda _: {"back": "/organisations"}),
    form=OrganisationForm,
    asks={
        "name": Ask("Name", "As its people say it, with the place"),
        "sector": Ask("What kind is it?"),
        "home_team": Ask(
            "Which other team’s area is it in?",
            "As in that team’s address, such as chester. Leave it empty for your own area.",
        ),
    },
    store=_add,
    to=lambda _: "/organisations?done=added",
)
CLOSE = Screen(
    path="/{organisation_id}/close",
    title="Close an organisation",
    may=STAFF,
    capability=KEEP_WORKFORCE,
    site=Site(_read, lambda one: {"back": f"/organisations/{one.id}/headcounts"}),
    form=CloseForm,
    suggested=lambda one: {"version": one.version},
    about=lambda one: one.name,
    intro=("It is no longer offered for new people. Who worked there stays on record.",),
    button="Close",
    store=_close,
    to=lambda _: "/organisations?done=closed",
)
ENTER = Screen(
    path="/{organisation_id}/headcount",
    title="Enter a headcount",
    may=STAFF,
    capability=KEEP_WORKFORCE,
    site=Site(_read, lambda one: {"back": f"/organisations/{one.id}/headcounts"}),
    form=HeadcountForm,
    about=lambda one: one.name,
    intro=("As the organisation says it. What is entered for a day of the past changes what is shown since then.",),
    asks={
        "profession": Ask("Profession", is_select=True),
        "people": Ask("How many work there?", "People, not full-time posts"),
        "as_of": Ask("On which day?"),
    },
    store=_enter,
    to=lambda one: f"/organisations/{one.id}/headcounts?done=entered",
)
add_list(router, ORGANISATIONS)
add_forms(router, ADD)
add_list(router, HEADCOUNTS)
add_forms(router, CLOSE, ENTER)
