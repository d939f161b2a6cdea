"""Whether teams stand by the months that are frozen next; a regional lead says it for a team that does not."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from fastapi import APIRouter

from services.reporting.facts.domain.about_file import about_file
from services.reporting.publication.commands.say_not_ready import SayNotReady, say_not_ready
from services.reporting.publication.commands.say_ready import SayReady, say_ready
from services.reporting.publication.database.readiness import Readiness
from services.reporting.publication.queries.readiness_list import ReadinessLine, readiness_list
from services.reporting.publication.web.forms.readiness import NotReadyForm, ReadyForm
from shared.contracts.region import month_of
from shared.contracts.slug import locality_name
from shared.contracts.vocabulary import Role
from shared.kernel.calendar import month_words
from shared.staff.answer_words import Ask
from shared.staff.column import PLAIN, Column
from shared.staff.does import does
from shared.staff.form_page import Site
from shared.staff.form_routes import add_forms
from shared.staff.list_page import Asked, ListPage, Mark, Unfiltered
from shared.staff.list_routes import add_list
from shared.staff.listing import Lines, Listing
from shared.staff.screen import Screen
from shared.unit_of_work import UnitOfWork
from shared.web.permissions import need

router = APIRouter()

LEAD = need(Role.REGIONAL_LEAD)


@dataclass(frozen=True)
class TeamMonth:
    """A team's month."""

    team: str
    month: date
    why_not: str | None

    @property
    def words(self) -> str:
        return f"{locality_name(self.team)}, {month_words(self.month)}"


async def _find(asked: Asked[Unfiltered]) -> Listing[ReadinessLine]:
    return Lines(await readiness_list(asked.work.session, month_of(asked.work.today)))


def _stands(line: ReadinessLine) -> str:
    if line.why_not is None:
        return "Ready"
    return "Frozen as provisional" if line.is_frozen else "Not ready"


_COLUMNS: Sequence[Column[ReadinessLine]] = (
    Column("Team", lambda line: locality_name(line.team), cell=PLAIN, place="who", heads_row=True),
    Column("Month", lambda line: month_words(line.month), cell=PLAIN, place="when"),
    Column("State", _stands, cell=PLAIN, place="tag"),
    Column("Why", lambda line: line.why_not, cell=PLAIN, place="needs"),
    Column("Said", lambda line: line.said_at, cell="said", place="last"),
    Column("Change", cell="say", place="do"),
)

READINESS = ListPage(
    path="/readiness",
    may=LEAD,
    find=_find,
    columns=_COLUMNS,
    marks=lambda line: None if line.why_not is None else Mark.LATE,
    template="publication/readiness.html",
    done={"not-ready": "Saved. The figures of the team are provisional.", "ready": "Saved. The team stands by them."},
    file_name="readiness.csv",
    about=lambda asked: about_file("Readiness", "The region", asked.work.now),
)


async def _read(work: UnitOfWork, team: str, month: date) -> TeamMonth:
    await Readiness(work).must_know(team)
    first = month_of(month)
    return TeamMonth(team, first, await Readiness(work).why_not(team, first))


SITE = Site(_read, lambda _: {"back": "/readiness"})

SAY_NOT_READY = Screen[TeamMonth, NotReadyForm](
    path="/readiness/{team}/{month}/not-ready",
    may=LEAD,
    site=SITE,
    form=NotReadyForm,
    title="A team is not ready",
    about=lambda place: place.words,
    intro=(
        "The month is frozen on its day all the same. Inside, its figures are provisional; outside there are none.",
        "When the team is ready, they come with the next month’s snapshot.",
    ),
    suggested=lambda place: {"why": place.why_not or ""},
    asks={"why": Ask("What is missing, and when will it be there?", "In the team’s words. No names.")},
    store=does(say_not_ready, lambda sent: SayNotReady(sent.place.team, sent.place.month, sent.form.why)),
    to=lambda _: "/readiness?done=not-ready",
)
SAY_READY = Screen[TeamMonth, ReadyForm](
    path="/readiness/{team}/{month}/ready",
    may=LEAD,
    site=SITE,
    form=ReadyForm,
    title="The team is ready",
    about=lambda place: place.words,
    intro=("It stands by its figures of the month.",),
    button="It is ready",
    store=does(say_ready, lambda sent: SayReady(sent.place.team, sent.place.month)),
    to=lambda _: "/readiness?done=ready",
)
add_forms(router, SAY_NOT_READY, SAY_READY)
add_list(router, READINESS)
