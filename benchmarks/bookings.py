"""How long two hundred people wait who book fourteen places in the same moment, each pressing twice.

    python -m benchmarks.bookings        half a minute; only printed

The pages are in the same process, with the pool of connections that they have in production. Aim: nobody too many, no
error, both answers the same, p99 ≤ 2 s.
"""

import asyncio
import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import httpx
import uvloop
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncEngine

from benchmarks.workforce import database
from services.training.contents import SERVICE
from services.training.courses.commands.plan_cohort import PlanCohort, plan_cohort
from services.training.courses.domain.cohort import Cohort, CohortDay, Filling, Reserved
from services.training.database.course_tables import booking, message
from services.training.staff.database.training_work import TrainingUnits
from services.training.staff.domain.training_team import TrainingTeam
from shared.contracts.training_codes import TrainingCourse
from shared.database.engines import create_engine
from shared.kernel.actor import Actor
from shared.kernel.identifiers import new_id
from shared.kernel.logging import configure_logging
from shared.testing.page_walk import pages_of
from shared.testing.statements import statements_of
from shared.testing.visitor import client_of, hidden_in

PEOPLE, PLACES = 200, 14
NOW = datetime(2026, 11, 26, 10, tzinfo=UTC)
[BETH] = [one for one in SERVICE.people if one.name == "Beth Instance"]


async def main() -> None:
    """Measure, and print a table."""
    async with database() as (other, _):
        engine = create_engine(other.url.render_as_string(hide_password=False).replace("+asyncpg", ""))
        form = await _planned(engine)
        async with client_of(pages_of(SERVICE, engine, lambda: NOW)) as client:
            forms = [hidden_in((await client.get(form)).text) for _ in range(PEOPLE)]
            asked = [{**hidden, **_answers(number)} for number, hidden in enumerate(forms)]
            presses = [_pressed(client, form, one) for one in asked for _ in range(2)]
            begun = time.process_time()
            with statements_of(engine) as sent:
                found = await asyncio.gather(*presses)
            worked = time.process_time() - begun
        states = await _states(engine)
        await engine.dispose()
    took = sorted(seconds for seconds, _ in found)
    answers = [where for _, where in found]
    assert answers[::2] == answers[1::2], "the second press has another answer"
    assert all(where.startswith("/place/") for where in answers), "somebody was refused"
    assert states == {"booked": PLACES, "waiting": PEOPLE - PLACES, "lines": PEOPLE, "emails": PEOPLE}, states
    p50, p99 = took[len(took) // 2], took[int(len(took) * 0.99)]
    print("| what | figure | remark |\n|---|---|---|")
    figure = f"p50 {p50:.1f} s, p99 {p99:.1f} s"
    print(f"| {PEOPLE} book {PLACES} places at once, each twice | {figure} | aim p99 2 s; 0 over |")
    each = f"{worked * 1000 / len(took):.1f} ms of processor time, {len(sent) / len(took):.0f} statements"
    print(f"| one press of them | {each} | with the browser's share |")


async def _planned(engine: AsyncEngine) -> str:
    """The address of the form."""
    begins = NOW + timedelta(days=60)
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
    units = TrainingUnits(TrainingTeam("blackpool", 80), engine, region_key=bytes(32), clock=lambda: NOW)
    async with units.begin(Actor(BETH.id, BETH.roles)) as work:
        await plan_cohort(PlanCohort(cohort), work)
    return f"/book/{cohort.course.value}/{cohort.id}"


def _answers(number: int) -> dict[str, str]:
    named = {"given_name": f"Ada{number}", "family_name": "Example", "email": f"ada{number}@place.example"}
    return {**named, "workplace": "Place 01", "profession": "midwife", "may_wait": "yes"}


async def _pressed(client: httpx.AsyncClient, form: str, answers: dict[str, str]) -> tuple[float, str]:
    """Seconds, and where it leads."""
    begun = time.perf_counter()
    answer = await client.post(form, data=answers)
    return time.perf_counter() - begun, answer.headers.get("location", f"status {answer.status_code}")


async def _states(engine: AsyncEngine) -> dict[str, int]:
    async with engine.connect() as connection:
        rows: Sequence[tuple[str, int]] = [
            (row.state, row.line) for row in await connection.execute(select(booking.c.state, booking.c.line))
        ]
        emails = await connection.scalar(select(func.count()).select_from(message)) or 0
    lines = len({line for _, line in rows})
    states = [state for state, _ in rows]
    return {"booked": states.count("booked"), "waiting": states.count("waiting"), "lines": lines, "emails": emails}


if __name__ == "__main__":
    configure_logging(service="benchmark", team=None, level="warning")
    uvloop.run(main())  # as uvicorn runs our services
