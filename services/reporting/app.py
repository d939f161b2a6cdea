"""Composition root of reporting, and the process.

python -m services.reporting.app            serve until told to stop
python -m services.reporting.app rebuild    make the facts anew; PAIRS_DATABASE_URL as a superuser or the owner
"""

import asyncio
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from uuid import UUID

from fastapi import FastAPI
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from services.reporting.contents import PAGES, PROJECTIONS
from services.reporting.database.rebuild import RebuildHeldUp, rebuild
from services.reporting.web.live import followed_facts
from shared.contracts.vocabulary import Role
from shared.database.engines import create_engine
from shared.database.migrations import current, head
from shared.kernel.clock import Clock, machine_clock
from shared.kernel.logging import configure_logging
from shared.kernel.settings import EX_CONFIG, Settings, WrongSettings, read_settings
from shared.web.app import create_web as create_pages
from shared.web.health import create_health
from shared.web.pages import NavigationItem
from shared.web.serving import serve
from shared.web.sessions import Person
from shared.web.sign_in import sign_in_pages
from shared.worker import Worker, region_worker

SERVICE = "reporting"
EX_USAGE = 2
EX_UNAVAILABLE = 69

_LEADS = frozenset({Role.REGIONAL_LEAD})
PEOPLE = (Person(UUID(int=4), "Regional lead", _LEADS),)
"""Who can sign in to a demonstration."""

_TEMPLATES = Path(__file__).parent / "web" / "templates"


def create_web(settings: Settings, engine: AsyncEngine, clock: Clock, *, people: Sequence[Person] = PEOPLE) -> FastAPI:
    """The region's pages.

    Args:
        people: who can sign in to a demonstration.
    """
    return create_pages(
        settings,
        title="Regional reporting",
        routers=[sign_in_pages(people), *PAGES],
        templates={"": _TEMPLATES},
        engine=engine,
        clock=clock,
        navigation=[
            NavigationItem("The region", "/", _LEADS),
            NavigationItem("Data quality", "/data-quality", _LEADS),
        ],
    )


def create_private(settings: Settings, engine: AsyncEngine, worker: Worker) -> FastAPI:
    """The private port: ready when the database answers, has this version's tables, and every stream is read."""

    async def database_answers() -> None:
        async with engine.connect() as connection:
            await connection.execute(text("SELECT 1"))

    async def tables_are_ours() -> None:
        if await current(settings.database_url) != head(SERVICE):
            raise LookupError

    ready = {"database": database_answers, "migrations": tables_are_ours, **worker.ready}
    return create_health(live=worker.alive, ready=ready)


async def run(settings: Settings) -> None:
    """Serve pages, and read every team's stream, until the process is told to stop."""
    engine = create_engine(settings.database_url)
    web = create_web(settings, engine, machine_clock)
    try:
        async with (
            region_worker(settings, PROJECTIONS, machine_clock) as worker,
            followed_facts(settings.database_url, web.state.announcer),
        ):
            await serve(web, create_private(settings, engine, worker), settings)
    finally:
        await engine.dispose()


def main(arguments: Sequence[str]) -> None:
    """Exits with a sentence on standard error: 2 wrong argument, 78 wrong setting, 69 a rebuild that was held up."""
    match list(arguments):
        case []:
            _serve()
        case ["rebuild"]:
            _rebuild(os.environ.get("PAIRS_DATABASE_URL", ""))
        case _:
            sys.stderr.write("Say nothing, to serve; or: rebuild\n")
            sys.exit(EX_USAGE)


def _serve() -> None:
    try:
        settings = read_settings()
    except WrongSettings as wrong:
        sys.stderr.write(f"{wrong}\n")
        sys.exit(EX_CONFIG)
    configure_logging(service=SERVICE, team=None, level=settings.log_level)
    asyncio.run(run(settings))


def _rebuild(database_url: str) -> None:
    """Tells the command line's `pairs rebuild` how far it is: a line of JSON for each step."""
    if not database_url.startswith("postgresql://"):
        sys.stderr.write("PAIRS_DATABASE_URL: name reporting's database, as a superuser or the owner\n")
        sys.exit(EX_CONFIG)
    try:
        events = asyncio.run(rebuild(database_url, PROJECTIONS, lambda done, of: _tell(done=done, of=of)))
    except RebuildHeldUp as held_up:
        sys.stderr.write(f"{held_up}\n")
        sys.exit(EX_UNAVAILABLE)
    _tell(rebuilt=events)


def _tell(**figures: int) -> None:
    sys.stdout.write(json.dumps(figures) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1:])
