import hashlib
import secrets
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from services.referral.database.measure_tables import measure_request
from services.referral.measures.commands.request_measure import RequestMeasure, request_measure
from services.referral.measures.domain.administration import Subject
from services.referral.measures.packs.measures import MEASURES
from services.referral.people.commands.change_dyad import ChangeDyad, change_dyad
from services.referral.people.commands.record_death import RecordDeath, record_death
from services.referral.people.database.families import Families
from services.referral.people.domain.dyad import DyadDetails, Involvement
from shared.contracts.pathway_codes import MeasureTimepoint
from shared.contracts.vocabulary import Role
from shared.kernel.errors import NotAllowed, RuleBroken
from shared.kernel.identifiers import new_id
from tests.referral.a_team import ATeam
from tests.referral.builders import TODAY, an_actor
from tests.referral.measures.builders import PRACTITIONER, TEAM_MEASURES, TheFamily, the_family


async def asks(team: ATeam, family: TheFamily, code: str = "OWN", *, actor: Any = PRACTITIONER, **changes: Any) -> str:
    """Make a link for Leonie; gives its token."""
    subject = changes.pop("subject", None) or family.leonie_with_shannon
    token = secrets.token_urlsafe(32)
    who = (new_id(), family.episode_id)
    command = RequestMeasure(*who, TEAM_MEASURES[code], subject, MeasureTimepoint.START, token, **changes)
    async with team.begin(actor) as work:
        await request_measure(command, work)
    return token


async def links(team: ATeam) -> list[Any]:
    async with team.engine.connect() as connection:
        return list(await connection.execute(select(measure_request)))


async def test_only_the_hash_of_the_token_is_kept(team: ATeam) -> None:
    family = await the_family(team)

    token = await asks(team, family)

    (row,) = await links(team)
    assert row.token_hash == hashlib.sha256(token.encode()).digest()
    assert token not in str(row)
    assert len(token) == 43
    assert (row.code, row.definition_version, row.person_id, row.baby_id) == ("OWN", "1", family.leonie, None)


async def test_a_link_is_good_for_fourteen_days(team: ATeam) -> None:
    family = await the_family(team)

    await asks(team, family)

    (row,) = await links(team)
    assert row.expires_at - row.requested_at == timedelta(days=14)
    assert (await team.audited())[-1] == ("measure.request", family.family_id)


async def test_each_request_has_a_token_of_its_own(team: ATeam) -> None:
    family = await the_family(team)

    tokens = {await asks(team, family), await asks(team, family)}

    assert len(tokens) == 2
    assert len(await links(team)) == 2


async def test_after_a_loss_no_link_is_made(team: ATeam) -> None:
    family = await the_family(team)
    async with team.begin(PRACTITIONER) as work:
        await record_death(RecordDeath(family.family_id, family.shannon, 1, TODAY), work)

    with pytest.raises(RuleBroken) as refused:
        await asks(team, family)

    assert refused.value.code == "measure_link_silence"
    assert await links(team) == []


async def test_no_link_is_made_for_somebody_who_must_not_be_contacted(team: ATeam) -> None:
    family = await the_family(team)
    async with team.begin(PRACTITIONER) as work:
        dyad = next(one for one in (await Families(work).get(family.family_id)).dyads if one.carer_id == family.dan)
        unsafe = DyadDetails(
            dyad.relationship,
            Involvement.UNSAFE,
            dyad.parental_responsibility,
            dyad.lives_together,
            "",
            is_primary=False,
        )
        await change_dyad(ChangeDyad(family.family_id, dyad.id, dyad.version, unsafe), work)

    with pytest.raises(RuleBroken) as refused:
        await asks(team, family, subject=Subject(family.dan, family.shannon))

    assert refused.value.code == "measure_link_unsafe"


@pytest.mark.parametrize("code", MEASURES)
async def test_a_measure_whose_questions_we_do_not_have_gets_no_link(team: ATeam, code: str) -> None:
    family = await the_family(team)

    with pytest.raises(RuleBroken) as refused:
        await asks(team, family, code)

    assert refused.value.code == "measure_link_entry"


async def test_a_link_says_which_form_it_asks(team: ATeam) -> None:
    family = await the_family(team)

    with pytest.raises(RuleBroken) as refused:
        await asks(team, family, variant="aunt")

    assert refused.value.code == "measure_variant"


async def test_the_region_makes_no_link(team: ATeam) -> None:
    family = await the_family(team)

    with pytest.raises(NotAllowed):
        await asks(team, family, actor=an_actor(Role.REGIONAL_LEAD))
