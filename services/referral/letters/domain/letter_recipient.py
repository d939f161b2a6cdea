"""To whom a letter can go: the people of the record, each with their own address and nobody else's.

An address that must not be given to anyone stays out of letters, which are then handed over. Source: reference 3.4,
hazard H7.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from services.referral.intake.domain.referral_request import ReferralRequest
from services.referral.letters.domain.letter_facts import Recipient
from services.referral.letters.domain.letter_kind import Audience
from services.referral.letters.domain.written_letter import Reach
from services.referral.people.domain.family import Family, Person, shown_name
from services.referral.people.domain.people import Caregiver
from services.referral.people.domain.safety_flag import FlagKind, SafetyFlag
from shared.contracts.vocabulary import FamilyAgreement
from shared.kernel.postcode import parse_postcode

_GP, _HEALTH_VISITOR = "gp", "health-visitor"


_FREE = Reach()


@dataclass(frozen=True)
class PossibleRecipient:
    """Someone to whom a letter of one kind could go."""

    key: str
    """What a form posts."""
    recipient: Recipient
    person_id: UUID | None = None
    """A person on record; None for anyone else."""
    reach: Reach = _FREE
    is_address_hidden: bool = False
    """Their address must not be given to anyone, so it is left out."""
    is_street_missing: bool = False
    """Only a postcode is on record."""

    @property
    def is_barred(self) -> bool:
        """No letter may be written to them."""
        return self.reach != _FREE

    @property
    def value(self) -> str:
        return self.key

    @property
    def label(self) -> str:
        return self.recipient.name


def recipients_for(
    audience: Audience, request: ReferralRequest, family: Family | None, flags: Iterable[SafetyFlag] = ()
) -> list[PossibleRecipient]:
    """Everyone, those too who must not be written to; `reach` says so."""
    match audience:
        case Audience.FAMILY:
            return _carers(family, flags) if family else _told_of(request)
        case Audience.REFERRER if request.is_self:
            return []
        case Audience.REFERRER:
            organisation = request.referrer.organisation
            address = (organisation,) if organisation else ()
            return [PossibleRecipient("referrer", Recipient(request.referrer.name, address), reach=_silence(family))]
        case Audience.PROFESSIONAL:
            return _professionals(family, request.gp)


def _carers(family: Family, flags: Iterable[SafetyFlag]) -> list[PossibleRecipient]:
    hidden = {flag.person_id for flag in flags if flag.kind is FlagKind.UNSAFE_ADDRESS and flag.ended_on is None}
    return [_carer(carer, family, is_hidden=bool({None, carer.id} & hidden)) for carer in family.carers]


def _carer(carer: Person, family: Family, *, is_hidden: bool) -> PossibleRecipient:
    reach = Reach(
        messages_stopped=family.messages_stopped_at is not None,
        recipient_unsafe=carer.contact_unsafe or family.is_unsafe(carer.id),
        recipient_lost=carer.is_lost,
    )
    name = shown_name(carer.name, None)
    address = () if is_hidden else own_address(carer)
    lacks_street = not is_hidden and _is_postcode_only(address)
    return PossibleRecipient(str(carer.id), Recipient(name, address), carer.id, reach, is_hidden, lacks_street)


def own_address(person: Person) -> tuple[str, ...]:
    """The lines of a person's address, with the postcode last."""
    lines = [line.strip(" ,") for line in (person.address or "").splitlines()]
    return tuple(line for line in [*lines, person.postcode or ""] if line)


def _is_postcode_only(address: tuple[str, ...]) -> bool:
    return len(address) == 1 and parse_postcode(address[0]) is not None


def _told_of(request: ReferralRequest) -> list[PossibleRecipient]:
    """The carers whom a referral names; nobody has said yet where the second one lives.

    Where a sender did not say whether the family knows, it is not safe to write until someone has asked.
    """
    unsafe = Reach(recipient_unsafe=request.consent in {None, FamilyAgreement.UNSAFE_TO_TELL})
    address = (request.postcode,)
    first = PossibleRecipient("carer", Recipient(request.caregiver.name, address), reach=unsafe, is_street_missing=True)
    other = request.other_caregiver
    second = (
        [PossibleRecipient("other-carer", Recipient(other.name), reach=unsafe)] if isinstance(other, Caregiver) else []
    )
    return [first, *second]


def _professionals(family: Family | None, told_gp: str | None) -> list[PossibleRecipient]:
    """The practice as the record has it, or else as the referral says it."""
    people = (*family.babies, *family.carers) if family else ()
    practices = sorted({one.gp_practice for one in people if one.gp_practice}) or [told_gp or ""]
    return [
        PossibleRecipient(_GP, Recipient("The GP", tuple(filter(None, practices[:1]))), reach=_silence(family)),
        PossibleRecipient(_HEALTH_VISITOR, Recipient("The health visitor"), reach=_silence(family)),
    ]


def _silence(family: Family | None) -> Reach:
    return Reach(messages_stopped=family is not None and family.messages_stopped_at is not None)
