"""A referral service's demonstration, with the same `PAIRS_*` settings as the service itself.

    python -m services.referral.demonstration history [--months 3]    into an empty database; a JSON line as it goes on
    python -m services.referral.demonstration living                  until SIGTERM or Ctrl-C

Every family is invented.
"""

import asyncio
import gc
import json
import random
import signal
import sys
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import datetime
from functools import partial
from typing import Annotated

import typer
import uvloop
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from services.referral.demonstration.carry_out import Demonstration
from services.referral.demonstration.history import history
from services.referral.demonstration.living import LivingTeam
from services.referral.demonstration.loading import HistoryFailed, Pace, Share, carry_out_share, is_empty, load
from services.referral.settings import ReferralSettings
from shared.database.engines import create_engine
from shared.kernel.clock import machine_clock
from shared.kernel.settings import EX_CONFIG, WrongSettings, read_settings

_OBJECTS_BEFORE_A_COLLECTION = 100_000
"""Thousands of short commands leave little to collect, and looking for it takes a tenth of the time."""

app = typer.Typer(help=__doc__, rich_markup_mode=None, add_completion=False)


@app.command("history")
def load_history(
    months: Annotated[int | None, typer.Option(min=1, help="The last so many months only.")] = None,
) -> None:
    """Load the team's history. A database that has a referral is left as it is."""
    settings = _settings()
    happenings = history(settings.slug, machine_clock(), months=months)
    if not uvloop.run(_introduce(settings, happenings[0].at)):
        _tell(0, 0)
        return
    try:
        load(happenings, partial(_carry_out, settings), _tell)
    except HistoryFailed:  # the process that failed has said why, and that is to be the end of the log
        raise typer.Exit(1) from None


@app.command()
def living() -> None:
    """Let a few things happen every minute."""
    asyncio.run(_live(_settings()))


async def _introduce(settings: ReferralSettings, at: datetime) -> bool:
    """Says whether the team has no history yet."""
    async with _forgetful_engine(settings) as engine:
        if not await is_empty(engine):
            return False
        await _demonstration(engine, settings).introduce(at)
        return True


def _carry_out(settings: ReferralSettings, share: Share, pace: Pace, process: int) -> None:
    """In a process of its own."""
    gc.set_threshold(_OBJECTS_BEFORE_A_COLLECTION)
    uvloop.run(_carry_out_share(settings, share, pace, process))


async def _carry_out_share(settings: ReferralSettings, share: Share, pace: Pace, process: int) -> None:
    async with _forgetful_engine(settings) as engine:
        await carry_out_share(_demonstration(engine, settings), share, pace, process)


async def _live(settings: ReferralSettings) -> None:
    engine = create_engine(settings.database_url)
    try:
        team = settings.to_team()
        demonstration = _demonstration(engine, settings)
        chance = random.Random()  # noqa: S311 - nothing here is secret
        task = asyncio.create_task(LivingTeam(engine, demonstration, team, clock=machine_clock, chance=chance).live())
        for number in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(number, task.cancel)
        await asyncio.wait([task])
        if not task.cancelled():
            task.result()
    finally:
        await engine.dispose()


@asynccontextmanager
async def _forgetful_engine(settings: ReferralSettings) -> AsyncGenerator[AsyncEngine]:
    """Its commits do not wait for the disk: a history that a power cut ruins is loaded again."""
    engine = create_async_engine(
        settings.database_url.replace("postgresql://", "postgresql+asyncpg://", 1),
        connect_args={"server_settings": {"synchronous_commit": "off"}},
    )
    try:
        yield engine
    finally:
        await engine.dispose()


def _demonstration(engine: AsyncEngine, settings: ReferralSettings) -> Demonstration:
    return Demonstration(engine, settings.to_team(), bytes.fromhex(settings.region_key))


def _settings() -> ReferralSettings:
    try:
        return read_settings(model=ReferralSettings)
    except WrongSettings as wrong:
        sys.stderr.write(f"{wrong}\n")
        raise typer.Exit(EX_CONFIG) from None


def _tell(done: int, total: int) -> None:
    sys.stdout.write(json.dumps({"done": done, "total": total}) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    app()
