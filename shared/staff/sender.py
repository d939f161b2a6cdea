"""Whom emails to people without an account are from, and how they begin and end."""

from dataclasses import dataclass

from shared.staff.message import MessageWords


@dataclass(frozen=True)
class Sender:
    """The team, as those know it whom it writes to."""

    name: str = ""
    """`Blackpool Parent-Infant Team`."""
    address: str = ""
    """Of the public pages, for links in emails."""
    phone: str = ""
    """How people reach the team, as it is shown to them."""
    mail_server: str = ""
    """Empty: nothing is sent."""
    mail_sender: str = ""


def letter_with_link(subject: str, says: str, link: str, *, team: str, phone: str) -> MessageWords:
    """An email to somebody without an account.

    Args:
        link: an address that is a secret of theirs.
        team: its name.
        phone: empty where there is none.
    """
    call = f" or call {phone}" if phone else ""
    body = f"Hello\n\n{says}\n\n{{link}}\n\nThe link is for you alone. Questions? Ask us{call}.\n\n{team}\n"
    return MessageWords(subject, body, link)
