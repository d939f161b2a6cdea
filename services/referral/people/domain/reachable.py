"""Whether an email may go to someone on record. Source: reference 3.1 and 8.1 (H7, H8)."""

from dataclasses import dataclass

from shared.kernel.errors import RuleBroken


@dataclass(frozen=True)
class Reachable:
    """What decides whether an email may go to someone on record."""

    messages_stopped: bool
    """After a loss in the family."""
    is_lost: bool
    """The person died."""
    is_unsafe: bool
    has_address: bool
    has_agreed: bool
    """To be reached by email."""

    @property
    def is_reachable(self) -> bool:
        barred = self.messages_stopped or self.is_lost or self.is_unsafe
        return not barred and self.has_address and self.has_agreed


def check_reachable(reachable: Reachable) -> None:
    """Raises RuleBroken with the first reason why no email may go to this person."""
    if reachable.messages_stopped:
        raise RuleBroken(
            "message_silence", "Nothing is sent to this family since a loss was recorded. Speak with them."
        )
    if reachable.is_lost or reachable.is_unsafe:
        raise RuleBroken("message_unsafe", "This person must not be contacted, so no message is sent to them.")
    if not reachable.has_agreed:
        raise RuleBroken(
            "message_consent", "Nobody has recorded that this person agrees to email. Record it under People first."
        )
    if not reachable.has_address:
        raise RuleBroken("message_address", "There is no email address of this person. Record it under People first.")
