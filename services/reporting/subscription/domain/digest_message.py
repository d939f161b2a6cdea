"""Emails of subscriptions."""

from shared.contracts.vocabulary import Code
from shared.staff.message import MessageWords


class DigestMessage(Code):
    DIGEST = "digest", "Digest"
    FAILING = "failing", "A webhook fails"
    OFF = "off", "A webhook is off"


def failing_words(name: str, page: str, tries: int) -> MessageWords:
    """After the third try."""
    body = (
        f"Hello\n\nThe webhook of “{name}” has failed {tries} times. It is tried again with growing waits, for 75 "
        f"hours. Each try is on its page:\n\n{page}\n"
    )
    return MessageWords(f"A webhook fails: {name}", body)


def off_words(name: str, page: str, why: str) -> MessageWords:
    """When nothing is sent there any more."""
    body = (
        f"Hello\n\nNothing is sent to the webhook of “{name}” any more. {why} What was not taken is kept: once the "
        f"receiver works, begin it again on its page and replay what it missed:\n\n{page}\n"
    )
    return MessageWords(f"A webhook is off: {name}", body)
