"""A mail server on a port of its own, which keeps what it is given and answers as a test tells it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage


@dataclass
class AMailServer:
    """Speaks as much SMTP as a client needs."""

    port: int = 0
    answers: dict[str, str] = field(default_factory=dict[str, str])
    """Command → another answer, e.g. `{"RCPT": "550 no such mailbox"}`."""
    taken: list[EmailMessage] = field(default_factory=list[EmailMessage])
    has_message: asyncio.Event = field(default_factory=asyncio.Event)
    """Set when a message is being handed over."""
    may_answer: asyncio.Event = field(default_factory=asyncio.Event)
    """A test that clears it lets the server think."""
    trickles: bool = False
    """It says a little now and then, and never all of it."""

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while self.trickles:
            writer.write(b"220-not yet\r\n")
            await asyncio.sleep(0.02)
        writer.write(b"220 ready\r\n")
        while line := (await reader.readline()).decode().strip():
            command = line.split()[0].upper()
            if command == "DATA" and "DATA" not in self.answers:
                await self._take(reader, writer)
                continue
            writer.write(f"{self.answers.get(command, _USUAL.get(command, '250 ok'))}\r\n".encode())
            if command == "QUIT":
                break
        writer.close()

    async def _take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"354 go on\r\n")
        content = await reader.readuntil(b"\r\n.\r\n")
        self.has_message.set()
        await self.may_answer.wait()
        message = message_from_bytes(content[:-3].replace(b"\r\n..", b"\r\n."), policy=policy.default)
        assert isinstance(message, EmailMessage)
        self.taken.append(message)
        writer.write(b"250 taken\r\n")


_USUAL = {"QUIT": "221 bye", "EHLO": "250 here"}


@asynccontextmanager
async def a_mail_server() -> AsyncIterator[AMailServer]:
    ours = AMailServer()
    ours.may_answer.set()
    server = await asyncio.start_server(ours.serve, "127.0.0.1", 0)
    ours.port = server.sockets[0].getsockname()[1]
    async with server:
        yield ours
        server.close()
