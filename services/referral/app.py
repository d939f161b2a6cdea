"""Composition root of the referral service, and the process.

python -m services.referral.app                          serve until told to stop
python -m services.referral.app register-client NAME     let another system refer by FHIR; PAIRS_DATABASE_URL is enough
python -m services.referral.app register-client --may-read NAME    and read records
"""

import asyncio
import json
import os
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from fastapi import FastAPI
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from services.referral.contents import FHIR, PAGES, TIMERS
from services.referral.demonstration.people import PEOPLE
from services.referral.fhir.commands.register_api_client import ApiCredentials, RegisterApiClient, register_api_client
from services.referral.fhir.web.outcome import as_operation_outcome
from services.referral.fhir.web.token import RATE as TOKEN_RATE
from services.referral.fhir.web.token import as_oauth_error
from services.referral.governance.web.refused import answer_refused_reads
from services.referral.intake.web.caseload_import import PATH as CASELOAD_IMPORT
from services.referral.intake.web.merged import answer_merged_records
from services.referral.measures.packs.measures import WrongPack
from services.referral.measures.web.measure_pack import load_for
from services.referral.measures.web.usual_measures import check_usual
from services.referral.settings import ReferralSettings
from services.referral.staff.web.access import STAFF_ROLES
from services.referral.team.database.team_work import TeamUnits
from shared.contracts.slug import locality_name
from shared.database.engines import create_engine
from shared.database.migrations import current, head
from shared.kernel.actor import system
from shared.kernel.clock import Clock, machine_clock
from shared.kernel.errors import Refusal
from shared.kernel.logging import configure_logging
from shared.kernel.settings import EX_CONFIG, WrongSettings, read_settings
from shared.staff.pages import TEMPLATES as STAFF_TEMPLATES
from shared.unit_of_work import UnitOfWork, UnitsOfWork
from shared.web.app import create_web as create_pages
from shared.web.body_limit import API_LIMIT
from shared.web.health import create_health
from shared.web.pages import NavigationItem
from shared.web.rate_limit import Limiter, RateLimit
from shared.web.serving import serve
from shared.web.sessions import Person
from shared.web.sign_in import sign_in_pages
from shared.worker import Timer, Worker, team_worker

SERVICE = "referral"
EX_USAGE = 2
SENDING_RATE = RateLimit()
"""How often one address may start or send the public form."""

_TEMPLATES = {folder.parents[1].name: folder for folder in Path(__file__).parent.glob("*/web/templates")}


def create_web(
    settings: ReferralSettings,
    engine: AsyncEngine,
    clock: Clock,
    *,
    people: Sequence[Person] = PEOPLE,
    sending_rate: RateLimit = SENDING_RATE,
) -> FastAPI:
    """The pages of one team's referral service.

    Args:
        people: who can sign in to a demonstration.
    """
    app = create_pages(
        settings,
        title=f"{locality_name(settings.slug)} parent-infant team",
        routers=[sign_in_pages(people), *PAGES, *FHIR],
        templates={"": STAFF_TEMPLATES, **_TEMPLATES},
        engine=engine,
        clock=clock,
        body_limits={"/fhir/": API_LIMIT, CASELOAD_IMPORT: API_LIMIT},
        renderers={"/fhir/": as_operation_outcome, "/oauth2/": as_oauth_error},
        navigation=[
            NavigationItem("My day", "/my-day", STAFF_ROLES),
            NavigationItem("Caseload", "/caseload", STAFF_ROLES),
            NavigationItem("Triage", "/triage", STAFF_ROLES),
            NavigationItem("Waiting", "/waiting", STAFF_ROLES),
            NavigationItem("Reviews", "/reviews", STAFF_ROLES),
            NavigationItem("Tasks", "/tasks", STAFF_ROLES),
            NavigationItem("Search", "/search", STAFF_ROLES),
            NavigationItem("More", "/more", STAFF_ROLES),
        ],
    )
    app.state.measures = load_for(settings)
    check_usual(settings, app.state.measures)
    app.state.units_of_work = units_of(settings, engine, clock)
    app.state.sending_limiter = Limiter(sending_rate)
    app.state.token_limiter = Limiter(TOKEN_RATE)
    answer_refused_reads(app)
    answer_merged_records(app)
    app.state.upload_paths = frozenset({CASELOAD_IMPORT})
    return app


def create_private(settings: ReferralSettings, engine: AsyncEngine, worker: Worker) -> FastAPI:
    """The private port: ready when the database answers, has this version's tables, and the worker works."""

    async def database_answers() -> None:
        async with engine.connect() as connection:
            await connection.execute(text("SELECT 1"))

    async def tables_are_ours() -> None:
        if await current(settings.database_url) != head(SERVICE):
            raise LookupError

    ready = {"database": database_answers, "migrations": tables_are_ours, **worker.ready}
    return create_health(live=worker.alive, ready=ready)


def timers_of(units: TeamUnits) -> list[Timer]:
    """Those of the table of contents."""
    return [Timer(timer.__name__, seconds, partial(timer, units)) for timer, seconds in TIMERS]


def units_of(settings: ReferralSettings, engine: AsyncEngine, clock: Clock) -> TeamUnits:
    return TeamUnits(settings.to_team(), engine, region_key=bytes.fromhex(settings.region_key), clock=clock)


async def run(settings: ReferralSettings) -> None:
    """Serve pages, relay what they publish, and do what is due, until the process is told to stop."""
    engine = create_engine(settings.database_url)
    try:
        units = units_of(settings, engine, machine_clock)
        async with team_worker(settings, SERVICE, machine_clock, timers_of(units), units=units) as worker:
            web = create_web(settings, engine, machine_clock)
            await serve(web, create_private(settings, engine, worker), settings)
    finally:
        await engine.dispose()


def main(arguments: Sequence[str]) -> None:
    """Exits with a sentence on standard error: 1 refused, 2 wrong argument, 78 wrong setting."""
    match list(arguments):
        case []:
            _serve()
        case ["register-client", name]:
            _register_client(os.environ.get("PAIRS_DATABASE_URL", ""), RegisterApiClient(name))
        case ["register-client", "--may-read", name]:
            _register_client(os.environ.get("PAIRS_DATABASE_URL", ""), RegisterApiClient(name, may_read=True))
        case _:
            sys.stderr.write("Say nothing, to serve; or: register-client [--may-read] NAME\n")
            sys.exit(EX_USAGE)


def _serve() -> None:
    try:
        settings = read_settings(model=ReferralSettings)
    except WrongSettings as wrong:
        sys.stderr.write(f"{wrong}\n")
        sys.exit(EX_CONFIG)
    configure_logging(service=SERVICE, team=settings.team, level=settings.log_level)
    try:
        asyncio.run(run(settings))
    except WrongSettings as wrong:
        sys.stderr.write(f"{wrong}\n")
        sys.exit(EX_CONFIG)
    except WrongPack as wrong:
        sys.stderr.write(f"PAIRS_MEASURES_FOLDER: {wrong}\n")
        sys.exit(EX_CONFIG)


def _register_client(database_url: str, command: RegisterApiClient) -> None:
    """Tells `pairs team client` the credentials, as JSON; they cannot be shown again."""
    if not database_url.startswith("postgresql://"):
        sys.stderr.write("PAIRS_DATABASE_URL: name the team's referral database\n")
        sys.exit(EX_CONFIG)
    try:
        credentials = asyncio.run(_registered(database_url, command))
    except Refusal as refusal:
        sys.stderr.write(f"{refusal.sentence}\n")
        sys.exit(1)
    sys.stdout.write(json.dumps({"client_id": str(credentials.client_id), "secret": credentials.secret}) + "\n")


async def _registered(database_url: str, command: RegisterApiClient) -> ApiCredentials:
    engine = create_engine(database_url)
    try:
        async with UnitsOfWork(engine, UnitOfWork, region_key=b"", clock=machine_clock).begin(system()) as work:
            return await register_api_client(command, work)
    finally:
        await engine.dispose()


if __name__ == "__main__":
    main(sys.argv[1:])
