"""What is raised where PostgreSQL or Redis is not there, or goes away: other errors of theirs are answers."""

import asyncpg
from redis.exceptions import RedisError

from shared.kernel.postgres import BROKEN

UNANSWERED = (
    OSError,
    RedisError,
    *BROKEN,
    TimeoutError,
    asyncpg.PostgresConnectionError,
    asyncpg.InsufficientResourcesError,
    asyncpg.OperatorInterventionError,
    asyncpg.PostgresSystemError,
)
