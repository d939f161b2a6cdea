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
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from shared.staff.column import Column, excel_row, file_row, headings
from shared.web.csv_file import csv_download, csv_text
from shared.web.excel_file import About, excel_download

Row = TypeVar("Row")

CSV, EXCEL = ".csv", ".xlsx"


@dataclass(frozen=True)
class Download(Generic[Row]):
    """The rows of one file, when they are few enough to be there at once."""

    file_name: str
    """Ours, e.g. `goals.csv`; never what someone typed."""
    columns: Sequence[Column[Row]]
    rows: Iterable[Row]
    about: About = ()
    """What its workbook says on a sheet before them."""

    @property
    def text(self) -> str:
        """For a file among others."""
        return csv_text(headings(self.columns), (file_row(self.columns, row) for row in self.rows))

    async def answer(self, request: Request) -> Response:
        async def at_once() -> AsyncGenerator[Iterable[Row]]:
            yield self.rows

        return await in_pieces(request, self.file_name, self.columns, at_once(), self.about)


async def in_pieces(
    request: Request,
    file_name: str,
    columns: Sequence[Column[Row]],
    pieces: AsyncIterable[Iterable[Row]],
    about: About = (),
) -> StreamingResponse:
    """The rows of one file that may be many; they are read, piece by piece, before this returns.

    Args:
        request: to the address of the CSV file, or to that of the workbook.
        file_name: of the CSV file.
        about: what the workbook says on a sheet before the rows.
    """
    if request.url.path.endswith(EXCEL):
        sheet = ((excel_row(columns, row) for row in rows) async for rows in pieces)
        return await excel_download(file_name.removesuffix(CSV) + EXCEL, headings(columns), sheet, about)
    cells = ((file_row(columns, row) for row in rows) async for rows in pieces)
    return await csv_download(file_name, headings(columns), cells)


def add_files(router: APIRouter, path: str, answer: Callable[..., Awaitable[Response]]) -> None:
    """Routes of a table that is taken along: the CSV file and the workbook.

    Args:
        path: of the CSV file.
    """
    for ending in (CSV, EXCEL):
        router.add_api_route(path.removesuffix(CSV) + ending, answer)


Read = TypeVar("Read", bound=Callable[..., Awaitable[Download[Any] | Response]])


def download_at(router: APIRouter, path: str) -> Callable[[Read], Read]:
    """Serves a table at an address, and as a workbook beside it.

    The function declares what it takes and who may have it as that of a page does.
    """

    def declare(read: Read) -> Read:
        async def answer(request: Request, download: Annotated[Any, Depends(read)]) -> Response:
            return await download.answer(request) if isinstance(download, Download) else download

        add_files(router, path, answer)
        return read

    return declare
