"""Where an operator's command finds the servers: those of `pairs up`, or those that two variables name.

`PAIRS_POSTGRES_ADMIN_URL` and `PAIRS_REDIS_ADMIN_URL` (or the same with `_FILE`) win over the state folder.
"""

import asyncio
import os
import sys
from collections.abc import Coroutine
from pathlib import Path
from typing import Annotated, Any, NoReturn, TypeVar

import asyncpg
import typer
from redis.exceptions import RedisError

from shared.embedded.servers import admin_urls_of
from shared.kernel.errors import Refusal
from shared.tenancy.admin import AdminUrls

EX_UNAVAILABLE = 69
DEFAULT_STATE = Path(".pairs")

State = Annotated[Path, typer.Option("--state", help="The folder of `pairs up`.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON, for programs.")]

_VARIABLES = ("PAIRS_POSTGRES_ADMIN_URL", "PAIRS_REDIS_ADMIN_URL")

T = TypeVar("T")


def admin_urls(state: Path) -> AdminUrls:
    """The operators' addresses, or the end of the program with exit code 69."""
    postgres, redis = map(_variable, _VARIABLES)
    if postgres and redis:
        return AdminUrls(postgres, redis)
    found = admin_urls_of(state)
    if found is None:
        stop(f"Nothing runs on {state}. Start it with `pairs up`, or name the servers in {' and '.join(_VARIABLES)}.")
    return found


def run(work: Coroutine[Any, Any, T]) -> T:
    """Do the work; a server that does not answer ends the program with exit code 69 and a sentence."""
    try:
        return asyncio.run(work)
    except Refusal as refusal:
        typer.echo(refusal.sentence, err=True)
        raise typer.Exit(1) from None
    except (OSError, RedisError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
        stop(f"A server does not answer ({type(error).__name__}). `pairs doctor` says which.")


def stop(sentence: str) -> NoReturn:
    """End the program because something that it needs is not there."""
    sys.stderr.write(sentence + "\n")
    raise typer.Exit(EX_UNAVAILABLE)


def _variable(name: str) -> str | None:
    if path := os.environ.get(f"{name}_FILE"):
        return Path(path).read_text(encoding="utf-8").strip()
    return os.environ.get(name)
