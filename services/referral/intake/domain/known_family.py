"""The record that a referral opens, and what a later one adds to it: never a second record of the same family."""

from collections.abc import Callable, Iterable
from datetime import date
from uuid import UUID

from services.referral.intake.domain.referral_request import ReferralRequest
from services.referral.people.domain.dyad import Dyad, Involvement
from services.referral.people.domain.family import Family, Member
from services.referral.people.domain.people import Caregiver
from services.referral.people.domain.person import MemberKind, Person
from services.referral.people.domain.subject import Baby
from services.referral.team.domain.reference import parts_of_reference
from shared.contracts.family import FamilyRecorded
from shared.kernel.errors import NotFound
from shared.kernel.name_words import NameLikeness, name_likeness
from shared.kernel.telephone import each_number


def new_family(
    family_id: UUID, request: ReferralRequest, today: date, new_id: Callable[[], UUID], reference: str = ""
) -> tuple[Family, FamilyRecorded]:
    """A new record, with the people that the referral names and a dyad for each parent or carer.

    Args:
        reference: of the referral, where it has one already.
    """
    baby = Member(_baby(request, new_id()), MemberKind.BABY)
    family = Family(family_id, today, [baby])
    for named in _named(request):
        carer = _carer(named, request, new_id())
        is_first = named is request.caregiver
        involvement = Involvement.INVOLVED if is_first else Involvement.NOT_KNOWN
        pair = Dyad(new_id(), baby.person.id, carer.person.id, named.relationship, involvement, is_primary=is_first)
        family.members.append(carer)
        family.dyads.append(pair)
    year, number = parts_of_reference(reference) or (None, None)
    return family, FamilyRecorded(family_id=family_id, reference_year=year, reference_number=number)


def take_in(
    family: Family, request: ReferralRequest, baby_id: UUID | None, new_id: Callable[[], UUID]
) -> tuple[list[Member], list[Dyad]]:
    """Take a new baby, and carers who are named anew, into the family; gives what must be stored.

    A carer is known by the same name, written alike, or the same phone number, and is not added a second time.

    Args:
        baby_id: of the baby on record whom the referral is about; None: a baby who is new.

    Raises:
        NotFound: the family has no such baby.
    """
    members: list[Member] = []
    dyads: list[Dyad] = []
    if baby_id is not None and all(baby.id != baby_id for baby in family.babies):
        raise NotFound("baby_not_found", "This family has no such baby. Look at the family's people.")
    if baby_id is None:
        baby = Member(_baby(request, new_id()), MemberKind.BABY)
        dyads += family.join(baby, {}, new_id)
        members.append(baby)
    for named in _named(request):
        if known_carer(named, family.carers) is None:
            carer = _carer(named, request, new_id())
            relationships = {baby.id: named.relationship for baby in family.babies}
            dyads += _involved(family.join(carer, relationships, new_id), named is request.caregiver)
            members.append(carer)
    return members, dyads


def _named(request: ReferralRequest) -> list[Caregiver]:
    other = request.other_caregiver
    return [request.caregiver, other] if isinstance(other, Caregiver) else [request.caregiver]


def known_carer(named: Caregiver, carers: Iterable[Person]) -> Person | None:
    """Who is written alike, or reached by the same number: of several the one whose name is most alike.

    A name that only may be the same is another person's: what is said of safe contact and consent would become theirs.
    """

    def degree(carer: Person) -> tuple[NameLikeness, bool]:
        same_phone = bool(each_number([named.phone]) & each_number([carer.phone]))
        return name_likeness(named.name, carer.name or ""), same_phone

    known = [carer for carer in carers if degree(carer) >= (NameLikeness.SAME, False) or degree(carer)[1]]
    return max(known, key=degree, default=None)


def _baby(request: ReferralRequest, person_id: UUID) -> Person:
    subject, number = request.subject, request.nhs_number
    if isinstance(subject, Baby):
        return Person(person_id, subject.name, subject.born_on, nhs_number=number, postcode=request.postcode)
    return Person(person_id, due_on=subject.due_on, nhs_number=number, postcode=request.postcode)


def _carer(named: Caregiver, request: ReferralRequest, person_id: UUID) -> Member:
    is_first = named is request.caregiver
    person = Person(
        person_id,
        named.name,
        phone=named.phone,
        email=request.referrer.email if is_first and request.is_self else None,
        postcode=request.postcode if is_first else None,
    )
    return Member(person, MemberKind.CARER)


def _involved(dyads: list[Dyad], is_first: bool) -> list[Dyad]:  # noqa: FBT001 - it is the answer that is kept
    for dyad in dyads:
        if is_first and dyad.involvement is Involvement.NOT_KNOWN:
            dyad.involvement = Involvement.INVOLVED
    return dyads
