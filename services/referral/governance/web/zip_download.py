"""Files packed into one on disk, without a name, and sent when it is whole.

So what is read from the database is read at once, and not as slowly as someone's line takes it; what goes wrong is
told; and because its length is said first, no browser takes a part of it for all.
"""

import io
import zipfile
from collections.abc import AsyncGenerator
from datetime import datetime
from tempfile import SpooledTemporaryFile

from starlette.responses import StreamingResponse

_IN_MEMORY = 1024 * 1024
_SENT_AT_ONCE = 64 * 1024


class ZipDownload:
    """Files are put in one after the other.

    Args:
        at: what the files in it are dated.
    """

    def __init__(self, at: datetime) -> None:
        self._at = at.timetuple()[:6]
        self._file = SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 - it is closed when it is sent
        self._zip = zipfile.ZipFile(self._file, "w")

    def open(self, name: str) -> io.TextIOWrapper:
        """The next file, for its text; the one before must be closed. No name holds what someone typed."""
        entry = zipfile.ZipInfo(name, self._at)
        entry.compress_type = zipfile.ZIP_DEFLATED
        return io.TextIOWrapper(self._zip.open(entry, "w"), encoding="utf-8", newline="")

    def add(self, name: str, text: str) -> None:
        with self.open(name) as file:
            file.write(text)

    def answer(self, file_name: str) -> StreamingResponse:
        """All of it, as a download."""
        self._zip.close()
        headers = {
            "Content-Disposition": f'attachment; filename="{file_name}"',
            "Content-Length": str(self._file.tell()),
            "Cache-Control": "no-store",
        }
        return StreamingResponse(self._sent(), media_type="application/zip", headers=headers)

    async def _sent(self) -> AsyncGenerator[bytes]:
        self._file.seek(0)
        with self._file:
            while part := self._file.read(_SENT_AT_ONCE):
                yield part
