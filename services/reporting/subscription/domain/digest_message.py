"""Emails of subscriptions."""

from shared.contracts.vocabulary import Code
from shared.staff.message import MessageWords


class DigestMessage(Code):
    DIGEST = "digest", "Digest"
    FAILING = "failing", "A webhook fails"
    OFF = "off", "A webhook missed something"
    ASLEEP = "asleep", "It paused itself"


def failing_words(name: str, page: str, tries: int) -> MessageWords:
    """After the third try."""
    body = (
        f"Hello\n\nThe webhook of “{name}” has failed {tries} times. It is tried again with growing waits, for 75 "
        f"hours. Each try is on its page:\n\n{page}\n"
    )
    return MessageWords(f"A webhook fails: {name}", body)


def asleep_words(name: str, page: str, days: int) -> MessageWords:
    """When whoever made it has not signed in for so long."""
    body = (
        f"Hello\n\n“{name}” has paused itself, as whoever made it has not signed in for {days} days. It goes on by "
        f"itself when they sign in:\n\n{page}\n\nIf they have left, make one of your own there, or ask who leads the "
        "region.\n"
    )
    return MessageWords(f"Paused: {name}", body)


def off_words(name: str, page: str, why: str) -> MessageWords:
    """After the last try."""
    body = (
        f"Hello\n\nThe webhook of “{name}” did not take what was sent to it. {why} It is kept: once the receiver "
        f"works, replay what it missed on its page:\n\n{page}\n"
    )
    return MessageWords(f"A webhook missed something: {name}", body)
