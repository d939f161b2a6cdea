"""A look of the doctor's at one thing: what hangs, or is refused, is a finding and keeps nobody from the next thing."""

from collections.abc import AsyncGenerator
from contextlib import AbstractAsyncContextManager

import asyncpg

from shared.cli.finding import SILENT, Finding
from shared.cli.unanswered import UNANSWERED
from shared.database.migrations import Tables, tables
from shared.kernel.postgres import connected
from shared.tenancy.admin import AdminUrls

ANSWER_SECONDS = 10.0
"""How long one question to PostgreSQL may take; a look may ask many, so a large region is looked at as a small one."""
_HELD_OR_SLOW = (
    "It is held, or slow. Ask the server: SELECT pid, state, wait_event_type, xact_start, query FROM pg_stat_activity. "
    "Where wait_event_type is Lock, pg_blocking_pids(pid) says who holds it, such as a migration or a transaction left "
    "open: end that. Where nobody waits for a lock, the machine is busy or its disk slow: look there. Then look again."
)
_UNANSWERED_IN_TIME = (TimeoutError, asyncpg.QueryCanceledError, asyncpg.LockNotAvailableError)


def asked(url: str) -> AbstractAsyncContextManager["asyncpg.Connection[asyncpg.Record]"]:
    """A connection each of whose questions raises TimeoutError when it is not answered in time."""
    return connected(url, answers_within=ANSWER_SECONDS)


async def tables_in(url: str) -> Tables | None:
    """What the database has, asked likewise."""
    return await tables(url, answers_within=ANSWER_SECONDS)


async def looked(name: str, look: AsyncGenerator[Finding], admin: AdminUrls) -> AsyncGenerator[Finding]:
    """What a look finds, to where it was not answered any more, which is its last finding.

    Raises:
        one of UNANSWERED: it is not this one thing; the server itself does not answer.
    """
    try:
        async for finding in look:
            yield finding
    except _UNANSWERED_IN_TIME:
        async with asked(admin.postgres):
            pass
        detail = f"{SILENT} within {ANSWER_SECONDS:g} seconds: not all of it was looked at"
        yield Finding(name, well=False, detail=detail, what_to_do=_HELD_OR_SLOW)
    except asyncpg.PostgresError as error:
        if isinstance(error, UNANSWERED):
            raise
        detail = f"PostgreSQL refused a question ({type(error).__name__}): not all of it was looked at"
        what_to_do = "Migrate the databases whose tables are not well; then look again."
        yield Finding(name, well=False, detail=detail, what_to_do=what_to_do)
