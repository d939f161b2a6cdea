"""A service's demonstration as a program, with the same `PAIRS_*` settings as the service itself.

python -m services.<name>.demonstration history [--months 3]    into an empty database; a JSON line as it goes on
python -m services.<name>.demonstration living [--fast]         until SIGTERM or Ctrl-C

run(DemonstrationProgram(settings=LendingSettings, begins=begin, is_empty=is_empty, history=history, lives=live))
"""

import asyncio
import gc
import json
import random
import signal
import sys
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from functools import partial
from typing import Annotated, Generic, TypeVar

import structlog
import typer
import uvloop
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from shared.database.engines import create_engine
from shared.demonstration.loading import (
    AnyHappening,
    Demonstration,
    HistoryFailed,
    Pace,
    Share,
    carry_out_share,
    load,
)
from shared.kernel.clock import machine_clock
from shared.kernel.errors import Refusal
from shared.kernel.settings import EX_CONFIG, Settings, WrongSettings, read_settings


class Tempo(Enum):
    """How a demonstration lives: the seconds between two looks at whether something is due."""

    USUAL = (240.0, 480.0)
    """In office hours, and as much as in the history."""
    FAST = (8.0, 24.0)
    """At any hour, one thing after the other, for someone who watches."""


_OBJECTS_BEFORE_A_COLLECTION = 100_000
"""Thousands of short commands leave little to collect, and looking for it takes a tenth of the time."""

AnySettings = TypeVar("AnySettings", bound=Settings)
DoSomething = Callable[[], Awaitable[None]]

log = structlog.get_logger()


@dataclass(frozen=True, kw_only=True)
class DemonstrationProgram(Generic[AnySettings, AnyHappening]):
    """What a service says of its demonstration; by functions of modules, so that another process finds them."""

    settings: type[AnySettings]
    begins: Callable[[AsyncEngine, AnySettings], Demonstration[AnyHappening]]
    is_empty: Callable[[AsyncEngine], Awaitable[bool]]
    """Only then a history may be loaded."""
    history: Callable[[AnySettings, datetime, int | None], Sequence[AnyHappening]]
    """What happened up to then, in so many months; None: in all."""
    lives: Callable[[AsyncEngine, AnySettings, random.Random, Tempo], DoSomething]
    """Gives what does what is due at the machine's own time."""


def run(program: DemonstrationProgram[AnySettings, AnyHappening]) -> None:
    """What the command line asks for."""
    app = typer.Typer(rich_markup_mode=None, add_completion=False)

    @app.command("history", help="Load the history. A database that is not empty is left as it is.")
    def _history(
        months: Annotated[int | None, typer.Option(min=1, help="The last so many months only.")] = None,
    ) -> None:
        _load(program, months)

    @app.command("living", help="Let things happen in office hours, as often as in the history.")
    def _living(*, fast: Annotated[bool, typer.Option(help="At any hour, one thing after the other.")] = False) -> None:
        asyncio.run(_live(program, _settings(program.settings), Tempo.FAST if fast else Tempo.USUAL))

    app()


def _load(program: DemonstrationProgram[AnySettings, AnyHappening], months: int | None) -> None:
    settings = _settings(program.settings)
    happenings = program.history(settings, machine_clock(), months)
    if not uvloop.run(_introduce(program, settings, happenings[0].at)):
        _tell(0, 0)
        return
    try:
        load(happenings, partial(_carry_out, program, settings), _tell)
    except HistoryFailed:  # the process that failed has said why, and that is to be the end of the log
        raise typer.Exit(1) from None


async def _introduce(
    program: DemonstrationProgram[AnySettings, AnyHappening], settings: AnySettings, at: datetime
) -> bool:
    """Says whether there is no history yet."""
    async with _forgetful_engine(settings) as engine:
        if not await program.is_empty(engine):
            return False
        await program.begins(engine, settings).introduce(at)
        return True


def _carry_out(
    program: DemonstrationProgram[AnySettings, AnyHappening],
    settings: AnySettings,
    share: Share[AnyHappening],
    pace: Pace,
    process: int,
) -> None:
    """In a process of its own."""
    gc.set_threshold(_OBJECTS_BEFORE_A_COLLECTION)

    async def carry_out() -> None:
        async with _forgetful_engine(settings) as engine:
            await carry_out_share(program.begins(engine, settings), share, pace, process)

    uvloop.run(carry_out())


async def _live(program: DemonstrationProgram[AnySettings, AnyHappening], settings: AnySettings, tempo: Tempo) -> None:
    engine = create_engine(settings.database_url)
    try:
        chance = random.Random()  # noqa: S311 - nothing here is secret
        task = asyncio.create_task(live(program.lives(engine, settings, chance, tempo), chance, tempo.value))
        for number in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(number, task.cancel)
        await asyncio.wait([task])
        if not task.cancelled():
            task.result()
    finally:
        await engine.dispose()


async def live(do_something: DoSomething, chance: random.Random, between: tuple[float, float]) -> None:
    """One thing after the other until it is cancelled.

    Args:
        between: seconds between two of them, the fewest and the most.
    """
    while True:
        await asyncio.sleep(chance.uniform(*between))
        try:
            await do_something()
        except Refusal as refusal:  # someone at the pages was quicker
            log.info("demonstration_refused", code=refusal.code)


@asynccontextmanager
async def _forgetful_engine(settings: Settings) -> AsyncGenerator[AsyncEngine]:
    """Its commits do not wait for the disk: a history that a power cut ruins is loaded again."""
    engine = create_async_engine(
        settings.database_url.replace("postgresql://", "postgresql+asyncpg://", 1),
        hide_parameters=True,
        connect_args={"server_settings": {"synchronous_commit": "off"}},
    )
    try:
        yield engine
    finally:
        await engine.dispose()


def _settings(model: type[AnySettings]) -> AnySettings:
    try:
        return read_settings(model=model)
    except WrongSettings as wrong:
        sys.stderr.write(f"{wrong}\n")
        raise typer.Exit(EX_CONFIG) from None


def _tell(done: int, total: int) -> None:
    sys.stdout.write(json.dumps({"done": done, "total": total}) + "\n")
    sys.stdout.flush()
