"""What the database says when it cannot do a thing now, and which of it ends by itself."""

import asyncpg
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoConnectionFree

from shared.kernel.postgres import BROKEN

TRANSIENT = (
    OSError,
    NoConnectionFree,
    *BROKEN,
    asyncpg.PostgresConnectionError,
    asyncpg.TransactionRollbackError,
    asyncpg.InsufficientResourcesError,
    asyncpg.OperatorInterventionError,
    asyncpg.LockNotAvailableError,
    asyncpg.IdleInTransactionSessionTimeoutError,
)


def cause_of(error: BaseException) -> BaseException:
    """What asyncpg said, from under what SQLAlchemy made of it; anything else is its own cause."""
    if isinstance(error, DBAPIError) and error.orig is not None:
        return error.orig.__cause__ or error.orig
    return error


def ends_by_itself(error: BaseException) -> bool:
    """True when nothing of it was stored and the same may be tried again: no server, a lock, a deadlock, no room."""
    return isinstance(cause_of(error), TRANSIENT)
