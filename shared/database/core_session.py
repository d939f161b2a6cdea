"""A session for statements alone.

No class here is mapped to a table, and what SQLAlchemy's session does around each statement for those that are takes a
quarter of the time that the statement takes in this process; a page has up to twenty. So they go straight to the
connection.
"""

from typing import Any

from sqlalchemy import CursorResult, Executable, ScalarResult
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncResult, AsyncSession, AsyncTransaction


class CoreSession(AsyncSession):
    """In a transaction of that connection, which whoever began it ends."""

    def __init__(self, connection: AsyncConnection) -> None:
        super().__init__(connection, expire_on_commit=False)
        self._straight = connection

    async def execute(  # pyright: ignore[reportIncompatibleMethodOverride] - a statement has its options itself
        self, statement: Executable, params: Any = None
    ) -> CursorResult[*tuple[Any, ...]]:
        return await self._straight.execute(statement, params)

    async def scalar(  # pyright: ignore[reportIncompatibleMethodOverride]
        self, statement: Executable, params: Any = None
    ) -> Any:
        return await self._straight.scalar(statement, params)

    async def scalars(  # pyright: ignore[reportIncompatibleMethodOverride]
        self, statement: Executable, params: Any = None
    ) -> ScalarResult[Any]:
        return await self._straight.scalars(statement, params)

    async def stream(  # pyright: ignore[reportIncompatibleMethodOverride]
        self, statement: Executable, params: Any = None
    ) -> AsyncResult[*tuple[Any, ...]]:
        return await self._straight.stream(statement, params)

    async def connection(self) -> AsyncConnection:  # pyright: ignore[reportIncompatibleMethodOverride]
        return self._straight

    def begin_nested(self) -> AsyncTransaction:  # pyright: ignore[reportIncompatibleMethodOverride]
        return self._straight.begin_nested()
