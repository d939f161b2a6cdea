import pytest

from services.referral.people.commands.record_preferences import RecordPreferences, record_preferences
from services.referral.people.database.family_notes import FamilyNotes
from services.referral.people.domain.access_need import GenderPreference, MeetingFormat, MeetingPlace, PreferenceDetails
from shared.kernel.errors import Conflict, NotAllowed
from tests.referral.a_team import ATeam
from tests.referral.people.builders import ADMINISTRATOR, OUTSIDER, PRACTITIONER, accepted, does

WISHES = PreferenceDetails(
    MeetingPlace.HOME, MeetingFormat.ONE_FAMILY, GenderPreference.WOMAN, "Mornings", "Her sister, and the church."
)


async def test_what_a_family_prefers_is_recorded_and_changed(team: ATeam) -> None:
    family_id = await accepted(team)

    await does(team, record_preferences, RecordPreferences(family_id, 0, PreferenceDetails()), ADMINISTRATOR)
    await does(team, record_preferences, RecordPreferences(family_id, 1, WISHES))

    async with team.begin(PRACTITIONER) as work:
        stored = await FamilyNotes(work).preference(family_id)
    assert stored is not None
    assert (stored.details, stored.version) == (WISHES, 2)
    assert ("preference.record", family_id) in await team.audited()


async def test_the_second_answer_to_one_version_is_told_and_only_the_team_answers(team: ATeam) -> None:
    family_id = await accepted(team)
    await does(team, record_preferences, RecordPreferences(family_id, 0, WISHES))

    with pytest.raises(Conflict):
        await does(team, record_preferences, RecordPreferences(family_id, 0, WISHES))
    with pytest.raises(NotAllowed):
        await does(team, record_preferences, RecordPreferences(family_id, 1, WISHES), OUTSIDER)
