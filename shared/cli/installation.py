"""Where an operator's command finds the servers: two variables name them, or they run on this machine.

`PAIRS_POSTGRES_ADMIN_URL` and `PAIRS_REDIS_ADMIN_URL` (or the same with `_FILE`) win over the state folder.
"""

import asyncio
import sys
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Annotated, Any, NoReturn, TypeVar

import asyncpg
import typer

from shared.cli.tool import EX_UNAVAILABLE
from shared.cli.unanswered import UNANSWERED
from shared.kernel.errors import Refusal
from shared.kernel.settings import EX_CONFIG, PREFIX, WrongSettings, variable
from shared.tenancy.admin import AdminUrls

DEFAULT_STATE = Path(".pairs")

State = Annotated[Path, typer.Option("--state", help="The folder of `pairs up`.")]

_NAMES = ("postgres_admin_url", "redis_admin_url")

T = TypeVar("T")

_ways: list[Callable[[Path], AdminUrls | None]] = []


def look_for_servers_by(way: Callable[[Path], AdminUrls | None]) -> None:
    """Where no variable names them: given the state folder, the addresses of servers that run on it."""
    _ways.append(way)


def admin_urls(state: Path) -> AdminUrls:
    """The operators' addresses, or the end of the program: 69 when there are none, 78 when a secret's file is wrong."""
    try:
        postgres, redis = map(variable, _NAMES)
    except WrongSettings as wrong:
        typer.echo(str(wrong), err=True)
        raise typer.Exit(EX_CONFIG) from None
    if postgres and redis:
        return AdminUrls(postgres, redis)
    for way in _ways:
        if found := way(state):
            return found
    names = " and ".join(PREFIX + name.upper() for name in _NAMES)
    return stop(f"Nothing runs on {state}. Start it with `pairs up`, or name the servers in {names}.")


def run(work: Coroutine[Any, Any, T]) -> T:
    """Do the work.

    The program ends with a sentence, and 69 when a server does not answer, 1 when it refuses or a file cannot be used.
    """
    try:
        return asyncio.run(_as_the_server_said(work))
    except Refusal as refusal:
        typer.echo(refusal.sentence, err=True)
        raise typer.Exit(1) from None
    except UNANSWERED as error:
        if isinstance(error, OSError) and error.filename is not None:
            typer.echo(f"{error.filename} cannot be used ({type(error).__name__}).", err=True)
            raise typer.Exit(1) from None
        stop(f"A server does not answer ({type(error).__name__}). `pairs doctor` says which.")
    except asyncpg.PostgresError as error:
        typer.echo(f"PostgreSQL refused it ({type(error).__name__}). `pairs doctor` says what may be wrong.", err=True)
        raise typer.Exit(1) from None


async def _as_the_server_said(work: Coroutine[Any, Any, T]) -> T:
    """What SQLAlchemy raises around an error of PostgreSQL is that error, without the import of SQLAlchemy."""
    try:
        return await work
    except Exception as error:
        said = getattr(getattr(error, "orig", None), "__cause__", None)
        if isinstance(said, (asyncpg.PostgresError, *UNANSWERED)):
            raise said from None
        raise


def stop(sentence: str) -> NoReturn:
    """End the program because something that it needs is not there."""
    sys.stderr.write(sentence + "\n")
    raise typer.Exit(EX_UNAVAILABLE)
