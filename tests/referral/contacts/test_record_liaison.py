from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from services.referral.contacts.commands.record_liaison import RecordLiaison, record_liaison
from services.referral.contacts.domain.liaison import (
    ConsentSought,
    DisclosureBasis,
    LiaisonKind,
    Profession,
    SharedConcern,
    SharingBasis,
    Way,
)
from services.referral.database.liaison_tables import liaison
from shared.contracts.vocabulary import Role
from shared.kernel.errors import NotAllowed, NotFound, RuleBroken
from shared.kernel.identifiers import new_id
from tests.referral.a_team import ATeam
from tests.referral.builders import NOW, an_actor
from tests.referral.contacts.builders import AFamily, a_family

CONCERN = SharedConcern(
    "A bruise on a baby who does not move about yet.",
    "The duty social worker",
    DisclosureBasis.SECTION_47,
    ConsentSought.NOT_SOUGHT,
    "Asking first could put Shannon at risk.",
)


async def record(family: AFamily, **changes: Any) -> None:
    command = RecordLiaison(
        new_id(),
        family.episode_id,
        NOW - timedelta(hours=1),
        LiaisonKind.PROFESSIONAL,
        Way.TELEPHONE,
        "How feeding goes.",
        Profession.HEALTH_VISITOR,
        "Blackpool health visiting",
        15,
        SharingBasis.CONSENT,
    )
    actor = changes.pop("actor", family.practitioner)
    async with family.team.begin(actor) as work:
        await record_liaison(replace(command, **changes), work)


async def stored(team: ATeam) -> list[Any]:
    async with team.engine.connect() as connection:
        return list(await connection.execute(select(liaison)))


async def test_a_conversation_with_the_health_visitor_is_on_record(team: ATeam) -> None:
    family = await a_family(team)

    await record(family)

    (row,) = await stored(team)
    assert (row.profession, row.about, row.minutes, row.basis) == (
        "health_visitor",
        "How feeding goes.",
        15,
        "consent",
    )
    assert (row.family_id, row.practitioner_id) == (family.family_id, family.practitioner.id)
    assert (await team.audited())[-1] == ("liaison.record", family.family_id)


async def test_a_concern_is_shared_without_consent_and_the_record_says_why(team: ATeam) -> None:
    family = await a_family(team)

    await record(family, profession=Profession.SOCIAL_WORKER, basis=SharingBasis.LEGAL, disclosure=CONCERN)

    (row,) = await stored(team)
    assert (row.disclosed_to, row.disclosure_basis, row.consent_sought) == (
        "The duty social worker",
        "section_47",
        "not_sought",
    )
    assert row.no_consent_why == "Asking first could put Shannon at risk."


async def test_an_attempt_to_reach_the_family_needs_no_profession(team: ATeam) -> None:
    family = await a_family(team)

    await record(family, kind=LiaisonKind.ATTEMPT, profession=None, organisation="", basis=None, minutes=None)

    assert [row.kind for row in await stored(team)] == ["attempt"]


async def test_a_form_that_was_sent_twice_is_stored_once(team: ATeam) -> None:
    family, liaison_id = await a_family(team), new_id()

    await record(family, liaison_id=liaison_id)
    await record(family, liaison_id=liaison_id, about="Something else.")

    assert [row.about for row in await stored(team)] == ["How feeding goes."]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"happened_at": NOW + timedelta(minutes=1)}, "happened_on"),
        ({"about": " "}, "about"),
        ({"profession": None}, "profession"),
        ({"basis": None}, "basis"),
        ({"disclosure": replace(CONCERN, what="")}, "disclosed"),
        ({"disclosure": replace(CONCERN, to_whom="")}, "disclosed_to"),
        ({"disclosure": replace(CONCERN, why_without="")}, "no_consent_why"),
        ({"disclosure": replace(CONCERN, basis=DisclosureBasis.CONSENT)}, "disclosure_basis"),
        ({"disclosure": CONCERN, "basis": SharingBasis.NOTHING_SHARED}, "basis"),
        ({"disclosure": CONCERN, "kind": LiaisonKind.ATTEMPT}, "kind"),
    ],
    ids=str,
)
async def test_what_is_missing_is_asked_for(team: ATeam, changes: dict[str, Any], field: str) -> None:
    family = await a_family(team)

    with pytest.raises(RuleBroken) as refusal:
        await record(family, **changes)

    assert (refusal.value.field, await stored(team)) == (field, [])


async def test_the_team_administrator_records_none_and_an_unknown_family_is_not_found(team: ATeam) -> None:
    family = await a_family(team)

    with pytest.raises(NotAllowed):
        await record(family, actor=an_actor(Role.TEAM_ADMINISTRATOR))
    with pytest.raises(NotFound):
        await record(family, episode_id=new_id())
