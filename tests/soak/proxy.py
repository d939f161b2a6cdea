"""Between relays, reader and Redis: it can be slow, and it can cut."""

import asyncio
import contextlib
from collections.abc import AsyncGenerator
from typing import Self


class Proxy:
    """Hands on bytes to one port of this machine."""

    def __init__(self, to: int) -> None:
        self.port = 0
        self.delay_seconds = 0.0
        self.refuses = False
        self._to = to
        self._writers = set[asyncio.StreamWriter]()

    @contextlib.asynccontextmanager
    async def running(self) -> AsyncGenerator[Self]:
        server = await asyncio.start_server(self._meet, "127.0.0.1", 0)
        self.port = server.sockets[0].getsockname()[1]
        try:
            yield self
        finally:
            server.close()
            self.cut()

    def cut(self) -> None:
        """End every connection in the middle of whatever it says."""
        for writer in list(self._writers):
            writer.transport.abort()

    async def _meet(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self.refuses:
            writer.transport.abort()
            return
        try:
            there, back = await asyncio.open_connection("127.0.0.1", self._to)
        except OSError:
            writer.transport.abort()
            return
        self._writers |= {writer, back}
        try:
            await asyncio.gather(self._hand_on(reader, back), self._hand_on(there, writer))
        finally:
            self._writers -= {writer, back}

    async def _hand_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError):
            while content := await reader.read(65536):
                await asyncio.sleep(self.delay_seconds)
                writer.write(content)
                await writer.drain()
        writer.close()
