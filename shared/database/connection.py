"""A connection to PostgreSQL in asyncpg's own terms: what the relay and the readers use, for speed."""

import asyncpg
from asyncpg.pool import PoolConnectionProxy

Connection = asyncpg.Connection[asyncpg.Record] | PoolConnectionProxy[asyncpg.Record]
"""Taken from a pool, or made for itself."""
