"""A table that can be taken along as a file, and is no list: the goals of one plan, the figures of one chart.

@download_at(router, "/families/{family_id}/plan/goals.csv")
async def goals(request: Request, family_id: UUID, actor: Annotated[Actor, STAFF]) -> Download[RatedGoal]:
    ...
    return Download("goals.csv", COLUMNS, lines)
"""

from collections.abc import AsyncGenerator, Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Generic, TypeVar

from fastapi import APIRouter, Depends
from starlette.responses import Response

from shared.staff.column import Column, file_row, headings
from shared.web.csv_file import Cell, csv_in_pieces, csv_text

Row = TypeVar("Row")


@dataclass(frozen=True)
class Download(Generic[Row]):
    """The rows of one file, when they are few enough to be there at once."""

    file_name: str
    """Ours, e.g. `goals.csv`; never what somebody typed."""
    columns: Sequence[Column[Row]]
    rows: Iterable[Row]

    @property
    def text(self) -> str:
        """For a file among others."""
        return csv_text(headings(self.columns), self._cells())

    async def answer(self) -> Response:
        async def at_once() -> AsyncGenerator[Iterable[Sequence[Cell]]]:
            yield self._cells()

        return await csv_in_pieces(self.file_name, headings(self.columns), at_once())

    def _cells(self) -> Iterable[Sequence[Cell]]:
        return (file_row(self.columns, row) for row in self.rows)


Read = TypeVar("Read", bound=Callable[..., Awaitable[Download[Any]]])


def download_at(router: APIRouter, path: str) -> Callable[[Read], Read]:
    """Serves a table at an address. The function declares what it takes and who may have it as that of a page does."""

    def declare(read: Read) -> Read:
        async def answer(download: Annotated[Download[Any], Depends(read)]) -> Response:
            return await download.answer()

        router.add_api_route(path, answer)
        return read

    return declare
