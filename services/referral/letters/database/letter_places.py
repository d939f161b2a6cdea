"""Where a letter belongs: a referral, and the family that it became, with everyone to whom a letter can go."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from services.referral.intake.database.referrals import Referrals
from services.referral.intake.domain.referral import Referral
from services.referral.letters.domain.letter_kind import Audience
from services.referral.letters.domain.letter_recipient import PossibleRecipient, recipients_for
from services.referral.letters.domain.written_letter import Reach, WrittenLetter
from services.referral.people.database.families import Families
from services.referral.people.database.family_notes import FamilyNotes
from services.referral.people.domain.family import Family
from services.referral.people.domain.safety_flag import SafetyFlag
from shared.kernel.errors import RuleBroken
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class LetterPlace:
    referral: Referral
    family: Family | None
    flags: Sequence[SafetyFlag]

    def recipients(self, audience: Audience) -> list[PossibleRecipient]:
        return recipients_for(audience, self.referral.request, self.family, self.flags)

    def recipient(self, audience: Audience, key: str) -> PossibleRecipient:
        """Raises RuleBroken when nobody here has that key."""
        found = next((one for one in self.recipients(audience) if one.key == key), None)
        if found is None:
            raise RuleBroken("letter_recipient", "Choose who gets the letter from the list.", field="recipient")
        return found

    def reach_of(self, letter: WrittenLetter) -> Reach:
        """Whether the letter may leave now.

        Raises:
            RuleBroken: its recipient does not belong to the family any more.
        """
        known = self.recipients(letter.kind.audience)
        if letter.recipient_id is not None:
            known = [one for one in known if one.person_id == letter.recipient_id]
            if not known:
                raise RuleBroken(
                    "letter_recipient_left", "This person is not on the family's record any more. Discard the letter."
                )
            return known[0].reach
        stopped = self.family is not None and self.family.messages_stopped_at is not None
        return Reach(messages_stopped=stopped, recipient_unsafe=all(one.reach.recipient_unsafe for one in known))


async def read_letter_place(work: UnitOfWork, referral_id: UUID, *, to_change: bool = False) -> LetterPlace:
    """Where a letter about a referral belongs.

    Args:
        to_change: lock the family, so that no loss is recorded before the transaction ends.

    Raises:
        NotFound: this team has no such referral.
    """
    referral = await Referrals(work).get(referral_id)
    if referral.family_id is None:
        return LetterPlace(referral, None, ())
    families = Families(work)
    family = await (families.get_to_change if to_change else families.get)(referral.family_id)
    return LetterPlace(referral, family, await FamilyNotes(work).flags(family.id))
