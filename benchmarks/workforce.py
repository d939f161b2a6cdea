"""How long a workforce takes: a file of 5,000 people, and the pages of a register of 20,000.

    python -m benchmarks.workforce        three minutes; only printed

One user, in the same process as the pages: what is measured is the statements and the page, not who else is there.
"""

import shutil
import statistics
import tempfile
import time
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

import uvloop
from sqlalchemy.ext.asyncio import AsyncEngine

from deploy.local.servers import discard, start_servers
from services.training.contents import SERVICE
from services.training.staff.database.training_work import TrainingUnits
from services.training.staff.domain.training_team import TrainingTeam
from services.training.workforce.commands.add_organisation import AddOrganisation, add_organisation
from services.training.workforce.commands.send_people import SendPeople, send_people
from services.training.workforce.commands.store_people import StorePeople, store_people
from services.training.workforce.database.workforce_imports import WorkforceImports
from services.training.workforce.queries.import_preview import import_preview
from shared.contracts.vocabulary import SourceGroup
from shared.database.engines import create_engine
from shared.database.migrations import upgrade
from shared.kernel.actor import Actor
from shared.kernel.collection import collect_rarely
from shared.kernel.identifiers import new_id
from shared.kernel.logging import configure_logging
from shared.kernel.postgres import connected
from shared.tenancy.admin import ServiceAccess
from shared.tenancy.databases import url_of
from shared.tenancy.names import database_name
from shared.tenancy.provisioning import provision_service
from shared.tenancy.secret_folder import SecretFolder
from shared.testing.page_walk import pages_of
from shared.testing.visitor import client_of, signs_in

TEAM, ROWS, PEOPLE, ORGANISATIONS, TIMES = "blackpool", 5_000, 20_000, 30, 60
NOW = datetime(2026, 11, 26, 10, tzinfo=UTC)
[ANN] = [one for one in SERVICE.people if one.name == "Ann Pattern"]
PAGES = (
    "/coverage",
    "/coverage?leave=without",
    "/coverage/people",
    "/coverage/people?state=never",
    "/coverage/champions",
    "/people",
    "/people?chip=moved",
    "/organisations",
)


async def main() -> None:
    """Measure, and print a table."""
    async with database() as (engine, admin_url, _):
        units = TrainingUnits(TrainingTeam(TEAM, 80), engine, region_key=bytes(32), clock=lambda: NOW)
        await _organisations(units)
        print(f"| what | figure | remark |\n|---|---|---|\n{await _imports(units, 'an empty register')}")
        await _fill(admin_url)
        print(await _imports(units, f"a register of {PEOPLE:,}", first=PEOPLE * 10))
        async with client_of(pages_of(SERVICE, engine, lambda: NOW)) as client:
            await signs_in(client, ANN)
            collect_rarely()  # as a process that serves does
            for page in PAGES:
                took = [await _timed(client.get(page)) for _ in range(TIMES)]
                p99 = sorted(took)[-2] * 1000
                print(f"| {page} | p50 {statistics.median(took) * 1000:.0f} ms, p99 {p99:.0f} ms | {PEOPLE:,} people |")


async def _imports(units: TrainingUnits, where: str, *, first: int = 0) -> str:
    """The preview, the write, and the same file once more."""
    lines: list[str] = []
    for what in ("5,000 new people", "the same file again"):
        import_id = new_id()
        async with units.begin(Actor(ANN.id, ANN.roles)) as work:
            await send_people(SendPeople(import_id, _file(first)), work)
        preview, write = await _timed(_preview(units, import_id)), await _timed(_store(units, import_id))
        lines.append(f"| {what}, into {where} | preview {preview:.1f} s, save {write:.1f} s | aim 10 s |")
    return "\n".join(lines)


async def _preview(units: TrainingUnits, import_id: UUID) -> None:
    async with units.begin(Actor(ANN.id, ANN.roles)) as work:
        plan = await import_preview(work, await WorkforceImports(work).get(import_id))
    assert plan.is_ready


async def _store(units: TrainingUnits, import_id: UUID) -> None:
    async with units.begin(Actor(ANN.id, ANN.roles)) as work:
        await store_people(StorePeople(import_id), work)


async def _timed(doing: object) -> float:
    begun = time.perf_counter()
    answer = await doing  # type: ignore[misc]
    assert getattr(answer, "status_code", 200) == 200
    return time.perf_counter() - begun


def _file(first: int) -> bytes:
    rows = [
        f"Place {number % ORGANISATIONS:02},{number:06},G{number * 7919:09},F{number * 104729:010},p{number}@x.example,"
        "Midwife"
        for number in range(first, first + ROWS)
    ]
    return "\n".join(["organisation,staff number,first name,last name,email,profession", *rows]).encode()


async def _organisations(units: TrainingUnits) -> None:
    async with units.begin(Actor(ANN.id, ANN.roles)) as work:
        for number in range(ORGANISATIONS):
            await add_organisation(AddOrganisation(new_id(), f"Place {number:02}", SourceGroup.OTHER), work)


async def _fill(admin_url: str) -> None:
    """Twenty thousand people in thirty places and eleven professions, most of whom hold three courses."""
    async with connected(admin_url) as connection:
        await connection.execute("TRUNCATE person CASCADE")
        for statement in _STATEMENTS:
            await connection.execute(statement.replace(":people", str(PEOPLE)))
        await connection.execute("VACUUM ANALYZE")


_PROFESSIONS = """(ARRAY['health_visitor','midwife','neonatal_nurse','gp','social_worker','family_worker','nursery',
'mental_health','voluntary','peer','other'])"""
_STATEMENTS = (
    """INSERT INTO person (id, version, given_name, family_name, email)
    SELECT gen_random_uuid(), 1, 'Given' || n % 400, 'Family' || n, 'q' || n || '@x.example'
    FROM generate_series(1, :people) n""",
    f"""INSERT INTO post (id, version, person_id, organisation_id, profession, staff_number, from_on)
    SELECT gen_random_uuid(), 1, p.id, o.id, {_PROFESSIONS}[1 + p.n % 11], '', date '2024-01-01' + (p.n % 1000)::int
    FROM (SELECT id, row_number() OVER () n FROM person) p
    JOIN (SELECT id, row_number() OVER () n FROM organisation) o ON o.n = 1 + p.n % 30""",
    """INSERT INTO leave (id, version, person_id, from_on)
    SELECT gen_random_uuid(), 1, id, '2026-06-01' FROM person TABLESAMPLE BERNOULLI (3)""",
    f"""INSERT INTO headcount (id, organisation_id, profession, as_of, people, entered_by, entered_at)
    SELECT gen_random_uuid(), o.id, p, date '2026-04-01', 80, gen_random_uuid(), now()
    FROM organisation o, unnest({_PROFESSIONS}) p""",
    """INSERT INTO cohort (id, version, course, course_version, venue, is_online, capacity, filling, trainer_id,
    co_trainer, reserved_places, starts_on, ends_on)
    VALUES (gen_random_uuid(), 1, 'IMH_PIR', 1, '', true, 14, 'offer', gen_random_uuid(), '', 0, '2026-01-05',
    '2026-01-05')""",
    """INSERT INTO booking (id, version, cohort_id, person_id, sector, profession, state, line, asked_at, secret, phone,
    needs, why_moved_up, is_walk_in)
    SELECT gen_random_uuid(), 1, (SELECT id FROM cohort), (SELECT id FROM person LIMIT 1), 'other', 'other', 'booked',
    1, now(), 's', '', '', '', false""",
    """INSERT INTO completion (id, version, person_id, course, level, course_version, cohort_id, booking_id, sector,
    profession, attended_minutes, length_minutes, held_from, until_on, completed_at, waived_why, withdrawn_why)
    SELECT gen_random_uuid(), 1, p.id, c, 1, 1, (SELECT id FROM cohort), (SELECT id FROM booking), 'other', 'other',
    360, 360, d, d + 1096, now(), '', ''
    FROM (SELECT id, row_number() OVER () n FROM person) p, unnest(ARRAY['IMH_PIR', 'INFANT_VOICE', 'REF_SKILLS']) c,
    LATERAL (SELECT date '2022-11-01' + (p.n % 1400)::int AS d) held WHERE p.n % 5 <> 0""",
    """INSERT INTO completion (id, version, person_id, course, level, course_version, cohort_id, booking_id, sector,
    profession, attended_minutes, length_minutes, held_from, until_on, completed_at, waived_why, withdrawn_why)
    SELECT gen_random_uuid(), 1, id, 'IHV_PIMH_CHAMPION', 2, 1, (SELECT id FROM cohort), (SELECT id FROM booking),
    'other', 'other', 540, 540, '2025-05-01', '2027-05-01', now(), '', '' FROM person LIMIT 200""",
    """INSERT INTO champion_activity (id, person_id, kind, done_on, people, recorded_by, recorded_at)
    SELECT gen_random_uuid(), person_id, 'taught', '2026-07-01', 5, gen_random_uuid(), now() FROM completion
    WHERE course = 'IHV_PIMH_CHAMPION'""",
)


class Database(NamedTuple):
    """Of a team's training service."""

    engine: AsyncEngine
    admin_url: str
    access: ServiceAccess


@asynccontextmanager
async def database() -> AsyncGenerator[Database]:
    """Of a team's training service, on a server of its own that writes to the disk as in production."""
    folder = Path(tempfile.mkdtemp(prefix="pairs-bench-", dir="/var/tmp"))
    folder.chmod(0o711)
    try:
        with start_servers(folder / "state") as servers:
            access = await provision_service(
                servers.admin_urls, TEAM, "training", SecretFolder(folder / "passwords"), is_networked=True
            )
            database = database_name(TEAM, "training")
            await upgrade(servers.postgres_admin_url, "training", database)
            engine = create_engine(access.database_url, plans_once=SERVICE.plans_once)
            yield Database(engine, url_of(servers.postgres_admin_url, database=database), access)
            await engine.dispose()
        discard(folder / "state")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    configure_logging(service="benchmark", team=None, level="warning")
    uvloop.run(main())  # as uvicorn runs our services
