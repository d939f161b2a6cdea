"""The words of the public form that follow from the answers already given: nobody is asked about themselves as someone
else, and a dad is asked about the mother.
"""

from services.referral.intake.web.journey import Path
from services.referral.people.domain.people import Relationship
from shared.contracts.vocabulary import ReferralReason

_NOT_THEIRS = frozenset(
    {Relationship.FOSTER, Relationship.KINSHIP, Relationship.ADOPTIVE, Relationship.SPECIAL_GUARDIAN}
)
"""Who looks after a baby whom another had."""
_PARTNER = {Relationship.BIRTH_PARENT: "dad", Relationship.FATHER: "mother"}


class ReferWords:
    """What the pages say to someone.

    Args:
        path: as far as it was answered.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._partner = _PARTNER.get(path.carer) if path.carer else None
        self.your_baby = "your baby" if path.is_self and path.carer not in _NOT_THEIRS else "the baby"
        self.you = "you" if path.is_self else "the parent or carer"
        self.your = "your" if path.is_self else "their"

    @property
    def other_carer(self) -> str:
        """The question whether there is someone else."""
        if self._path.carer in _NOT_THEIRS:
            return "Is there another carer?" if self._path.is_self else "Does anyone else care for the baby?"
        if self._partner:
            return f"Is the baby’s {self._partner}, or another carer, involved?"
        return "Is there another parent or carer?"

    @property
    def about_other(self) -> str:
        """The heading of the page that asks for their name."""
        return f"About the baby’s {self._partner} or other carer" if self._partner else "About the other carer"

    def reason(self, reason: ReferralReason) -> str:
        """A parent chooses among the same reasons, in words of theirs."""
        if not self._path.is_self:
            return reason.label
        if reason is ReferralReason.DAD_BONDING:
            is_dad = self._path.carer is Relationship.FATHER
            return "I want to feel closer to my baby" if is_dad else "How a dad or partner bonds with the baby"
        words = _REASONS[reason]
        return (
            words
            if self.your_baby == "your baby"
            else words.replace("my baby", "the baby").replace("My baby", "The baby")
        )


_REASONS = {
    ReferralReason.BONDING: "It is hard to feel close to my baby",
    ReferralReason.PARENT_MENTAL_HEALTH: "I feel low or worried a lot of the time",
    ReferralReason.BIRTH_TRAUMA: "I had a frightening birth and it still upsets me",
    ReferralReason.NEONATAL_STAY: "My baby needed neonatal care",
    ReferralReason.OWN_CHILDHOOD: "My own childhood was hard, and it comes up now",
    ReferralReason.CRYING_SLEEP_FEEDING: "Crying, sleep or feeding",
    ReferralReason.ATTUNEMENT: "I find it hard to tell what my baby needs",
    ReferralReason.LOSS: "I have lost a baby, or a child was taken into care",
    ReferralReason.CARE_TRANSITION: "I foster, adopt or look after a relative's baby",
}
