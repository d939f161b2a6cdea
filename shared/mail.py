"""Hands email over to a mail server by SMTP.

    server = MailServer("smtp+starttls://user:password@mail.example.org:587", "team@example.org")
    await server.send(Mail(message_id, "name@example.org", "Subject", "Body"))

It says nothing in the log: an address is personal, and so may be what a server answers.
"""

import asyncio
import contextlib
import smtplib
import socket
import ssl
import threading
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP, EmailPolicy
from typing import Any, cast
from urllib.parse import unquote, urlsplit
from uuid import UUID

TOTAL_SECONDS = 60
"""For one message, from the first look for the server to its last word, however many words it takes."""
PORTS = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}
_FOR_GOOD = 500
_LONGEST_LINE = 998


@dataclass(frozen=True)
class Attachment:
    """A file that goes with a message."""

    name: str
    media_type: str
    """`text/calendar`"""
    content: bytes
    parameters: tuple[tuple[str, str], ...] = ()
    """Of its media type, such as the method of a calendar file, by which programs know what to do with it."""


@dataclass(frozen=True)
class Mail:
    """One message in plain text, with the same as HTML or without, with files or without."""

    id: UUID
    """The same for the same message sent twice, so that a mailbox can tell."""
    to: str
    subject: str
    body: str
    attachments: tuple[Attachment, ...] = ()
    html: str = ""
    """The same for programs that show it; empty: there is the text alone."""
    pictures: tuple[Attachment, ...] = ()
    """That stand in it, each as `cid:` and its name."""
    headers: tuple[tuple[str, str], ...] = ()
    """Besides those that every message has, such as how it is stopped."""


class MailTrouble(Exception):
    """The message was not handed over. `code` is one of those that `MailServer.send` names."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class _NoSignIn(Exception):
    """The server offers no encryption, or no way to sign in."""


class _Line:
    """The connection of one attempt. Another thread can cut it, whatever it waits for."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._is_cut = False
        self._held: socket.socket | None = None
        self.is_given = False
        """The server was given the whole message, and may have it, whatever it says or does not say."""
        self.has_taken = False
        """The server said that it has the message; what it says afterwards does not matter."""

    def open(self, host: str, port: int) -> socket.socket:
        """Connect, unless it was cut meanwhile."""
        opened = socket.create_connection((host, port), timeout=TOTAL_SECONDS)
        with self._lock:
            if self._is_cut:
                opened.close()
                raise ConnectionAbortedError
            self._held = opened.dup()  # stays valid when encryption takes the other one over
        return opened

    @property
    def trouble(self) -> MailTrouble:
        """Of a connection that came to nothing."""
        return MailTrouble("not_known" if self.is_given else "server_unreachable")

    def cut(self) -> None:
        """Nothing is said any more, in either direction."""
        with self._lock:
            self._is_cut = True
            if self._held is not None:
                with contextlib.suppress(OSError):
                    self._held.shutdown(socket.SHUT_RDWR)
                self._held.close()


class _Session(smtplib.SMTP):
    """SMTP over a connection that is open already."""

    def __init__(self, opened: socket.socket, host: str, line: _Line) -> None:
        self._opened, self._line = opened, line
        super().__init__(host, timeout=TOTAL_SECONDS)

    def send(self, s: Any) -> None:
        """Only the content of a message ends so."""
        self._line.is_given = isinstance(s, bytes) and s.endswith(b"\r\n.\r\n")
        super().send(s)

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:  # noqa: ARG002 - smtplib's own
        return self._opened


class MailServer:
    """One mail server.

    Args:
        url: `smtp://`, `smtp+starttls://` or `smtps://`, with user and password where it asks for them; secret.
        sender: the address that messages come from.
        total_seconds: after which a message counts as not handed over.
    """

    def __init__(self, url: str, sender: str, *, total_seconds: float = TOTAL_SECONDS) -> None:
        self._url = urlsplit(url)
        self._sender = sender
        self._total_seconds = total_seconds

    async def send(self, mail: Mail) -> None:
        """Hand it over, in a thread. When it returns or raises, nothing more is said to the server.

        Raises:
            MailTrouble: server_unreachable, server_busy or sign_in, when it may go later; address_refused or refused,
                when it never will; not_known, when the server was given all of it and did not say what became of it.
        """
        line = _Line()
        try:
            async with asyncio.timeout(self._total_seconds):
                await asyncio.to_thread(self._send, mail, line)
        except TimeoutError:
            if not line.has_taken:
                raise line.trouble from None
        finally:
            line.cut()

    def _send(self, mail: Mail, line: _Line) -> None:
        try:
            server = self._connected(line)
            with contextlib.closing(server):
                server.send_message(as_message(mail, self._sender))
                line.has_taken = True
                with contextlib.suppress(OSError):
                    server.quit()
        except smtplib.SMTPRecipientsRefused as refused:
            codes = [code for code, _ in refused.recipients.values()]
            raise MailTrouble("server_busy" if codes and max(codes) < _FOR_GOOD else "address_refused") from None
        except (smtplib.SMTPAuthenticationError, _NoSignIn):
            raise MailTrouble("sign_in") from None
        except smtplib.SMTPResponseException as answer:
            raise MailTrouble("refused" if answer.smtp_code >= _FOR_GOOD else "server_busy") from None
        except (smtplib.SMTPNotSupportedError, ValueError):
            raise MailTrouble("address_refused") from None  # letters that this server's addresses cannot have
        except OSError:
            raise line.trouble from None

    def _connected(self, line: _Line) -> smtplib.SMTP:
        host, port = self._url.hostname or "", self._url.port or PORTS[self._url.scheme]
        opened = line.open(host, port)
        if self._url.scheme == "smtps":
            opened = ssl.create_default_context().wrap_socket(opened, server_hostname=host)
        server = _Session(opened, host, line)
        try:
            if self._url.scheme == "smtp+starttls":
                server.starttls(context=ssl.create_default_context())
            if self._url.username:
                server.login(unquote(self._url.username), unquote(self._url.password or ""))
        except smtplib.SMTPNotSupportedError:
            server.close()
            raise _NoSignIn from None
        except BaseException:
            server.close()
            raise
        return server


class _WholeAddresses(EmailPolicy):
    """A header with an address of the web in it is one line: Python encodes one that is longer than 78 characters, and
    no mail program finds the way to stop the emails in it. Source: RFC 5322 2.1.1 and RFC 2369 2.
    """

    def fold(self, name: str, value: str) -> str:
        return self._whole(name, value) or super().fold(name, value)

    def fold_binary(self, name: str, value: str) -> bytes:
        return self._whole(name, value).encode() or super().fold_binary(name, value)

    def _whole(self, name: str, value: str) -> str:
        line = f"{name}: {value}{self.linesep}"
        return line if "://" in line and line.isascii() and len(line) <= _LONGEST_LINE else ""


_POLICY = _WholeAddresses(linesep="\r\n", max_line_length=SMTP.max_line_length)


def as_message(mail: Mail, sender: str) -> EmailMessage:
    """As it is handed over."""
    message = EmailMessage(policy=_POLICY)
    message["From"] = sender
    message["To"] = mail.to
    message["Subject"] = mail.subject
    message["Message-ID"] = f"<{mail.id}@{sender.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    for name, value in mail.headers:
        message[name] = value
    message.set_content(mail.body)
    if mail.html:
        _add_html(message, mail)
    for file in mail.attachments:
        kind, _, subkind = file.media_type.partition("/")
        given = dict(file.parameters)
        if kind == "text":  # UTF-8, said so, as a program takes it for ASCII otherwise
            text = file.content.decode()
            message.add_attachment(text, subtype=subkind, filename=file.name, params=given, cte="base64")
        else:
            message.add_attachment(file.content, kind, subkind, filename=file.name, params=given)
    return message


def _add_html(message: EmailMessage, mail: Mail) -> None:
    """Beside the text, which stays the first and the simplest of the two; its pictures belong to it alone."""
    message.add_alternative(mail.html, subtype="html")
    shown = message.get_payload(1)
    for picture in mail.pictures:
        kind, _, subkind = picture.media_type.partition("/")
        cast("EmailMessage", shown).add_related(picture.content, kind, subkind, cid=f"<{picture.name}>")
