"""The pool of connections that a service's pages and commands use."""

from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

CONNECTIONS = 10
MORE_IN_A_RUSH = 10
STATEMENT_SECONDS = 10
LOCK_SECONDS = 5


def create_engine(database_url: str) -> AsyncEngine:
    """An engine for `postgresql://…`; nothing is connected before it is used.

    A statement that takes longer than 10 seconds, or waits longer than 5 for a lock, is given up by the server.
    """
    return create_async_engine(
        database_url.replace("postgresql://", "postgresql+asyncpg://", 1),
        pool_size=CONNECTIONS,
        max_overflow=MORE_IN_A_RUSH,
        pool_timeout=LOCK_SECONDS,
        pool_pre_ping=True,
        connect_args={
            "server_settings": {
                "statement_timeout": f"{STATEMENT_SECONDS}s",
                "lock_timeout": f"{LOCK_SECONDS}s",
                "idle_in_transaction_session_timeout": f"{STATEMENT_SECONDS}s",
            }
        },
    )
