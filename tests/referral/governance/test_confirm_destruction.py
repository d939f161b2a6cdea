import json
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from services.referral.database.governance_tables import destruction
from services.referral.governance.commands.confirm_destruction import ConfirmDestruction, confirm_destruction
from services.referral.governance.commands.place_hold import PlaceHold, place_hold
from services.referral.governance.domain.retention import HoldReason
from services.referral.metadata import metadata
from shared.audit.trail import check_on
from shared.kernel.actor import Actor
from shared.kernel.errors import Conflict, NotAllowed, RuleBroken
from shared.kernel.identifiers import new_id
from shared.staff.draft import Draft, Drafts
from tests.referral.a_team import ATeam
from tests.referral.governance.builders import LEAD, OTHER_LEAD, PRACTITIONER, restrict
from tests.referral.governance.test_propose_destruction import an_old_family, propose
from tests.referral.governance.test_request_subject_access import ask, people_of
from tests.referral.governance.web.test_extract import ONE_CONTACT, ONE_SCORE


async def confirm(team: ATeam, destruction_id: UUID, actor: Actor = LEAD) -> None:
    async with team.begin(actor) as work:
        await confirm_destruction(ConfirmDestruction(destruction_id), work)


async def everything(team: ATeam) -> dict[str, str]:
    """Each table's rows as text."""
    async with team.engine.connect() as connection:
        listed = await connection.execute(
            text("SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace")
        )
        found: dict[str, str] = {}
        for (name,) in listed.all():
            rows = await connection.execute(text(f'SELECT to_jsonb(t) FROM "{name}" t'))
            found[name] = json.dumps([row[0] for row in rows], default=str)
    return found


async def test_nothing_of_the_family_stays_but_the_tombstone_and_the_audit_trail(team: ATeam) -> None:
    family_id = await an_old_family(team)
    async with team.engine.begin() as connection:
        await connection.execute(text(ONE_CONTACT))
        await connection.execute(text(ONE_SCORE))
    people = await people_of(team, family_id)
    await ask(team, family_id, people["Shannon Example"])
    await restrict(team, family_id, PRACTITIONER.id)
    async with team.begin(PRACTITIONER) as work:
        page = f"/families/{family_id}/sessions/new"
        typed = Draft(new_id(), page, "Record a session", {"note": ["Shannon"]}, 1, was_sent=False, refused=None)
        assert await Drafts(work.session, PRACTITIONER.id, work.now).keep(typed)
    proposal = await propose(team, family_id)
    ids = [str(one) for one in (family_id, *people.values())]

    await confirm(team, proposal)

    after = await everything(team)
    kept = {name for name, rows in after.items() if any(one in rows for one in ids)}
    assert kept == {"audit", "destruction", "outbox"}
    for word in ("Shannon", "Leonie", "Dan Example", "9990000018", "07700 900123", "Ola Sample", "looks away"):
        assert not any(word in rows for rows in after.values())
    async with team.begin(LEAD) as work:
        stone = (await work.session.execute(select(destruction))).one()
        assert (await check_on(work.session)).first is None
    assert (stone.family_id, stone.rule, stone.proposed_by, stone.confirmed_by, stone.destroyed_at) == (
        family_id,
        "child",
        PRACTITIONER.id,
        LEAD.id,
        team.now,
    )
    assert (await team.audited())[-1] == ("destruction.confirm", family_id)


async def test_other_families_lose_nothing(team: ATeam) -> None:
    other = (await team.accepts()).family_id
    family_id = await an_old_family(team)
    before = await people_of(team, other)

    await confirm(team, await propose(team, family_id))

    assert await people_of(team, other) == before


async def test_a_person_who_belongs_to_another_family_too_stays_there(team: ATeam) -> None:
    other = (await team.accepts()).family_id
    family_id = await an_old_family(team)
    sibling = (await people_of(team, family_id))["Shannon Example"]
    async with team.engine.begin() as connection:
        await connection.execute(
            text(
                "INSERT INTO family_member (family_id, person_id, number, kind, from_on)"
                " VALUES (:family, :person, 9, 'sibling', '2026-03-02')"
            ),
            {"family": other, "person": sibling},
        )

    await confirm(team, await propose(team, family_id))

    async with team.engine.connect() as connection:
        names = await connection.scalars(text("SELECT name FROM person WHERE id = :id"), {"id": sibling})
        assert names.all() == ["Shannon Example"]


async def test_two_people_decide_and_the_second_is_a_lead(team: ATeam) -> None:
    family_id = await an_old_family(team)
    proposal = await propose(team, family_id, actor=LEAD)

    with pytest.raises(NotAllowed):
        await confirm(team, proposal, LEAD)
    with pytest.raises(NotAllowed):
        await confirm(team, proposal, PRACTITIONER)
    await confirm(team, proposal, OTHER_LEAD)
    with pytest.raises(Conflict):
        await confirm(team, proposal, OTHER_LEAD)


async def test_a_hold_that_came_later_stops_it(team: ATeam) -> None:
    family_id = await an_old_family(team)
    proposal = await propose(team, family_id)
    async with team.begin(LEAD) as work:
        await place_hold(PlaceHold(family_id, HoldReason.LITIGATION, "A claim."), work)

    with pytest.raises(RuleBroken):
        await confirm(team, proposal)


@pytest.mark.parametrize(
    "values",
    [
        {"confirmed_by": None},
        {"kept_until": "2070-01-01"},
        {"destruction_id": new_id()},
    ],
)
async def test_the_database_refuses_what_two_people_did_not_decide(team: ATeam, values: dict[str, Any]) -> None:
    family_id = await an_old_family(team)
    made = {"destruction_id": new_id(), "confirmed_by": new_id(), "kept_until": "2051-01-01", **values}
    row = {
        "id": new_id(),
        "family_id": family_id,
        "rule": "child",
        "proposed_by": new_id(),
        "proposed_at": team.now,
        "proposal_note": "",
        "confirmed_by": made["confirmed_by"],
        "confirmed_at": team.now if made["confirmed_by"] else None,
        "kept_until": text(f"DATE '{made['kept_until']}'"),
    }
    async with team.engine.begin() as connection:
        await connection.execute(destruction.insert().values(row))

    asked = made["destruction_id"] if "destruction_id" in values else row["id"]
    with pytest.raises(DBAPIError):
        async with team.engine.begin() as connection:
            await connection.execute(text("SELECT destroy_record(:id, :at)"), {"id": asked, "at": team.now})
    assert await people_of(team, family_id) != {}


async def test_the_app_can_delete_no_record_by_itself(team: ATeam) -> None:
    async with team.engine.connect() as connection:
        rows = await connection.execute(
            text(
                "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
                " AND has_table_privilege(current_user, oid, 'DELETE')"
            )
        )
        may = {name for (name,) in rows}

    held = {name for name, table in metadata.tables.items() if {"family_id", "episode_id"} & set(table.c.keys())}
    assert may & held <= CHOICES, may & held


CHOICES: set[str] = set()
"""Tables of a family's record from which a row may be deleted, because it is a choice that is replaced as a whole."""
