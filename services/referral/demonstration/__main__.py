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
from typing import Annotated

import typer
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from services.referral.demonstration.carry_out import Demonstration
from services.referral.demonstration.history import history
from services.referral.demonstration.living import LivingTeam
from services.referral.demonstration.loading import is_empty, load
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
    asyncio.run(_load_history(_settings(), months))


@app.command()
def living() -> None:
    """Let a few things happen every minute."""
    asyncio.run(_live(_settings()))


async def _load_history(settings: ReferralSettings, months: int | None) -> None:
    gc.set_threshold(_OBJECTS_BEFORE_A_COLLECTION)
    async with _forgetful_engine(settings) as engine:
        if not await is_empty(engine):
            _tell(0, 0)
            return
        demonstration = Demonstration(engine, settings.to_team(), bytes.fromhex(settings.region_key))
        await load(demonstration, history(settings.slug, machine_clock(), months=months), _tell)


async def _live(settings: ReferralSettings) -> None:
    engine = create_engine(settings.database_url)
    try:
        team = settings.to_team()
        demonstration = Demonstration(engine, team, bytes.fromhex(settings.region_key))
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
