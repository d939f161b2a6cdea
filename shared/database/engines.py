"""The pool of connections that a service's pages and commands use."""

from time import monotonic
from typing import Any

from sqlalchemy import event
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

CONNECTIONS = 10
MORE_IN_A_RUSH = 10
STATEMENT_SECONDS = 10
LOCK_SECONDS = 5
IDLE_SECONDS = 30
"""So long unused, a connection is asked whether it still is one: what is in between may have forgotten it."""
UNUSED_SECONDS = 120
"""So long unused, the server closes it: each takes 3 MB there, and a start needs more than an hour does."""


_IN_MEMORY = {"random_page_cost": "1.1", "jit": "off"}
"""What a page asks for is in the server's memory, and to compile it takes longer than to run it."""
_PLANS_ONCE = {"plan_cache_mode": "force_generic_plan"}


def create_engine(database_url: str, *, plans_once: bool = False) -> AsyncEngine:
    """An engine for `postgresql://…`; nothing is connected before it is used.

    A statement that takes longer than 10 seconds, or waits longer than 5 for a lock, is given up by the server.

    Args:
        plans_once: as `Service.plans_once` says.
    """
    engine = create_async_engine(
        database_url.replace("postgresql://", "postgresql+asyncpg://", 1),
        hide_parameters=True,  # who they are about must be in no log
        pool_size=CONNECTIONS,
        max_overflow=MORE_IN_A_RUSH,
        pool_timeout=LOCK_SECONDS,
        pool_use_lifo=True,  # so that those which a rush needed are unused afterwards
        connect_args={
            "server_settings": {
                "statement_timeout": f"{STATEMENT_SECONDS}s",
                "lock_timeout": f"{LOCK_SECONDS}s",
                "idle_in_transaction_session_timeout": f"{STATEMENT_SECONDS}s",
                "idle_session_timeout": f"{UNUSED_SECONDS}s",
                **_IN_MEMORY,
                **(_PLANS_ONCE if plans_once else {}),
            }
        },
    )
    event.listen(engine.sync_engine, "checkin", _note_use)
    event.listen(engine.sync_engine, "checkout", _refuse_what_is_gone)
    return engine


def _note_use(_connection: Any, record: Any) -> None:
    record.info["used_at"] = monotonic()


def _refuse_what_is_gone(connection: Any, record: Any, _proxy: Any) -> None:
    """`pool_pre_ping` asks each time, and that is three of the six messages of a transaction with one statement."""
    if connection.driver_connection.is_closed():
        raise DisconnectionError
    if monotonic() - record.info.get("used_at", monotonic()) >= IDLE_SECONDS:
        try:
            connection.ping()
        except connection.dbapi.Error as error:
            raise DisconnectionError from error
