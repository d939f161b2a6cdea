"""The diary: today, tomorrow or a week, one practitioner's or the whole team's, to read, to print and to take along."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import Response

from services.referral.contacts.domain.diary import DiaryEntry
from services.referral.contacts.web.diary_days import DiaryTable, read_diary, week_of
from services.referral.staff.domain.capabilities import CAPABILITIES, RECORD_CONTACT
from services.referral.staff.queries.practitioner_list import practitioner_list
from services.referral.staff.web.access import STAFF
from services.referral.staff.web.work import begin, team_of
from shared.contracts.vocabulary import Code
from shared.kernel.actor import Actor
from shared.kernel.calendar import add_working_days
from shared.kernel.clock import LONDON
from shared.kernel.errors import RuleBroken
from shared.staff.address import address
from shared.staff.colleagues import Colleague
from shared.staff.column import Column
from shared.staff.download import Download, download_at
from shared.unit_of_work import UnitOfWork
from shared.web.pages import render

router = APIRouter(prefix="/diary")

PATH = "/diary"
TEAM = "team"
"""Whose diary, when it is everyone's."""
_FURTHEST = timedelta(days=400)


class DiarySpan(Code):
    DAY = "day", "Day"
    WEEK = "week", "Week"


@dataclass(frozen=True)
class AskedDiary:
    """What the address says."""

    day: date | None = None
    span: DiarySpan = DiarySpan.DAY
    whose: str = ""
    """A colleague's id, or `team`."""

    def on(self, today: date) -> date:
        """Raises RuleBroken when the day is too far away."""
        day = self.day or today
        if abs(day - today) > _FURTHEST:
            raise RuleBroken("diary_day", "Choose a day within a year of today.")
        return day

    def dates(self, today: date) -> tuple[date, date]:
        """The first and the last."""
        day = self.on(today)
        return week_of(day) if self.span is DiarySpan.WEEK else (day, day)

    def of(self, actor: Actor) -> UUID | None:
        """Whose; None: the whole team's. Raises RuleBroken when it is nobody's."""
        if self.whose in ("", TEAM):
            works = CAPABILITIES.holds(actor.roles, RECORD_CONTACT)
            return actor.id if works and not self.whose else None
        try:
            return UUID(self.whose)
        except ValueError:
            raise RuleBroken("diary_whose", "Choose someone of the team.") from None

    def address(self, day: date, span: DiarySpan, whose: UUID | None) -> str:
        return address(PATH, day=day.isoformat(), span=span, whose=str(whose) if whose else TEAM)


async def _read(
    request: Request, work: UnitOfWork, asked: AskedDiary
) -> tuple[DiaryTable, Sequence[Colleague], UUID | None]:
    practitioners, whose = await practitioner_list(work.session), asked.of(work.actor)
    names: Mapping[UUID, str] = {one.id: one.name for one in practitioners if whose in (None, one.id)}
    if whose is not None and not names:
        raise RuleBroken("diary_whose", "Choose someone of the team.")
    first, last = asked.dates(work.today)
    return await read_diary(work, team_of(request).hours, first, last, names), practitioners, whose


@router.get("")
async def show_diary(
    request: Request, actor: Annotated[Actor, STAFF], asked: Annotated[AskedDiary, Depends()]
) -> Response:
    async with begin(request, actor) as work:
        table, practitioners, whose = await _read(request, work, asked)
        work.record("diary.read")
        today = work.today
    day, step = asked.on(today), timedelta(days=7 if asked.span is DiarySpan.WEEK else 1)
    next_day, span = add_working_days(today, 1), asked.span
    is_tomorrow = next_day == today + timedelta(days=1)

    def link(words: str, on: date, of: DiarySpan, person: UUID | None) -> tuple[str, str, bool]:
        return words, asked.address(on, of, person), (on, of, person) == (day, span, whose)

    monday = week_of(day)[0] == week_of(today)[0]
    return render(
        request,
        "contacts/diary.html",
        table=table,
        today=today,
        whose=whose,
        is_week=span is DiarySpan.WEEK,
        chips=[
            link("Today", today, DiarySpan.DAY, whose),
            link("Tomorrow" if is_tomorrow else "Next working day", next_day, DiarySpan.DAY, whose),
            link("This week", day if monday and span is DiarySpan.WEEK else today, DiarySpan.WEEK, whose),
        ],
        people=[
            *(link(one.name, day, span, one.id) for one in practitioners),
            link("Whole team", day, span, None),
        ],
        before=asked.address(day - step, span, whose),
        after=asked.address(day + step, span, whose),
        csv=asked.address(day, span, whose).replace(PATH, f"{PATH}.csv", 1),
        pack=address(f"{PATH}/print-pack", day=day.isoformat(), whose=str(whose) if whose else TEAM),
    )


@download_at(router, ".csv")
async def download_diary(
    request: Request, actor: Annotated[Actor, STAFF], asked: Annotated[AskedDiary, Depends()]
) -> Download[DiaryEntry]:
    async with begin(request, actor) as work:
        table, _, _ = await _read(request, work, asked)
        work.record("diary.export")
    return Download("diary.csv", [*_COLUMNS, Column("Clash", table.clash_words)], table.entries)


_COLUMNS: Sequence[Column[DiaryEntry]] = (
    Column("Day", lambda line: line.day),
    Column("Time", lambda line: f"{line.starts_at.astimezone(LONDON):%H:%M}"),
    Column("Until", lambda line: f"{line.ends_at.astimezone(LONDON):%H:%M}"),
    Column("Practitioner", lambda line: line.practitioner_name),
    Column("Who", lambda line: line.who),
    Column("What", lambda line: line.kind),
    Column("How", lambda line: line.mode),
    Column("Where", lambda line: line.venue),
    Column("Interpreter", lambda line: line.interpreter),
    Column("What happened", lambda line: line.attendance),
)
