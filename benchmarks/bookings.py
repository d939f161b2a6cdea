"""How long two hundred people wait who book fourteen places in the same moment; and when each presses twice.

    python -m benchmarks.bookings        a minute; only printed

The service is a process of its own, as in production, and whoever books is another, with a connection each. Aim: nobody
too many, no error, a second press has the answer of the first, p99 ≤ 2 s.
"""

import asyncio
import re
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlencode
from uuid import UUID

import uvloop
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncEngine

from benchmarks.page_cost import processor_ms
from benchmarks.pages import Served, serving
from benchmarks.workforce import database
from services.training.contents import SERVICE
from services.training.courses.commands.plan_cohort import PlanCohort, plan_cohort
from services.training.courses.domain.cohort import Cohort, CohortDay, Filling, Reserved
from services.training.database.course_tables import booking, message
from services.training.staff.database.training_work import TrainingUnits
from services.training.staff.domain.training_team import TrainingTeam
from shared.contracts.training_codes import TrainingCourse
from shared.kernel.actor import Actor
from shared.kernel.clock import machine_clock
from shared.kernel.identifiers import new_id
from shared.kernel.logging import configure_logging
from shared.testing.visitor import hidden_in

PEOPLE, PLACES = 200, 14
[BETH] = [one for one in SERVICE.people if one.name == "Beth Instance"]


async def main() -> None:
    """Measure, and print a table."""
    async with database() as (engine, _, access):
        settings = {"PAIRS_CERTIFICATE_KEY": "11" * 32}
        async with serving(access.database_url, access.redis_url, "training", **settings) as served:
            crowd = _Crowd(engine, served)
            await crowd.book(people=5, presses=1)  # templates and statements are compiled, connections opened
            print("| what | figure | remark |\n|---|---|---|")
            for presses, remark in ((1, "aim p99 2 s; 0 over"), (2, "both presses with one answer")):
                print(f"{await crowd.book(people=PEOPLE, presses=presses)} | {remark} |")


@dataclass
class _Crowd:
    """People who have the form of one course open, and press at once."""

    engine: AsyncEngine
    served: Served

    async def book(self, *, people: int, presses: int) -> str:
        """Half a line of the table."""
        form = await _planned(self.engine)
        asked = [{**await self._hidden(form), **_answers(number)} for number in range(people)]
        before = processor_ms([self.served.pid])
        found = await asyncio.gather(*(self._press(form, one) for one in asked for _ in range(presses)))
        worked = processor_ms([self.served.pid]) - before
        took, answers = sorted(seconds for seconds, _ in found), [where for _, where in found]
        await self._check(form, people, answers, presses)
        p50, p99 = took[len(took) // 2], took[int(len(took) * 0.99)]
        what = f"{people} book {PLACES} places at once{', each twice' if presses == 2 else ''}"
        each = f"{worked / len(took):.1f} ms of processor time a press"
        return f"| {what} | p50 {p50:.1f} s, p99 {p99:.1f} s, the last after {took[-1]:.1f} s; {each}"

    async def _hidden(self, form: str) -> dict[str, str]:
        _, page = await self._asked(f"GET {form}", b"")
        return hidden_in(page)

    async def _press(self, form: str, answers: dict[str, str]) -> tuple[float, str]:
        """Seconds, and where it leads."""
        begun = time.perf_counter()
        head, _ = await self._asked(f"POST {form}", urlencode(answers).encode())
        where = re.search(r"^location: (\S+)", head, re.MULTILINE | re.IGNORECASE)
        return time.perf_counter() - begun, where[1] if where else head.partition("\n")[0]

    async def _asked(self, what: str, body: bytes) -> tuple[str, str]:
        """Head and body of the answer, by a connection of its own: a client that does more would take the processor."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.served.port)
        head = f"{what} HTTP/1.1\r\nHost: 127.0.0.1:{self.served.port}\r\nConnection: close\r\n"
        kind = f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n"
        writer.write((head + kind).encode() + body)
        answer = (await reader.read()).decode()
        writer.close()
        return answer.split("\r\n\r\n", 1)[0], answer.split("\r\n\r\n", 1)[1]

    async def _check(self, form: str, people: int, answers: Sequence[str], presses: int) -> None:
        assert answers[::presses] == answers[presses - 1 :: presses], "the second press has another answer"
        assert all(where.startswith("/place/") for where in answers), f"somebody was refused: {answers}"
        places = min(people, PLACES)
        wanted = {"booked": places, "waiting": people - places, "lines": people, "emails": people}
        assert (states := await _states(self.engine, UUID(form.rpartition("/")[2]))) == wanted, states


async def _planned(engine: AsyncEngine) -> str:
    """The address of the form."""
    begins = machine_clock() + timedelta(days=60)
    day = CohortDay(1, begins, begins + timedelta(hours=7), 360)
    cohort = Cohort(
        id=new_id(),
        course=TrainingCourse.IMH_PIR,
        course_version=1,
        venue="Central Library",
        is_online=False,
        capacity=PLACES,
        filling=Filling.OFFER,
        trainer_id=BETH.id,
        co_trainer="",
        reserved=Reserved(),
        days=(day,),
    )
    units = TrainingUnits(TrainingTeam("blackpool", 80), engine, region_key=bytes(32), clock=machine_clock)
    async with units.begin(Actor(BETH.id, BETH.roles)) as work:
        await plan_cohort(PlanCohort(cohort), work)
    return f"/book/{cohort.course.value}/{cohort.id}"


def _answers(number: int) -> dict[str, str]:
    named = {"given_name": f"Ada{number}", "family_name": "Example", "email": f"ada{number}@place.example"}
    return {**named, "workplace": "Place 01", "profession": "midwife", "may_wait": "yes"}


async def _states(engine: AsyncEngine, cohort_id: UUID) -> dict[str, int]:
    """Of a cohort's bookings, each of whom gets one email at once."""
    mailed = select(func.count()).where(message.c.booking_id == booking.c.id).scalar_subquery()
    asked = select(booking.c.state, booking.c.line, mailed.label("emails")).where(booking.c.cohort_id == cohort_id)
    async with engine.connect() as connection:
        rows = (await connection.execute(asked)).all()
    counted = Counter(row.state for row in rows)
    lines, emails = {row.line for row in rows}, sum(row.emails for row in rows)
    return {"booked": counted["booked"], "waiting": counted["waiting"], "lines": len(lines), "emails": emails}


if __name__ == "__main__":
    configure_logging(service="benchmark", team=None, level="warning")
    uvloop.run(main())  # as uvicorn runs our services
