from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from services.referral.contacts.commands.correct_contact import CorrectContact, correct_contact
from services.referral.contacts.database.contacts import details_of
from services.referral.contacts.domain.contact_check import ContactDetails
from services.referral.database.tables import episode
from shared.contracts.vocabulary import Role
from shared.kernel.actor import Actor
from shared.kernel.errors import Conflict, NotAllowed, NotFound, RuleBroken
from shared.kernel.identifiers import new_id
from shared.staff.tables import earlier_version
from tests.referral.a_team import ATeam
from tests.referral.builders import NOW, an_actor
from tests.referral.contacts.builders import AFamily, a_family


async def correct(
    family: AFamily, contact_id: UUID, details: ContactDetails, seen: int = 1, actor: Actor | None = None
) -> None:
    async with family.team.begin(actor or family.practitioner) as work:
        await correct_contact(CorrectContact(contact_id, family.episode_id, seen, details), work)


async def first_contact_on(team: ATeam) -> Any:
    async with team.engine.connect() as connection:
        return await connection.scalar(select(episode.c.first_contact_on))


async def test_a_mistake_is_corrected_and_what_was_there_is_kept(team: ATeam) -> None:
    family = await a_family(team)
    wrong, right = family.session(note="By mistake."), family.session(minutes=20)
    contact_id = await family.has(wrong)

    await correct(family, contact_id, right)

    contact = await family.stored(contact_id)
    assert (contact.details, contact.version) == (right, 2)
    async with team.engine.connect() as connection:
        kept = (await connection.execute(select(earlier_version))).one()
    assert (kept.kind, kept.version, details_of(kept.content)) == ("contact", 1, wrong)
    assert kept.replaced_by == family.practitioner.id
    assert [kind for kind, _ in await team.published()][-1] == "uk.pairs.contact.corrected.v1"
    assert (await team.audited())[-1] == ("contact.correct", family.family_id)


async def test_the_region_hears_of_a_correction_what_it_was_told_and_what_holds_instead(team: ATeam) -> None:
    family = await a_family(team)
    contact_id = await family.has()
    contact_told, wait_told = [body for _, body in (await team.published("region"))[-2:]]

    await correct(family, contact_id, family.missed())

    contact, wait = (await team.published("region"))[-2:]
    assert contact == (
        "uk.pairs.regional.contact_corrected.v1",
        {"was": contact_told, "instead": {**contact_told, "attendance": "was_not_brought", "minutes": 0}},
    )
    assert wait == ("uk.pairs.regional.wait_stopped_corrected.v1", {"was": wait_told, "instead": None})

    await correct(family, contact_id, family.session(), seen=2)

    contact, wait = (await team.published("region"))[-2:]
    assert (contact[1]["was"]["attendance"], contact[1]["instead"]) == ("was_not_brought", contact_told)
    assert wait == ("uk.pairs.regional.wait_stopped.v1", wait_told)


async def test_a_correction_that_the_region_cannot_see_tells_it_nothing(team: ATeam) -> None:
    family = await a_family(team)
    contact_id = await family.has(family.session(minutes=60))
    told = await team.published("region")

    await correct(family, contact_id, family.session(minutes=62, note="He looked at her."))

    assert await team.published("region") == told


async def test_a_visit_that_did_not_take_place_is_no_first_contact_any_more(team: ATeam) -> None:
    family = await a_family(team)
    contact_id = await family.has()
    before = await first_contact_on(team)

    await correct(family, contact_id, family.missed())

    assert (before, await first_contact_on(team)) == (date(2026, 3, 2), None)


async def test_a_first_contact_on_another_day_is_told_with_its_new_figures(team: ATeam) -> None:
    family = await a_family(team)
    team.now = NOW + timedelta(days=10)
    contact_id = await family.has(family.session(held_on=date(2026, 3, 12)))

    await correct(family, contact_id, family.session(held_on=date(2026, 3, 9)))

    stopped = [body["gross_days"] for kind, body in await team.published() if kind == "uk.pairs.wait.stopped.v1"]
    assert stopped == [10, 7]


async def test_of_two_who_correct_the_same_page_the_second_is_told(team: ATeam) -> None:
    family = await a_family(team)
    contact_id = await family.has()
    await correct(family, contact_id, family.session(minutes=20))

    with pytest.raises(Conflict):
        await correct(family, contact_id, family.session(minutes=30))

    assert (await family.stored(contact_id)).details.minutes == 20


async def test_a_correction_must_be_possible_too(team: ATeam) -> None:
    family = await a_family(team)
    contact_id = await family.has()

    with pytest.raises(RuleBroken) as refusal:
        await correct(family, contact_id, family.session(held_on=date(2026, 3, 3)))

    assert refusal.value.field == "held_on"


async def test_an_appointment_without_an_outcome_is_not_corrected(team: ATeam) -> None:
    family = await a_family(team)
    contact_id = await family.books(NOW + timedelta(days=1))

    with pytest.raises(RuleBroken) as refusal:
        await correct(family, contact_id, family.session())

    assert refusal.value.code == "contact_open"


async def test_the_team_administrator_corrects_no_session(team: ATeam) -> None:
    family = await a_family(team)
    contact_id = await family.has()

    with pytest.raises(NotAllowed):
        await correct(family, contact_id, family.session(), actor=an_actor(Role.TEAM_ADMINISTRATOR))


async def test_a_session_of_another_family_is_not_found(team: ATeam) -> None:
    family, other = await a_family(team), await a_family(team, request={"nhs_number": None})
    contact_id = await other.has()

    for unknown in (contact_id, new_id()):
        with pytest.raises(NotFound):
            await correct(family, unknown, family.session())
