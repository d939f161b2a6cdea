"""Change the words of a letter that is still a draft."""

from dataclasses import dataclass
from uuid import UUID

from services.referral.letters.database.letters import Letters
from services.referral.letters.domain.letter_facts import Recipient
from services.referral.letters.domain.letter_kind import Audience
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class EditLetter:
    letter_id: UUID
    expected_version: int
    """Of the draft on the page that the actor edited."""
    text: str
    addressed: Recipient | None = None
    """Another name and address, for a letter to a professional; a person's own address is never typed."""


async def edit_letter(command: EditLetter, work: UnitOfWork) -> None:
    """Store the words.

    Raises:
        NotFound: this team has no such letter.
        NotAllowed: the actor does not work in the team.
        Conflict: it was changed, issued or put aside after the page was opened.
        RuleBroken: it has no title, or says nothing.
    """
    letters = Letters(work)
    letter = await letters.get_to_change(command.letter_id)
    is_family = letter.kind.audience is Audience.FAMILY
    recipient = letter.recipient if is_family else command.addressed or letter.recipient
    letter.edit(command.text, recipient, work.actor.roles, seen=command.expected_version)
    await letters.save(letter)
    work.record("letter.edit", letter.family_id or letter.referral_id)
