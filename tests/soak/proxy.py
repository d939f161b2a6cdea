"""Between services and one server: it can be slow, cut, refuse and fall silent."""

import asyncio
import contextlib
from collections.abc import AsyncGenerator
from typing import Self
from urllib.parse import urlsplit, urlunsplit


class Proxy:
    """Hands on bytes to one port of this machine.

    Args:
        of: the server's address.
    """

    def __init__(self, of: str) -> None:
        self.delay_seconds = 0.0
        self.refuses = False
        self.speaks = asyncio.Event()
        """Cleared, connections stay and nothing is handed on, as when a cable was pulled out."""
        self.speaks.set()
        self._of = urlsplit(of)
        self._port = 0
        self._writers = set[asyncio.StreamWriter]()

    @property
    def url(self) -> str:
        """The server's, by way of this."""
        account, _, _ = self._of.netloc.rpartition("@")
        return urlunsplit(self._of._replace(netloc=f"{account}@127.0.0.1:{self._port}"))

    @contextlib.asynccontextmanager
    async def running(self) -> AsyncGenerator[Self]:
        server = await asyncio.start_server(self._meet, "127.0.0.1", 0)
        self._port = server.sockets[0].getsockname()[1]
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
            there, back = await asyncio.open_connection("127.0.0.1", self._of.port)
        except OSError:
            writer.transport.abort()
            return
        self._writers |= {writer, back}
        try:
            with contextlib.suppress(asyncio.CancelledError):  # at the end, and asyncio would tell of each
                await asyncio.gather(self._hand_on(reader, back), self._hand_on(there, writer))
        finally:
            self._writers -= {writer, back}

    async def _hand_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError):
            while content := await reader.read(65536):
                if self.delay_seconds:
                    await asyncio.sleep(self.delay_seconds)
                await self.speaks.wait()
                writer.write(content)
                await writer.drain()
        writer.close()
