"""What a referral says of safe contact becomes part of the family's record, where the banner and messages find it."""

from dataclasses import dataclass, replace
from uuid import UUID

from services.referral.intake.domain.known_family import known_carer
from services.referral.intake.domain.referral_request import ReferralRequest
from services.referral.people.commands.record_access_needs import RecordAccessNeeds, record_access_needs
from services.referral.people.commands.record_consent import RecordConsent, record_consent
from services.referral.people.commands.record_preferences import RecordPreferences, record_preferences
from services.referral.people.database.families import Families
from services.referral.people.database.family_notes import FamilyNotes
from services.referral.people.domain.access_need import Language, NeedDetails, PreferenceDetails
from services.referral.people.domain.consent import ConsentDetails, ConsentMethod
from shared.contracts.vocabulary import ReferralRoute
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class TakeOverContact:
    family_id: UUID
    request: ReferralRequest


async def take_over_contact(command: TakeOverContact, work: UnitOfWork) -> None:
    """Record it about the parent or carer whom the referral names first; what nobody asked changes nothing.

    Raises:
        NotAllowed: the actor does not work in the team.
    """
    family_id, request = command.family_id, command.request
    family = await Families(work).get_to_change(family_id)
    carer = known_carer(request.caregiver, family.carers)
    if carer is not None and (request.contact or request.talking):
        await _record_needs(family_id, carer.id, request, work)
        await _record_consents(family_id, carer.id, request, work)
    if request.talking and request.talking.talk_times:
        before = await FamilyNotes(work).preference(family_id)
        details = replace(before.details if before else PreferenceDetails(), times=request.talking.times_in_words)
        await record_preferences(RecordPreferences(family_id, before.version if before else 0, details), work)


async def _record_consents(family_id: UUID, person_id: UUID, request: ReferralRequest, work: UnitOfWork) -> None:
    known = await FamilyNotes(work).consents(family_id)
    on_record = {one.scope for one in known if one.person_id == person_id and one.withdrawn_on is None}
    wrote = request.route is ReferralRoute.PUBLIC_FORM
    method = ConsentMethod.WRITTEN if wrote else ConsentMethod.TELEPHONE
    for scope in request.agreed_ways:
        if scope not in on_record:
            details = ConsentDetails(person_id, person_id, scope, method, work.today)
            await record_consent(RecordConsent(family_id, details), work)


async def _record_needs(family_id: UUID, person_id: UUID, request: ReferralRequest, work: UnitOfWork) -> None:
    before = next(iter(await FamilyNotes(work).needs([person_id])), None)
    details = replace(before.details, asked_on=work.today) if before else NeedDetails(work.today)
    if request.contact:
        details = replace(details, contact_method=request.contact.in_words)
    if talking := request.talking:
        language = talking.known_language
        if language:
            dialect = talking.language if language is Language.OTHER else None
            details = replace(details, interpreter_language=language, interpreter_dialect=dialect)
        if talking.talking_help:
            details = replace(details, adjustments=talking.talking_help)
    version = before.version if before else 0
    await record_access_needs(RecordAccessNeeds(family_id, person_id, version, details), work)
