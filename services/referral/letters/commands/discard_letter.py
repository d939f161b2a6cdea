"""Put a draft aside that nobody will send."""

from dataclasses import dataclass
from uuid import UUID

from services.referral.letters.database.letters import Letters
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class DiscardLetter:
    letter_id: UUID
    expected_version: int
    """Of the draft on the page that the actor read."""


async def discard_letter(command: DiscardLetter, work: UnitOfWork) -> None:
    """It stays on record, and is not listed among the letters to send.

    Raises:
        NotFound: this team has no such letter.
        NotAllowed: the actor does not work in the team.
        Conflict: it was changed, issued or put aside after the page was opened.
    """
    letters = Letters(work)
    letter = await letters.get_to_change(command.letter_id)
    letter.discard(work.now, work.actor.roles, seen=command.expected_version)
    await letters.save(letter)
    work.record("letter.discard", letter.family_id or letter.referral_id)
