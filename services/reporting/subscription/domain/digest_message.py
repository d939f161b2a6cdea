"""Emails of subscriptions."""

from shared.contracts.vocabulary import Code
from shared.staff.message import MessageWords


class DigestMessage(Code):
    DIGEST = "digest", "Digest"
    FAILING = "failing", "A webhook fails"
    OFF = "off", "A webhook missed something"


def failing_words(name: str, page: str, tries: int) -> MessageWords:
    """After the third try."""
    body = (
        f"Hello\n\nThe webhook of “{name}” has failed {tries} times. It is tried again with growing waits, for 75 "
        f"hours. Each try is on its page:\n\n{page}\n"
    )
    return MessageWords(f"A webhook fails: {name}", body)


def off_words(name: str, page: str, why: str) -> MessageWords:
    """After the last try."""
    body = (
        f"Hello\n\nThe webhook of “{name}” did not take what was sent to it. {why} It is kept: once the receiver "
        f"works, replay what it missed on its page:\n\n{page}\n"
    )
    return MessageWords(f"A webhook missed something: {name}", body)
