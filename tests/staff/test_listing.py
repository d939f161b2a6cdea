from collections.abc import AsyncIterator

import pytest
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession, create_async_engine

from shared.staff.listing import ROWS_IN_A_PIECE, Found, Lines, Listing, found_by
from shared.testing.recycled import RecycledService

_NUMBER = func.generate_series(1, 1200).column_valued("number")
FOUND: Found[int] = found_by(select(_NUMBER).order_by(_NUMBER), lambda row: row.number)


@pytest.fixture
async def session(recycled_service: RecycledService) -> AsyncIterator[AsyncSession]:
    access = await recycled_service("lists", "referral")
    engine = create_async_engine(access.database_url.replace("postgresql://", "postgresql+asyncpg://", 1))
    async with AsyncSession(engine) as session:
        yield session
    await engine.dispose()


@pytest.mark.parametrize("listing", [FOUND, Lines(range(1, 1201))], ids=["found", "there already"])
async def test_a_list_has_the_same_rows_in_pages_and_as_a_whole(session: AsyncSession, listing: Listing[int]) -> None:
    pages = [await listing.page(session, number, rows=500) for number in (1, 2, 3, 4)]

    assert [len(page.rows) for page in pages] == [500, 500, 200, 0]
    assert [page.total for page in pages[:3]] == [1200] * 3
    assert [row for page in pages for row in page.rows] == await listing.whole(session) == list(range(1, 1201))


async def test_a_long_list_comes_from_the_database_in_pieces(session: AsyncSession) -> None:
    assert [len(piece) async for piece in FOUND.pieces(session)] == [ROWS_IN_A_PIECE, ROWS_IN_A_PIECE, 200]
