from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from services.referral.people.commands.record_consent import RecordConsent, record_consent
from services.referral.people.database.family_notes import FamilyNotes
from services.referral.people.domain.consent import ConsentDetails, ConsentMethod
from shared.contracts.pathway_codes import ConsentScope
from shared.kernel.errors import Conflict, NotAllowed, NotFound, RuleBroken
from shared.kernel.identifiers import new_id
from tests.referral.a_team import ATeam
from tests.referral.builders import TODAY
from tests.referral.people.builders import ADMINISTRATOR, OUTSIDER, PRACTITIONER, accepted, does, events, person_named


async def filming(team: ATeam, family_id: UUID) -> ConsentDetails:
    shannon, leonie = [await person_named(team, family_id, f"{name} Example") for name in ("Shannon", "Leonie")]
    return ConsentDetails(
        shannon.id, leonie.id, ConsentScope.FILMING, ConsentMethod.WRITTEN, TODAY, "Knows what VIG is."
    )


async def test_leonie_agrees_to_filming_shannon(team: ATeam) -> None:
    family_id = await accepted(team)
    details = await filming(team, family_id)

    await does(team, record_consent, RecordConsent(family_id, details), ADMINISTRATOR)

    async with team.begin(PRACTITIONER) as work:
        (consent,) = await FamilyNotes(work).consents(family_id)
    assert (consent.person_id, consent.given_by, consent.withdrawn_on) == (details.person_id, details.given_by, None)
    assert await events(team, "consent.recorded") == [{"family_id": str(family_id), "scope": "filming"}]
    assert ("consent.record", family_id) in await team.audited()


async def test_the_same_choice_is_recorded_once_and_another_scope_is_another_choice(team: ATeam) -> None:
    family_id = await accepted(team)
    details = await filming(team, family_id)
    await does(team, record_consent, RecordConsent(family_id, details))

    with pytest.raises(Conflict, match="consent_known"):
        await does(team, record_consent, RecordConsent(family_id, details))
    await does(team, record_consent, RecordConsent(family_id, replace(details, scope=ConsentScope.RESEARCH)))

    assert len(await events(team, "consent.recorded")) == 2


async def test_a_choice_is_of_the_family_made_by_the_family_and_not_tomorrow(team: ATeam) -> None:
    family_id = await accepted(team)
    details = await filming(team, family_id)

    with pytest.raises(NotFound):
        await does(team, record_consent, RecordConsent(family_id, replace(details, given_by=new_id())))
    with pytest.raises(RuleBroken, match="consent_on"):
        await does(team, record_consent, RecordConsent(family_id, replace(details, given_on=TODAY + timedelta(1))))
    with pytest.raises(NotAllowed):
        await does(team, record_consent, RecordConsent(family_id, details), OUTSIDER)
