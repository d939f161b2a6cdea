"""A table that can be taken along as a file, and is no list: the goals of one plan, the figures of one chart.

@download_at(router, "/families/{family_id}/plan/goals.csv")
async def goals(request: Request, family_id: UUID, actor: Annotated[Actor, STAFF]) -> Download[RatedGoal]:
    ...
    return Download("goals.csv", COLUMNS, lines)
"""

from collections.abc import AsyncGenerator, AsyncIterable, Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Generic, TypeVar

from fastapi import APIRouter, Depends
from starlette.responses import Response, StreamingResponse

from shared.staff.column import Column, file_row, headings
from shared.web.csv_file import csv_download, csv_text

Row = TypeVar("Row")


@dataclass(frozen=True)
class Download(Generic[Row]):
    """The rows of one file, when they are few enough to be there at once."""

    file_name: str
    """Ours, e.g. `goals.csv`; never what someone typed."""
    columns: Sequence[Column[Row]]
    rows: Iterable[Row]

    @property
    def text(self) -> str:
        """For a file among others."""
        return csv_text(headings(self.columns), (file_row(self.columns, row) for row in self.rows))

    async def answer(self) -> Response:
        async def at_once() -> AsyncGenerator[Iterable[Row]]:
            yield self.rows

        return await in_pieces(self.file_name, self.columns, at_once())


async def in_pieces(
    file_name: str, columns: Sequence[Column[Row]], pieces: AsyncIterable[Iterable[Row]]
) -> StreamingResponse:
    """The rows of one file that may be many; they are read, piece by piece, before this returns."""
    cells = ((file_row(columns, row) for row in rows) async for rows in pieces)
    return await csv_download(file_name, headings(columns), cells)


Read = TypeVar("Read", bound=Callable[..., Awaitable[Download[Any] | Response]])


def download_at(router: APIRouter, path: str) -> Callable[[Read], Read]:
    """Serves a table at an address. The function declares what it takes and who may have it as that of a page does."""

    def declare(read: Read) -> Read:
        async def answer(download: Annotated[Any, Depends(read)]) -> Response:
            return await download.answer() if isinstance(download, Download) else download

        router.add_api_route(path, answer)
        return read

    return declare
