"""Champions: who is active, who lapses next and why, and what they did."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from fastapi import APIRouter

from services.training.coverage.commands.record_champion_activity import (
    RecordChampionActivity,
    record_champion_activity,
)
from services.training.coverage.domain.champion import ChampionState
from services.training.coverage.queries.champion_list import ChampionLine, champion_list
from services.training.coverage.web.forms.champion import ChampionActivityForm
from services.training.staff.web.access import STAFF
from services.training.workforce.queries.person_record import PersonRecord, person_record
from shared.staff.answer_words import Ask
from shared.staff.column import PLAIN, Column
from shared.staff.filter import Filter
from shared.staff.form_page import Sent, Site
from shared.staff.form_routes import add_forms
from shared.staff.list_page import Asked, Counts, Frame, ListPage, Mark
from shared.staff.list_routes import add_list
from shared.staff.listing import Lines, Listing
from shared.staff.screen import Screen
from shared.unit_of_work import UnitOfWork

router = APIRouter(prefix="/coverage/champions")


@dataclass(frozen=True)
class ChampionFilter:
    state: ChampionState | None = None


async def _open(work: UnitOfWork, action: str) -> Frame:
    work.record(action)
    return {"champions": await champion_list(work)}


async def _find(asked: Asked[ChampionFilter]) -> Listing[ChampionLine]:
    champions: Sequence[ChampionLine] = asked.frame["champions"]
    return Lines([one for one in champions if asked.chosen.state in (None, one.today.state)])


async def _counts(asked: Asked[ChampionFilter]) -> Counts:
    champions: Sequence[ChampionLine] = asked.frame["champions"]
    each = {state: sum(one.today.state is state for one in champions) for state in ChampionState}
    return {None: len(champions), **each}


def _mark(line: ChampionLine) -> Mark | None:
    return None if line.today.state is ChampionState.ACTIVE else Mark.LATE


CHAMPIONS = ListPage(
    path="",
    may=STAFF,
    reads="champions.read",
    exports="champions.export",
    opens=_open,
    filters=(Filter("state", ChampionState, "Which", every="All", is_chips=True),),
    chosen=ChampionFilter,
    find=_find,
    counts=_counts,
    marks=_mark,
    columns=(
        Column("Name", lambda line: line.name, cell="name", place="who", heads_row=True),
        Column("Now", lambda line: line.today.state, cell="state", place="tag"),
        Column("Lapses on", lambda line: line.today.lapses_on, cell="lapses", place="when"),
        Column("Why", lambda line: line.today.lapses_by, cell=PLAIN),
        Column("Last did something", lambda line: line.last_done_on, cell="done_on", place="last"),
        Column("In a year", lambda line: line.in_a_year, cell=PLAIN, is_number=True),
        Column("Course valid until", lambda line: line.held.valid_until, cell=PLAIN),
        Column("Do", cell="do", place="do"),
    ),
    template="coverage/champions.html",
    done={"activity": "Saved"},
    file_name="champions.csv",
)


async def _read(work: UnitOfWork, person_id: UUID) -> PersonRecord:
    work.record("person.read", person_id)
    return await person_record(work, person_id)


async def _record(sent: Sent[PersonRecord, ChampionActivityForm]) -> None:
    form, who = sent.form, sent.place.person.id
    command = RecordChampionActivity(sent.intention, who, form.kind, form.done_on, form.people or 0)
    await record_champion_activity(command, sent.work)


ACTIVITY = Screen(
    path="/{person_id}/activity",
    title="A champion did something",
    may=STAFF,
    site=Site(_read, lambda _: {"back": "/coverage/champions"}),
    form=ChampionActivityForm,
    suggested=lambda record: {"done_on": record.today},
    about=lambda record: record.person.name,
    intro=("It keeps them active for six months.",),
    asks={
        "kind": Ask("What did they do?"),
        "done_on": Ask("When?"),
        "people": Ask("How many people did it reach?", "Leave it empty if you do not know"),
    },
    store=_record,
)
add_list(router, CHAMPIONS)
add_forms(router, ACTIVITY)
