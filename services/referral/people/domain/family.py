"""A family's record: people with their roles, and the dyads of a baby and a carer, which are the unit of work.

A family is a working group of people, not a household in law. Source: reference 3.1.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from services.referral.people.domain.dyad import Dyad, DyadDetails, Involvement, carer_group, check_primary
from services.referral.people.domain.people import Relationship
from services.referral.people.domain.person import Known, MemberKind, Person, shown_name
from shared.contracts.pathway_codes import CarerGroup
from shared.kernel.calendar import date_words
from shared.kernel.errors import Conflict, NotFound, RuleBroken

__all__ = ["Dyad", "Family", "Involvement", "Known", "Member", "MemberKind", "Person", "shown_name"]


@dataclass(frozen=True)
class Member:
    """A person's place in one family."""

    person: Person
    kind: MemberKind
    invited_on: date | None = None
    """When a parent or carer was invited in their own right; None: not yet."""


@dataclass
class Family:
    id: UUID
    recorded_on: date
    members: list[Member] = field(default_factory=list[Member])
    dyads: list[Dyad] = field(default_factory=list[Dyad])
    version: int = 0
    messages_stopped_at: datetime | None = None
    """UTC; after a loss nothing is sent until someone says so."""
    safety_asked_on: date | None = None
    """When someone asked and knew of no safety flag."""

    @property
    def babies(self) -> list[Person]:
        return self._people(MemberKind.BABY)

    @property
    def carers(self) -> list[Person]:
        return self._people(MemberKind.CARER)

    def member(self, person_id: UUID) -> Member:
        """Raises NotFound when nobody in this family has that id."""
        found = next((one for one in self.members if one.person.id == person_id), None)
        if found is None:
            raise NotFound("person_not_found", "Nobody in this family has that address. Look at the family's people.")
        return found

    def dyad(self, dyad_id: UUID) -> Dyad:
        """Raises NotFound when this family has no such dyad."""
        found = next((one for one in self.dyads if one.id == dyad_id), None)
        if found is None:
            raise NotFound("dyad_not_found", "This family has no such baby and carer. Look at the family's people.")
        return found

    def join(
        self, member: Member, relationships: Mapping[UUID, Relationship | None], new_id: Callable[[], UUID]
    ) -> list[Dyad]:
        """Take someone in, with a dyad for each pair of a baby and a carer that this makes; gives the new dyads.

        Args:
            relationships: of the new carer to each baby, or of each carer to the new baby, by the other's id; where
                it says nothing, a carer is to a twin what they are to the other. None: they make no dyad, as a foster
                carer of one twin does not with the other.

        Raises:
            RuleBroken: the person is in the family already, or would make a dyad with nobody.
        """
        if any(one.person.id == member.person.id for one in self.members):
            raise RuleBroken("person_in_family", "This person is in the family already.", field="person_id")
        if member.kind is MemberKind.BABY:
            pairs = [(member.person, carer, carer.id) for carer in self.carers if not carer.is_lost]
        elif member.kind is MemberKind.CARER:
            pairs = [(baby, member.person, baby.id) for baby in self.babies if not baby.is_lost]
        else:
            pairs = []
        apart = {other for other, relationship in relationships.items() if relationship is None}
        together = [pair for pair in pairs if pair[2] not in apart]
        if pairs and not together:
            raise RuleBroken("no_dyad", "Choose what they are to one of them at least.", field="relationship_1")
        self.members.append(member)
        made = [self._new_dyad(new_id(), baby, carer, relationships.get(other)) for baby, carer, other in together]
        self.dyads += made
        for one in made:
            if not any(same.is_primary for same in self.dyads if same.baby_id == one.baby_id):
                one.is_primary = True
        return made

    def is_unsafe(self, carer_id: UUID) -> bool:
        """Whether a carer is not safe to contact, as what they are to any baby here says."""
        return any(one.carer_id == carer_id and one.involvement is Involvement.UNSAFE for one in self.dyads)

    def invite(self, person_id: UUID, on: date, today: date) -> CarerGroup:
        """A parent or carer was invited in their own right; gives the group that an event may name.

        Raises:
            NotFound: nobody has that id.
            Conflict: they were invited already.
            RuleBroken: they are no carer, are not safe to contact, have died, or the day is to come.
        """
        member = self.member(person_id)
        if member.kind is not MemberKind.CARER:
            raise RuleBroken("invite_carer", "Only a parent or carer is invited.")
        if member.invited_on is not None:
            raise Conflict("invited", f"They were invited on {date_words(member.invited_on)} already.")
        if member.person.is_lost or member.person.contact_unsafe or self.is_unsafe(person_id):
            raise RuleBroken("invite_unsafe", "This person must not be contacted, so they cannot be invited.")
        if on > today:
            raise RuleBroken("invited_on", "The day must be today or in the past.", field="invited_on")
        return carer_group([one.relationship for one in self.dyads if one.carer_id == person_id])

    def change_dyad(self, dyad_id: UUID, details: DyadDetails, *, seen: int) -> Dyad:
        """Correct what a carer is to a baby.

        Raises:
            NotFound: this family has no such dyad.
            Conflict: it was changed since.
            RuleBroken: the baby would have no primary carer.
        """
        changed = self.dyad(dyad_id)
        changed.change(details, seen=seen)
        check_primary([one for one in self.dyads if one.baby_id == changed.baby_id])
        return changed

    def leave(self, person_id: UUID) -> Member:
        """Someone does not belong to the family's record any more; their own stays.

        Raises:
            NotFound: nobody has that id.
            RuleBroken: a baby would lose the only primary carer, or the family its only baby.
        """
        leaving = self.member(person_id)
        if leaving.kind is MemberKind.BABY and len(self.babies) == 1:
            raise RuleBroken("last_baby", "This is the only baby on the record, which is about that baby.")
        for baby in self.babies:
            staying = [one for one in self.dyads if one.baby_id == baby.id and one.carer_id != person_id]
            if any(one.carer_id == person_id and one.baby_id == baby.id for one in self.dyads):
                check_primary(staying)
        self.members.remove(leaving)
        self.dyads = [one for one in self.dyads if person_id not in (one.baby_id, one.carer_id)]
        return leaving

    def _people(self, kind: MemberKind) -> list[Person]:
        return [one.person for one in self.members if one.kind is kind]

    def _new_dyad(self, dyad_id: UUID, baby: Person, carer: Person, relationship: Relationship | None) -> Dyad:
        other = next((one for one in self.dyads if one.carer_id == carer.id), None)
        unsafe = carer.contact_unsafe or (other is not None and other.involvement is Involvement.UNSAFE)
        return Dyad(
            dyad_id,
            baby.id,
            carer.id,
            relationship or (other.relationship if other else Relationship.OTHER),
            Involvement.UNSAFE if unsafe else Involvement.NOT_KNOWN,
            is_primary=other is not None and other.is_primary,
        )
