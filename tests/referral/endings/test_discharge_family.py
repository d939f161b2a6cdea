from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from services.referral.endings.commands.discharge_family import DischargeFamily, discharge_family
from services.referral.staff.domain.still_open import Settling
from services.referral.support.queries.tier_history import tier_history
from shared.contracts.pathway_codes import Attendance, EpisodeEnding
from shared.contracts.vocabulary import FamilyAgreement, Level, Role, TierMoveReason
from shared.kernel.actor import Actor
from shared.kernel.errors import Conflict, NotAllowed, RuleBroken
from tests.referral.a_team import ATeam
from tests.referral.builders import NOW, TODAY, an_actor, an_opening
from tests.referral.contacts.builders import AFamily, a_family
from tests.referral.support.builders import ADMINISTRATOR, ENDED, LEAD, agree, episode_of, told


async def discharge(
    family: AFamily,
    actor: Actor | None = None,
    seen: int | None = None,
    settling: Settling = Settling(is_seen=True),  # noqa: B008, RUF100 - it never changes
    **changes: Any,
) -> None:
    seen = (await episode_of(family)).version if seen is None else seen
    command = DischargeFamily(family.episode_id, seen, FamilyAgreement.AGREED, replace(ENDED, **changes), settling)
    async with family.team.begin(actor or family.practitioner) as work:
        await discharge_family(command, work)


DISENGAGED: dict[str, Any] = {
    "ending": EpisodeEnding.DISENGAGED,
    "family_was_tried": "Two letters, a text, a visit.",
    "others_were_told": "The health visitor and the midwife.",
    "safeguarding_considered": "Talked through with the safeguarding lead; no new worry.",
}


async def test_the_lead_ends_specialist_support_with_the_work_and_the_history_says_why(team: ATeam) -> None:
    family = await a_family(team, opening=an_opening(Level.SPECIALIST, mdt_on=TODAY))

    with pytest.raises(NotAllowed, match="tier_lead"):
        await discharge(family)
    await discharge(family, LEAD)

    episode = await episode_of(family)
    assert (episode.support.level, episode.review_on, episode.ended_on) == (Level.COMMUNITY, None, TODAY)
    async with team.begin(LEAD) as work:
        history = await tier_history(work, family.episode_id)
    assert [line.reason for line in history] == [TierMoveReason.DISCHARGED, None]
    [ended] = await told(team, "episode.discharged")
    assert (ended["ending"], ended["length_days"], ended["has_infant_voice"]) == ("completed", 0, True)


async def test_interventions_end_by_their_sessions_and_appointments_are_cancelled_by_the_team(team: ATeam) -> None:
    family = await a_family(team)
    [strand_id] = await agree(family)
    await family.has(family.session(strand_id=strand_id))
    booked = await family.books(datetime(2026, 3, 9, 10, tzinfo=UTC))

    await discharge(family)

    assert [(one["ending"], one["session_count"]) for one in await told(team, "intervention.completed")] == [
        ("partly", 1)
    ]
    assert (await family.stored(booked)).details.attendance is Attendance.CANCELLED_BY_SERVICE


async def test_three_missed_appointments_end_nothing_and_a_family_that_stopped_coming_is_let_go_by_two_people(
    team: ATeam,
) -> None:
    family = await a_family(team)
    for day in (1, 2, 3):
        team.now = NOW.replace(day=1 + day)
        await family.has(family.missed(TODAY.replace(day=1 + day)))
    assert (await episode_of(family)).ended_on is None

    with pytest.raises(NotAllowed, match="clinical_lead"):
        await discharge(family, **DISENGAGED)
    with pytest.raises(RuleBroken, match="safeguarding_considered_missing"):
        await discharge(family, LEAD, **DISENGAGED | {"safeguarding_considered": ""})
    await discharge(family, LEAD, **DISENGAGED)

    assert (await episode_of(family)).ending is EpisodeEnding.DISENGAGED


async def test_after_a_death_nothing_more_is_asked(team: ATeam) -> None:
    family = await a_family(team)
    await family.has()

    await discharge(
        family,
        ending=EpisodeEnding.BABY_DIED,
        what_changed="",
        infant_voice="",
        onward="",
        without_measures=None,
    )

    assert (await episode_of(family)).ending is EpisodeEnding.BABY_DIED


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"what_changed": ""}, "what_changed_missing"),
        ({"infant_voice": ""}, "infant_voice_missing"),
        ({"onward": ""}, "onward_missing"),
        ({"without_measures": None}, "discharge_measures"),
        ({"ending": EpisodeEnding.TRANSFERRED}, "target_team_missing"),
        ({"ended_on": TODAY.replace(day=3)}, "day_future"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
async def test_what_a_planned_ending_needs_is_named(team: ATeam, changes: dict[str, Any], code: str) -> None:
    family = await a_family(team)
    await family.has()

    with pytest.raises(RuleBroken, match=code):
        await discharge(family, **changes)
    assert (await episode_of(family)).ended_on is None


async def test_it_ends_once_and_not_from_an_old_page(team: ATeam) -> None:
    family = await a_family(team)

    with pytest.raises(Conflict, match="changed_since"):
        await discharge(family, seen=0)
    await discharge(family)
    with pytest.raises(Conflict, match="episode_ended"):
        await discharge(family)


async def test_what_happened_at_a_past_appointment_is_said_first_and_never_made_up(team: ATeam) -> None:
    family = await a_family(team)
    booked = await family.books(datetime(2026, 3, 3, 10, tzinfo=UTC))
    team.now = NOW + timedelta(days=2)

    with pytest.raises(RuleBroken, match="discharge_appointment"):
        await discharge(family)
    assert (await family.stored(booked)).details.attendance is None

    await discharge(family, ending=EpisodeEnding.BABY_DIED)
    assert (await family.stored(booked)).details.attendance is None


async def test_an_administrator_ends_nothing(team: ATeam) -> None:
    family = await a_family(team)

    for actor in (ADMINISTRATOR, an_actor(Role.REGIONAL_LEAD)):
        with pytest.raises(NotAllowed):
            await discharge(family, actor)
