import pytest

from services.referral.people.commands.record_consent import RecordConsent, record_consent
from services.referral.people.commands.withdraw_consent import WithdrawConsent, withdraw_consent
from services.referral.people.database.family_notes import FamilyNotes
from services.referral.people.domain.consent import ConsentDetails, ConsentMethod
from shared.contracts.pathway_codes import ConsentScope
from shared.kernel.errors import Conflict, NotAllowed, NotFound
from tests.referral.a_team import ATeam
from tests.referral.builders import TODAY
from tests.referral.people.builders import OUTSIDER, PRACTITIONER, accepted, does, events, person_named


async def test_a_choice_is_taken_back_from_today_once_and_may_be_made_again(team: ATeam) -> None:
    family_id, other = await accepted(team), await accepted(team)
    leonie = await person_named(team, family_id, "Leonie Example")
    details = ConsentDetails(leonie.id, leonie.id, ConsentScope.CONTACT_BY_TEXT, ConsentMethod.TELEPHONE, TODAY)
    consent_id = await does(team, record_consent, RecordConsent(family_id, details))

    with pytest.raises(NotFound):
        await does(team, withdraw_consent, WithdrawConsent(other, consent_id, 1))
    with pytest.raises(NotAllowed):
        await does(team, withdraw_consent, WithdrawConsent(family_id, consent_id, 1), OUTSIDER)
    await does(team, withdraw_consent, WithdrawConsent(family_id, consent_id, 1))
    with pytest.raises(Conflict):
        await does(team, withdraw_consent, WithdrawConsent(family_id, consent_id, 2))
    await does(team, record_consent, RecordConsent(family_id, details))

    async with team.begin(PRACTITIONER) as work:
        now, before = await FamilyNotes(work).consents(family_id)
    assert (now.withdrawn_on, before.withdrawn_on) == (None, TODAY)
    assert await events(team, "consent.withdrawn") == [{"family_id": str(family_id), "scope": "contact_by_text"}]
    assert ("consent.withdraw", family_id) in await team.audited()
