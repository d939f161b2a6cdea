"""A connection to PostgreSQL in asyncpg's own terms: what the relay and the readers use, for speed."""

from typing import TypeAlias

import asyncpg
from asyncpg.pool import PoolConnectionProxy

Connection: TypeAlias = "asyncpg.Connection[asyncpg.Record] | PoolConnectionProxy[asyncpg.Record]"
"""Taken from a pool, or made for itself."""
