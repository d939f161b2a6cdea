"""A dyad: one baby and one carer, the unit of work. Source: reference 3.1."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from uuid import UUID

from services.referral.people.domain.people import Relationship
from services.referral.people.domain.person import Known
from shared.contracts.pathway_codes import CarerGroup
from shared.contracts.vocabulary import Code
from shared.kernel.errors import RuleBroken, changed_meanwhile


class Involvement(Code):
    """How far a carer has part in the baby's life. Not known is not the same as absent (reference 3.1)."""

    INVOLVED = "involved", "Involved"
    PARTLY = "partly", "Partly involved"
    NOT_INVOLVED = "not_involved", "Not involved"
    NOT_KNOWN = "not_known", "Not known"
    UNSAFE = "unsafe", "Not safe to contact"


@dataclass(frozen=True)
class DyadDetails:
    """What a page lets someone say of one baby and one carer."""

    relationship: Relationship
    involvement: Involvement
    parental_responsibility: Known
    lives_together: Known
    contact_note: str
    """When and how they see one another, if they do not live together."""
    is_primary: bool
    """This carer looks after the baby most; a baby has at least one."""


@dataclass
class Dyad:
    """One baby and one carer."""

    id: UUID
    baby_id: UUID
    carer_id: UUID
    relationship: Relationship
    involvement: Involvement = Involvement.NOT_KNOWN
    is_primary: bool = False
    version: int = 1
    parental_responsibility: Known = Known.NOT_KNOWN
    lives_together: Known = Known.NOT_KNOWN
    contact_note: str = ""

    def change(self, details: DyadDetails, *, seen: int) -> None:
        """Raises Conflict when it was changed after the page was opened."""
        if seen != self.version:
            raise changed_meanwhile("dyad_changed", "Someone changed this")
        for one in fields(details):
            setattr(self, one.name, getattr(details, one.name))
        self.version += 1


def check_primary(dyads: Sequence[Dyad]) -> None:
    """Raises RuleBroken when a baby with carers would have no primary one."""
    if dyads and not any(one.is_primary for one in dyads):
        raise RuleBroken(
            "primary_carer",
            "A baby has at least one primary carer. Make another carer the primary one first.",
            field="is_primary",
        )


def carer_group(relationships: Sequence[Relationship]) -> CarerGroup:
    """The group that an event may name, of someone who may be something else to each of several babies."""
    if Relationship.BIRTH_PARENT in relationships:
        return CarerGroup.BIRTH_PARENT
    if {Relationship.FATHER, Relationship.PARENT} & set(relationships):
        return CarerGroup.DAD_OR_PARTNER
    return CarerGroup.OTHER_CARER
