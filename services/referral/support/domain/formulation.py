"""A tentative understanding, shared with the family, of why things are as they are. Source: reference 2.3.

It is never finished: a new understanding is a new version, and the earlier ones stay.
"""

from dataclasses import dataclass
from uuid import UUID

from services.referral.staff.domain.capabilities import CAPABILITIES, RECORD_SUPPORT
from services.referral.support.domain.clinical_rule import check_words
from shared.contracts.pathway import FormulationRecorded
from shared.contracts.vocabulary import Role
from shared.kernel.errors import changed_meanwhile


@dataclass(frozen=True)
class Formulation:
    """Five parts, each in plain words; only the first must be written."""

    presenting: str
    """What is hard now."""
    predisposing: str
    """What came before that may make it harder."""
    precipitating: str
    """What set it off."""
    perpetuating: str
    """What keeps it going."""
    protective: str
    """What helps."""
    infant_voice: str
    is_shared: bool
    """Whether it was talked through with the family."""

    def record(self, episode_id: UUID, roles: frozenset[Role], *, newest: int, seen: int) -> FormulationRecorded:
        """The next version.

        Args:
            newest: number of the newest version; 0 when there is none.
            seen: the newest that the actor had before them.

        Raises:
            NotAllowed: the actor does not work with families.
            Conflict: someone wrote a version since.
            RuleBroken: a part that is needed is empty.
        """
        CAPABILITIES.check(roles, RECORD_SUPPORT)
        if newest != seen:
            raise changed_meanwhile("formulation_newer", "Someone wrote a newer version", then="decide again")
        check_words(self.presenting, "Write what is hard now.", "presenting")
        check_words(self.infant_voice, "Write what the baby is telling us.", "infant_voice")
        return FormulationRecorded(
            episode_id=episode_id, number=newest + 1, is_shared_with_family=self.is_shared, has_infant_voice=True
        )
