"""Hands e-mail over to a mail server by SMTP.

    server = MailServer("smtp+starttls://user:password@mail.example.org:587", "team@example.org")
    await server.send(Mail(message_id, "name@example.org", "Subject", "Body"))

It says nothing in the log: an address is personal, and so may be what a server answers.
"""

import asyncio
import smtplib
import ssl
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from urllib.parse import unquote, urlsplit
from uuid import UUID

TIMEOUT_SECONDS = 10
PORTS = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}
_FOR_GOOD = 500


@dataclass(frozen=True)
class Mail:
    """One message in plain text."""

    id: UUID
    """The same for the same message sent twice, so that a mailbox can tell."""
    to: str
    subject: str
    body: str


class MailTrouble(Exception):
    """The message was not handed over. `code` is one of those that `MailServer.send` names."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class _NoSignIn(Exception):
    """The server offers no encryption, or no way to sign in."""


class MailServer:
    """One mail server.

    Args:
        url: `smtp://`, `smtp+starttls://` or `smtps://`, with user and password where it asks for them; secret.
        sender: the address that messages come from.
    """

    def __init__(self, url: str, sender: str) -> None:
        self._url = urlsplit(url)
        self._sender = sender

    async def send(self, mail: Mail) -> None:
        """Hand it over, in a thread, within about ten seconds.

        Raises:
            MailTrouble: server_unreachable, server_busy or sign_in, when it may go later; address_refused or refused,
                when it never will.
        """
        await asyncio.to_thread(self._send, mail)

    def _send(self, mail: Mail) -> None:
        try:
            with self._connected() as server:
                server.send_message(self._message(mail))
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
            raise MailTrouble("server_unreachable") from None

    def _connected(self) -> smtplib.SMTP:
        host, port = self._url.hostname or "", self._url.port or PORTS[self._url.scheme]
        if self._url.scheme == "smtps":
            server: smtplib.SMTP = smtplib.SMTP_SSL(
                host, port, timeout=TIMEOUT_SECONDS, context=ssl.create_default_context()
            )
        else:
            server = smtplib.SMTP(host, port, timeout=TIMEOUT_SECONDS)
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

    def _message(self, mail: Mail) -> EmailMessage:
        message = EmailMessage(policy=SMTP)
        message["From"] = self._sender
        message["To"] = mail.to
        message["Subject"] = mail.subject
        message["Message-ID"] = f"<{mail.id}@{self._sender.rpartition('@')[2]}>"
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(mail.body)
        return message
