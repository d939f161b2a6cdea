"""Files packed into one while they are made, so that they are neither stored nor held in memory as a whole."""

import io
import zipfile
from collections.abc import AsyncGenerator, Iterable
from contextlib import aclosing
from datetime import datetime
from typing import cast

from starlette.responses import StreamingResponse

_LEAST = 64 * 1024
"""Bytes that are sent at once."""
File = tuple[str, AsyncGenerator[str]]
"""Name and text; no name holds what somebody typed."""


def zip_download(file_name: str, files: AsyncGenerator[File], at: datetime) -> StreamingResponse:
    """A download.

    Args:
        at: what the files in it are dated.
    """
    headers = {"Content-Disposition": f'attachment; filename="{file_name}"', "Cache-Control": "no-store"}
    return StreamingResponse(zipped(files, at), media_type="application/zip", headers=headers)


async def zipped(files: AsyncGenerator[File], at: datetime) -> AsyncGenerator[bytes]:
    """The bytes of the packed file, as they come."""
    sink = _Sink()
    archive = zipfile.ZipFile(cast("io.BytesIO", sink), "w", zipfile.ZIP_DEFLATED)
    async with aclosing(files):
        async for name, text in files:
            entry = zipfile.ZipInfo(name, at.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            with archive.open(entry, "w") as packed:
                async with aclosing(text):
                    async for part in text:
                        packed.write(part.encode())
                        if sink.size >= _LEAST:
                            yield sink.take()
    archive.close()
    yield sink.take()


async def one_text(*parts: str) -> AsyncGenerator[str]:
    """A text that is there already, as a file."""
    for part in parts:
        yield part


async def several(files: Iterable[File]) -> AsyncGenerator[File]:
    """Files that are known already."""
    for file in files:
        yield file


class _Sink:
    """Takes what is packed until it is sent; it cannot go back."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []
        self.size = 0

    def write(self, part: bytes) -> int:
        self._parts.append(bytes(part))
        self.size += len(part)
        return len(part)

    def flush(self) -> None:
        """Nothing waits."""

    def take(self) -> bytes:
        taken = b"".join(self._parts)
        self._parts, self.size = [], 0
        return taken
