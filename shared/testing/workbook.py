"""What is in a workbook that a service sends, and whether each list sends one that says what its CSV file says."""

import csv
import io
from collections.abc import Sequence
from typing import Any

import httpx
from python_calamine import CalamineWorkbook

from shared.staff.list_routes import lists_of
from shared.testing.page_walk import WalkedService


def rows_of(answer: httpx.Response) -> list[list[Any]]:
    """Those of its sheet, the heading first; of one that says first what it is, those behind that."""
    return next(rows for name, rows in sheets_of(answer).items() if name != "About")


def sheets_of(answer: httpx.Response) -> dict[str, list[list[Any]]]:
    """All of them by their names, in their order."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


async def unlike_files(walked: WalkedService) -> list[str]:
    """Lists whose workbook has other columns or rows than their CSV file, or is none."""
    return [
        address
        for path in lists_of(walked.app.routes)
        for address in walked.addresses[path]
        if not await _are_alike(walked, address)
    ]


async def _are_alike(walked: WalkedService, address: str) -> bool:
    path, mark, query = address.partition("?")
    for client in walked.clients.values():
        text = await client.get(f"{path}.csv{mark}{query}")
        if text.status_code == 200:
            lines = list(csv.reader(io.StringIO(text.text.removeprefix("\ufeff"), newline="")))
            return _shape(lines) == _shape(rows_of(await client.get(f"{path}.xlsx{mark}{query}")))
    return False


def _shape(rows: Sequence[Sequence[Any]]) -> tuple[list[Any], int]:
    return [*rows[0]], len(rows)
