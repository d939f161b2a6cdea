"""Events about a family's record, for the team's own services only: the region is told of none of them."""

from typing import Annotated, ClassVar
from uuid import UUID

from pydantic import Field

from shared.contracts.event import KeptInTheTeam
from shared.contracts.pathway_codes import CarerGroup, ConsentScope, PregnancyOutcome

ReferenceYear = Annotated[int, Field(ge=2000, le=2100)]
ReferenceNumber = Annotated[int, Field(ge=1, le=999_999)]


class FamilyRecorded(KeptInTheTeam):
    """The team began a record of a family."""

    type: ClassVar[str] = "uk.pairs.family.recorded.v1"

    family_id: UUID
    reference_year: ReferenceYear | None = None
    """With `reference_number`: what the team's own reference of the first referral is made of, for people to say."""
    reference_number: ReferenceNumber | None = None


class FamiliesMerged(KeptInTheTeam):
    """Two records turned out to be of one family; everything of the second is now with the first."""

    type: ClassVar[str] = "uk.pairs.family.merged.v1"

    merge_id: UUID
    kept_family_id: UUID
    merged_family_id: UUID


class MergeUndone(KeptInTheTeam):
    """They were two families after all."""

    type: ClassVar[str] = "uk.pairs.family.unmerged.v1"

    merge_id: UUID
    kept_family_id: UUID
    merged_family_id: UUID


class PersonBorn(KeptInTheTeam):
    """A baby on record before birth was born; the record stays the same one."""

    type: ClassVar[str] = "uk.pairs.person.born.v1"

    family_id: UUID
    person_id: UUID


class PregnancyEnded(KeptInTheTeam):
    """A baby on record before birth was not born alive: no message may leave after this."""

    type: ClassVar[str] = "uk.pairs.pregnancy.ended.v1"

    family_id: UUID
    person_id: UUID
    outcome: PregnancyOutcome


class PersonDied(KeptInTheTeam):
    """Someone of the family died: no message may leave after this."""

    type: ClassVar[str] = "uk.pairs.person.died.v1"

    family_id: UUID
    person_id: UUID
    is_baby: bool


class OutcomeUndone(KeptInTheTeam):
    """A birth, a loss or a death was recorded by mistake. Messages stay stopped until someone starts them again."""

    type: ClassVar[str] = "uk.pairs.outcome.undone.v1"

    family_id: UUID
    person_id: UUID


class MessagesResumed(KeptInTheTeam):
    """Someone decided that messages may leave to the family again."""

    type: ClassVar[str] = "uk.pairs.messages.resumed.v1"

    family_id: UUID


class CaregiverInvited(KeptInTheTeam):
    """A parent or carer was invited in their own right."""

    type: ClassVar[str] = "uk.pairs.caregiver.invited.v1"

    family_id: UUID
    group: CarerGroup


class ConsentRecorded(KeptInTheTeam):
    """Someone of the family agreed to something that is theirs to choose."""

    type: ClassVar[str] = "uk.pairs.consent.recorded.v1"

    family_id: UUID
    scope: ConsentScope


class ConsentWithdrawn(KeptInTheTeam):
    """A choice was taken back, from now on."""

    type: ClassVar[str] = "uk.pairs.consent.withdrawn.v1"

    family_id: UUID
    scope: ConsentScope
