"""The grown-ups of a referral: those who care for the baby, and whoever refers them."""

from dataclasses import dataclass

from shared.contracts.vocabulary import Code, SourceGroup


class Relationship(Code):
    """What someone is to the baby. Source: reference 3.1, roles."""

    BIRTH_PARENT = "birth_parent", "Mother or birth parent"
    FATHER = "father", "Dad"
    PARENT = "parent", "Another parent, or a parent's partner"
    KINSHIP = "kinship", "Grandparent, relative or friend who cares for the baby"
    FOSTER = "foster", "Foster carer"
    ADOPTIVE = "adoptive", "Adoptive parent"
    SPECIAL_GUARDIAN = "special_guardian", "Special guardian"
    OTHER = "other", "Someone else"

    @property
    def in_short(self) -> str:
        """Beside a name: `dad`, `foster carer`."""
        return _IN_SHORT.get(self, self.inside)


_IN_SHORT = {
    Relationship.BIRTH_PARENT: "birth parent",
    Relationship.PARENT: "parent or partner",
    Relationship.KINSHIP: "relative or friend",
    Relationship.OTHER: "carer",
}


class NoOtherCaregiver(Code):
    """Why a referral names no second parent or carer. A blank is none of these: it was not asked."""

    NONE = "none", "No"
    NOT_KNOWN = "not_known", "I do not know"
    UNSAFE = "unsafe", "Yes, but it would not be safe to contact them"
    NOT_ASKED = "not_asked", "Not asked"


class Safeguarding(Code):
    """Whether a professional knows of a worry or a plan."""

    NO = "no", "No"
    YES = "yes", "Yes"
    NOT_KNOWN = "not_known", "I do not know"


@dataclass(frozen=True)
class Caregiver:
    """A parent or carer of the baby."""

    name: str
    relationship: Relationship
    phone: str | None = None


@dataclass(frozen=True)
class Referrer:
    """Who asks the team for help, with at least one way to answer them."""

    name: str
    source_group: SourceGroup
    organisation: str | None = None
    email: str | None = None
    phone: str | None = None
