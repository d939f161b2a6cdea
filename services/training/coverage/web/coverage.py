"""Who is trained: organisation by profession, against the headcount and the team's target."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from fastapi import APIRouter

from services.training.coverage.domain.champion import ChampionState
from services.training.coverage.domain.coverage import EVERYBODYS, Coverage
from services.training.coverage.domain.target import missing_to, most_missing
from services.training.coverage.queries.champion_list import champion_list
from services.training.coverage.queries.coverage_table import CoverageTable, OrganisationCoverage, coverage_table
from services.training.coverage.queries.trained_people import TrainedFilter, trained_people
from services.training.coverage.web.coverage_cell import coverage_cell
from services.training.coverage.web.coverage_choice import SHORT, CoverageFilter, LeaveCounted
from services.training.staff.domain.capabilities import CAPABILITIES, KEEP_WORKFORCE
from services.training.staff.domain.training_team import TrainingTeam
from services.training.staff.web.access import STAFF
from shared.contracts.consultation_codes import Profession
from shared.contracts.training_codes import TrainingCourse
from shared.contracts.vocabulary import Code
from shared.staff.column import Column
from shared.staff.filter import Filter
from shared.staff.list_page import Asked, Frame, ListPage
from shared.staff.list_routes import add_list
from shared.staff.listing import Lines, Listing
from shared.unit_of_work import UnitOfWork

router = APIRouter()

SIDE_ROWS = 4
_Of = Callable[[OrganisationCoverage], Coverage | None]


@dataclass
class Found:
    """What is shown in several places of the page."""

    team: TrainingTeam
    table: CoverageTable | None = None

    @property
    def known(self) -> CoverageTable:
        assert self.table is not None  # noqa: S101 - a list is found before it is shown
        return self.table


async def _open(work: UnitOfWork, action: str) -> Frame:
    work.record(action)
    team: TrainingTeam = getattr(work, "team")  # noqa: B009 - the service's own unit of work has it
    return {"found": Found(team)}


async def _find(asked: Asked[CoverageFilter]) -> Listing[OrganisationCoverage]:
    found: Found = asked.frame["found"]
    without = asked.chosen.leave is LeaveCounted.WITHOUT
    found.table = await coverage_table(
        asked.work, asked.chosen.of, asked.work.today, without_leave=without, shares_of=EVERYBODYS
    )
    return Lines(found.table.rows)


def _columns(asked: Asked[CoverageFilter]) -> Sequence[Column[OrganisationCoverage]]:
    found: Found = asked.frame["found"]
    target = found.team.coverage_target
    return (
        Column("Organisation", lambda line: line.name, cell="name", place="org", heads_row=True),
        _column("All", lambda line: line.whole, target, place="all"),
        Column("All, per cent", lambda line: line.whole.percent),
        *(_column(one.label, partial(_of_profession, one), target, place="cell") for one in found.known.by_profession),
    )


def _of_profession(one: Profession, line: OrganisationCoverage) -> Coverage | None:
    return line.by_profession.get(one)


def _column(heading: str, of: _Of, target: int, *, place: str) -> Column[OrganisationCoverage]:
    return Column(
        heading,
        lambda line: one.in_words if (one := of(line)) else None,
        cell="plain",
        drawn=lambda line: coverage_cell(of(line), target),
        place=place,
    )


def _calls(asked: Asked[CoverageFilter]) -> Mapping[Code, str]:
    """The courses that everybody should hold, each with its per cent of all."""
    found: Found = asked.frame["found"]
    of = found.known.whole.of if asked.chosen.leave is None else None
    shares = {one: Coverage(found.known.shares[one], of, None).percent for one in EVERYBODYS}
    return {one: f"{SHORT[one]} {percent}%" if percent is not None else SHORT[one] for one, percent in shares.items()}


async def _more(asked: Asked[CoverageFilter]) -> Frame:
    found: Found = asked.frame["found"]
    table, target, work = found.known, found.team.coverage_target, asked.work
    lapsing = await trained_people(work, TrainedFilter(course=asked.chosen.of)).page(work.session, 1, SIDE_ROWS)
    champions = await champion_list(work)
    active = [one for one in champions if one.today.state is ChampionState.ACTIVE]
    return {
        "table": table,
        "target": target,
        "course": asked.chosen.of,
        "missing": missing_to(target, table.whole),
        "most_missing": most_missing(table.by_profession),
        "lapsing": lapsing,
        "champions": champions,
        "active": active,
        "next_champions": [one for one in active if one.today.lapses_on][:SIDE_ROWS],
        "may_keep": CAPABILITIES.holds(work.actor.roles, KEEP_WORKFORCE),
    }


_OTHERS = tuple(one for one in TrainingCourse if one not in EVERYBODYS)

COVERAGE = ListPage(
    path="/coverage",
    may=STAFF,
    reads="coverage.read",
    exports="coverage.export",
    opens=_open,
    filters=(
        Filter("course", TrainingCourse, "Course", usual=TrainingCourse.IMH_PIR, is_chips=True, offered=EVERYBODYS),
        Filter("leave", LeaveCounted, "Leave", is_chips=True),
        Filter("other", TrainingCourse, "Other", every="More courses", offered=_OTHERS),
    ),
    chosen=CoverageFilter,
    find=_find,
    columns=_columns,
    calls=_calls,
    template="coverage/coverage.html",
    more=_more,
    file_name="coverage.csv",
)
add_list(router, COVERAGE)
