"""What was agreed with teams and asked of them: who owns it, by when, and what came of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query

from services.reporting.dashboard.commands.agree_action import AgreeAction, agree_action
from services.reporting.dashboard.commands.close_action import CloseAction, close_action
from services.reporting.dashboard.commands.hand_over_action import HandOverAction, hand_over_action
from services.reporting.dashboard.database.actions import Actions
from services.reporting.dashboard.domain.action import Action, ActionKind, ActionState
from services.reporting.dashboard.domain.question import questions
from services.reporting.dashboard.queries.action_list import ActionFilter, ActionLine, action_counts, action_list
from services.reporting.dashboard.queries.regional_figures import Several, Wanted, definition_of, regional_figures
from services.reporting.dashboard.web.choice import TEAM, Choice
from services.reporting.dashboard.web.forms.action import ActionForm, CloseActionForm, HandOverForm
from services.reporting.facts.domain.about_file import about_file
from services.reporting.publication.database.readers import remit_now
from services.reporting.publication.database.readiness import Readiness
from shared.contracts.slug import locality_name
from shared.contracts.vocabulary import Role
from shared.staff.answer_words import Ask
from shared.staff.answer_words import Choice as Offer
from shared.staff.colleagues import Colleague
from shared.staff.column import PLAIN, Column
from shared.staff.does import does
from shared.staff.filter import Filter
from shared.staff.form_page import Site
from shared.staff.form_routes import add_forms
from shared.staff.list_page import Asked, Counts, ListPage, Mark
from shared.staff.list_routes import add_list
from shared.staff.listing import Listing
from shared.staff.screen import Screen
from shared.unit_of_work import UnitOfWork
from shared.web.permissions import need

router = APIRouter(prefix="/actions")

LEAD = need(Role.REGIONAL_LEAD)
INSIDE = need(Role.REGIONAL_LEAD, Role.LOCALITY_LEAD)
USUALLY_DUE_IN = timedelta(days=14)


@dataclass(frozen=True)
class NewAction:
    """What an action is to be about."""

    team: str
    indicator: int
    kind: ActionKind
    words: str
    owners: Sequence[Colleague]
    today: date

    @property
    def about(self) -> str:
        return about_words(self.team, self.indicator)

    @property
    def back(self) -> str:
        return f"/team/{self.team}" if self.team else "/actions"


@dataclass(frozen=True)
class ActionPlace:
    """One that is there."""

    action: Action
    owners: Sequence[Colleague] = field(default=())

    @property
    def about(self) -> str:
        return f"{about_words(self.action.team, self.action.indicator)}: {self.action.words}"


def about_words(team: str, indicator: int) -> str:
    """`Preston, Decided within 5 working days`, `The region`."""
    known = definition_of(indicator) if indicator else None
    return ", ".join(filter(None, [locality_name(team) if team else "The region", known.name if known else ""]))


async def _find(asked: Asked[ActionFilter]) -> Listing[ActionLine]:
    return action_list(asked.chosen, asked.work.today, await remit_now(asked.work.session, asked.work.actor))


async def _counts(asked: Asked[ActionFilter]) -> Counts:
    remit = await remit_now(asked.work.session, asked.work.actor)
    found = await action_counts(asked.work.session, asked.work.today, remit)
    return {**found, None: sum(found.values())}


async def _more(asked: Asked[ActionFilter]) -> dict[str, Any]:
    actor = asked.work.actor
    leads = Role.REGIONAL_LEAD in actor.roles

    def may_close(line: ActionLine) -> bool:
        return leads or line.action.owned_by == actor.id

    def figure(line: ActionLine) -> str:
        return Choice().indicator(line.action.indicator, line.action.team)

    return {
        "leads_region": leads,
        "may_close": may_close,
        "figure": figure,
        "team_page": Choice().of_team,
        "about": about_words,
    }


_COLUMNS: Sequence[Column[ActionLine]] = (
    Column("What", lambda line: line.action.words, cell="what", place="who", heads_row=True),
    Column("Kind", lambda line: line.action.kind, cell=PLAIN),
    Column("Of", lambda line: about_words(line.action.team, line.action.indicator), cell="of", place="needs"),
    Column("Owner", lambda line: line.owner, cell=PLAIN),
    Column("Due", lambda line: line.action.due_on, cell=PLAIN, place="when"),
    Column("State", lambda line: line.state, cell="state", place="tag"),
    Column("What came of it", lambda line: line.action.outcome, cell=PLAIN, place="last"),
    Column("Agreed", lambda line: line.action.agreed_at),
    Column("Do", cell="do", place="do"),
)

ACTIONS = ListPage(
    path="",
    may=INSIDE,
    reads="actions.read",
    exports="actions.export",
    asks_for_proof=False,
    filters=(Filter("state", ActionState, "State", every="All", is_chips=True, alarms=(ActionState.OVERDUE,)),),
    chosen=ActionFilter,
    find=_find,
    counts=_counts,
    columns=_COLUMNS,
    marks=lambda line: Mark.LATE if line.state is ActionState.OVERDUE else None,
    template="dashboard/actions.html",
    more=_more,
    done={"new": "Saved. It stands on the team’s page too", "hand-over": "Saved", "close": "Saved. It is closed"},
    file_name="actions.csv",
    about=lambda asked: about_file("Actions and questions", "What its reader sees of the region", asked.work.now),
)


async def _read_new(
    work: UnitOfWork,
    team: Annotated[str, Query(pattern=TEAM)] = "",
    number: Annotated[int, Query(ge=0, le=999)] = 0,
    kind: ActionKind = ActionKind.ACTION,
) -> NewAction:
    """A question about a figure begins with what its rule asks of its last month."""
    if team:
        await Readiness(work).must_know(team)
    asks = ""
    if kind is ActionKind.QUESTION and team and number:
        figures = await regional_figures(work.session, Wanted((Several((number,), (team,)),)), work.now)
        asks = next((f"{one.said.indicator.name}: {one.asks}" for one in questions(figures.variations)), "")
    owners = await Actions(work).possible_owners(team)
    return NewAction(team, number, kind, asks, owners, work.today)


async def _read(work: UnitOfWork, action_id: UUID) -> ActionPlace:
    actions = Actions(work)
    one = await actions.get(action_id)
    return ActionPlace(one, await actions.possible_owners(one.team))


async def _read_to_close(work: UnitOfWork, action_id: UUID) -> ActionPlace:
    actions = Actions(work)
    one = await actions.get(action_id)
    actions.check_may_change(one)
    return ActionPlace(one)


def _frame(_: Any) -> Mapping[str, Any]:
    return {"back": "/actions"}


def _owners(place: NewAction | ActionPlace) -> Mapping[str, Sequence[Offer]]:
    return {"owned_by": place.owners}


_WHO = Ask(
    "Who owns it?", "Whoever has signed in here and sees the team. They close it with what came of it.", is_select=True
)
_WHEN = Ask("By which day?")

NEW = Screen[NewAction, ActionForm](
    path="/new",
    may=LEAD,
    site=Site(_read_new, lambda place: {"back": place.back}),
    form=ActionForm,
    title="Agree an action, or ask the team",
    about=lambda place: place.about,
    intro=("It is seen by who leads the region and by the leads of that locality. Write nothing of a family.",),
    suggested=lambda place: {
        "kind": place.kind,
        "words": place.words,
        "due_on": place.today + USUALLY_DUE_IN,
    },
    choices=_owners,
    asks={
        "kind": Ask("What is it?"),
        "words": Ask("What is to be done, or answered?", "Such as: share the new text reminder with Preston."),
        "owned_by": _WHO,
        "due_on": _WHEN,
    },
    store=does(
        agree_action,
        lambda sent: AgreeAction(
            sent.intention,
            sent.form.kind,
            sent.place.team,
            sent.place.indicator,
            sent.form.words,
            sent.form.owned_by,
            sent.form.due_on,
        ),
    ),
    to=lambda _: "/actions?done=new",
)

HAND_OVER = Screen[ActionPlace, HandOverForm](
    path="/{action_id}/hand-over",
    may=LEAD,
    site=Site(_read, _frame),
    form=HandOverForm,
    title="Another owner, or another day",
    about=lambda place: place.about,
    suggested=lambda place: {
        "version": place.action.version,
        "owned_by": place.action.owned_by,
        "due_on": place.action.due_on,
    },
    choices=_owners,
    asks={"owned_by": _WHO, "due_on": _WHEN},
    store=does(
        hand_over_action,
        lambda sent: HandOverAction(sent.place.action.id, sent.form.version, sent.form.owned_by, sent.form.due_on),
    ),
    to=lambda _: "/actions?done=hand-over",
)

CLOSE = Screen[ActionPlace, CloseActionForm](
    path="/{action_id}/close",
    may=INSIDE,
    site=Site(_read_to_close, _frame),
    form=CloseActionForm,
    title="Close it",
    about=lambda place: place.about,
    intro=("Write nothing of a family.",),
    suggested=lambda place: {"version": place.action.version},
    asks={"outcome": Ask("What came of it, or what is the answer?")},
    store=does(close_action, lambda sent: CloseAction(sent.place.action.id, sent.form.version, sent.form.outcome)),
    to=lambda _: "/actions?done=close",
)

add_list(router, ACTIONS)
add_forms(router, NEW, HAND_OVER, CLOSE)
