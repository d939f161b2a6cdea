"""A service as a process, `python -m services.<name>.app`: what its table of contents declares is run here.

    (nothing)     serve its pages, relay what it publishes, read what it reads and do what is due, until told to stop
    TOOL …        one of its tools; PAIRS_DATABASE_URL is enough

Exits with a sentence on standard error: 2 wrong words, 78 a wrong setting. Exits with 70 when a part of it ended that
must go on, or hung for a minute (the log says which): whoever supervises it starts it again.
"""

import sys
from contextlib import AbstractAsyncContextManager
from functools import partial
from importlib import import_module
from typing import Any, Protocol, cast, runtime_checkable

import uvloop
from fastapi import APIRouter, FastAPI
from sqlalchemy import QueuePool, text
from sqlalchemy.ext.asyncio import AsyncEngine

from shared.contracts.slug import locality_name
from shared.database.engines import create_engine
from shared.database.migrations import TABLES, Tables, head
from shared.kernel.actor import system
from shared.kernel.beside import LoopEnded
from shared.kernel.clock import Clock, machine_clock
from shared.kernel.collection import collect_rarely
from shared.kernel.logging import configure_logging
from shared.kernel.metrics import CONNECTIONS_IN_USE, FIGURES, Measure
from shared.kernel.settings import EX_CONFIG, Settings, WrongSettings, read_settings
from shared.manifest import NavigationItem, Service
from shared.staff.colleague_sign_in import remember_colleagues
from shared.staff.form_routes import body_limits_of
from shared.staff.pages import TEMPLATES
from shared.staff.unfinished import unfinished_pages
from shared.staff.unsent import keep_unsent
from shared.unit_of_work import UnitOfWork, UnitsOfWork
from shared.web.app import create_web
from shared.web.health import create_health
from shared.web.openid.ended_sign_ins import EndedSignIns
from shared.web.problems import Renderer
from shared.web.serving import serve
from shared.web.sign_in import sign_in_of
from shared.web.sign_in_link import open_by_link
from shared.web.sign_in_pages import sign_in_pages
from shared.web.watchdog import EX_SOFTWARE, watched
from shared.worker import Hears, Timer, Worker, region_worker, team_worker


def main(service: Service) -> None:
    """What the command line asks for."""
    if words := sys.argv[1:]:
        from shared.cli.tool import run_tool  # noqa: PLC0415 - a process that serves reads no command line

        run_tool(service, words)
    try:
        settings = read_settings(service=service.name, model=settings_of(service))
        configure_logging(service=service.name, team=settings.team, level=settings.log_level)
        uvloop.run(run(service, settings))
    except WrongSettings as wrong:
        sys.stderr.write(f"{wrong}\n")
        sys.exit(EX_CONFIG)
    except LoopEnded:
        sys.exit(EX_SOFTWARE)


async def run(service: Service, settings: Settings) -> None:
    """Everything that the service does, until the process is told to stop."""
    engine = create_engine(settings.database_url, plans_once=service.plans_once)
    try:
        pages = create_pages(service, settings, engine, machine_clock)
        collect_rarely()
        async with _working(service, settings, engine, pages) as worker:
            private = create_private(service, settings, engine, worker)
            with watched(worker.live):
                await serve(pages, private, settings, is_ready=private.state.is_ready)
    finally:
        await engine.dispose()


def settings_of(service: Service) -> type[Settings]:
    """The model of the service's settings."""
    return getattr(import_module(f"{service.package}.settings"), service.settings) if service.settings else Settings


def create_pages(
    service: Service, settings: Settings, engine: AsyncEngine, clock: Clock, *, signs_in: APIRouter | None = None
) -> FastAPI:
    """The service's pages and API; it remembers by name who signs in.

    Its state has what `create_web` gives, `units_of_work`, `capabilities` (the service's table), and `body_limits`,
    `renderers` and `upload_paths`, which the modules that prepare it add to.

    Args:
        signs_in: the pages of another sign-in than the settings say.

    Raises:
        WrongSettings: the sign-in needs something that the settings do not say.
    """
    body_limits: dict[str, int] = {}
    renderers: dict[str, Renderer] = {}
    app = create_web(
        settings,
        title=service.title.format(place=locality_name(settings.team or "")),
        routers=[
            signs_in or sign_in_pages(sign_in_of(settings, service.roles)),
            unfinished_pages(),
            *(one.router for one in service.pages()),
        ],
        templates=[
            ("", TEMPLATES),
            *((room.name, service.folder_of(room) / "web" / "templates") for room in service.rooms),
        ],
        engine=engine,
        clock=clock,
        body_limits=body_limits,
        renderers=renderers,
        navigation=[NavigationItem(one.text, one.href, one.roles or service.roles) for one in service.navigation],
        search=service.search,
        open_to_all=list(service.open_to_all),
        place=locality_name(settings.team) if settings.team else "",
    )
    body_limits |= body_limits_of(app.routes)
    app.state.asks_for_proof = signs_in is None and settings.sign_in != "none"
    app.state.body_limits = body_limits
    app.state.renderers = renderers
    app.state.upload_paths = set[str]()
    app.state.units_of_work = units_of_work(settings, engine, clock)
    app.state.capabilities = service.capabilities()
    remember_colleagues(app.state.sessions, service.roles)
    app.state.keep_unsent = keep_unsent
    for module in service.prepares():
        module.prepare(app)
    return app


@runtime_checkable
class OwnUnits(Protocol):
    """Settings of a service whose units of work carry more than others' do."""

    def units_of_work(self, engine: AsyncEngine, clock: Clock) -> UnitsOfWork[Any]: ...


def units_of_work(settings: Settings, engine: AsyncEngine, clock: Clock) -> UnitsOfWork[Any]:
    """In which everything of the service works."""
    if isinstance(settings, OwnUnits):
        return settings.units_of_work(engine, clock)
    return UnitsOfWork(engine, UnitOfWork, region_key=bytes.fromhex(settings.region_key), clock=clock)


def create_private(service: Service, settings: Settings, engine: AsyncEngine, worker: Worker) -> FastAPI:
    """The private port: ready when the database answers and has this version's tables, and the worker works."""

    async def database_answers() -> None:
        async with engine.connect() as connection:
            await connection.execute(text("SELECT 1"))

    async def tables_are_ours() -> None:
        async with engine.connect() as connection:
            [row] = await connection.execute(text(TABLES))
        if not Tables(*row).fit(head(service.name)):
            raise LookupError

    async def figures() -> None:
        async with units_of_work(settings, engine, machine_clock).begin(system()) as work:
            FIGURES.labels("sign_in_link").set(await open_by_link(work.session, work.now))
            for count in service.figures():
                for name, number in (await count(work)).items():
                    FIGURES.labels(name).set(number)

    ready = {"database": database_answers, "migrations": tables_are_ours, **worker.ready}
    measures = {"figures": Measure((FIGURES,), figures), **worker.measures}
    CONNECTIONS_IN_USE.set_function(cast("QueuePool", engine.pool).checkedout)
    return create_health(live=worker.live, ready=ready, measures=measures)


def timers_of(service: Service, units: UnitsOfWork[Any]) -> list[Timer]:
    """The service's timers, each in units of work of its own."""
    return [Timer(timer.__name__, seconds, partial(timer, units)) for timer, seconds in service.timers()]


def _working(
    service: Service, settings: Settings, engine: AsyncEngine, pages: FastAPI
) -> AbstractAsyncContextManager[Worker]:
    units = units_of_work(settings, engine, machine_clock)
    timers = timers_of(service, units)
    if service.of == "region":
        return region_worker(settings, service.reactions(), machine_clock, timers)
    ended = EndedSignIns(settings, pages.state.sessions)
    pages.state.pass_on_end = ended.tell
    reactions = {to: service.reactions(to) for to in service.reads}
    hears = Hears(reactions, service.network_reactions(), ended.hear if settings.sign_in != "none" else None)
    return team_worker(settings, service.name, machine_clock, timers, units=units, hears=hears)
