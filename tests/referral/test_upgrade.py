"""A database of an earlier version is brought to this one with what it held, and what older code writes meanwhile."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import asyncpg
from sqlalchemy import select
from sqlalchemy.ext.asyncio import create_async_engine

from services.referral.database.tables import referral as referral_table
from services.referral.people.queries.family_banner import family_banner
from shared.database.migrations import head, upgrade
from shared.kernel.name_words import asked_keys, known_keys
from shared.kernel.postgres import connected
from shared.tenancy.admin import AdminUrls
from shared.tenancy.names import database_name
from shared.testing.servers import FreshService
from tests.referral.a_team import ATeam
from tests.referral.people.builders import PRACTITIONER, family_of

BEFORE = "0003"
ACCEPTED, UNBORN, DECLINED = (UUID(int=number) for number in (11, 12, 13))
EPISODE, OTHER_EPISODE = UUID(int=21), UUID(int=22)
KNOWN, RENAMED, NEW = UUID(int=51), UUID(int=52), UUID(int=53)
DECIDED_ON = date(2026, 2, 3)

REFERRAL: dict[str, Any] = {
    "id": ACCEPTED,
    "version": 2,
    "idempotency_key": UUID(int=31),
    "reference": "BLA-2026-000001",
    "received_at": datetime(2026, 2, 2, 9, tzinfo=UTC),
    "route": "public_form",
    "baby_name": "Shannon Example",
    "born_on": date(2025, 10, 20),
    "due_on": None,
    "caregiver_name": "Leonie Example",
    "caregiver_relationship": "birth_parent",
    "caregiver_phone": "07700 900123",
    "no_other_caregiver": None,
    "other_caregiver_name": "Dan Example",
    "other_caregiver_relationship": "father",
    "referrer_name": "Ola Sample",
    "source_group": "health_visiting",
    "postcode": "FY1 9ZZ",
    "nhs_number": "9990000018",
    "reasons": ["bonding"],
    "story": "Shannon looks away.",
    "consent": "agreed",
    "in_danger": False,
    "decided_on": DECIDED_ON,
    "decided_by": UUID(int=41),
    "episode_id": EPISODE,
    "urgency": "routine",
}
EXPECTED: dict[str, Any] = REFERRAL | {
    "id": UNBORN,
    "idempotency_key": UUID(int=32),
    "reference": "BLA-2026-000002",
    "baby_name": None,
    "born_on": None,
    "due_on": date(2026, 4, 20),
    "nhs_number": None,
    "no_other_caregiver": "unsafe",
    "other_caregiver_name": None,
    "other_caregiver_relationship": None,
    "episode_id": OTHER_EPISODE,
}
CLOSED: dict[str, Any] = REFERRAL | {
    "id": DECLINED,
    "idempotency_key": UUID(int=33),
    "reference": "BLA-2026-000003",
    "episode_id": None,
    "urgency": None,
    "outcome": "declined",
    "decline_reason": "out_of_area",
    "explanation": "The team of Preston is theirs.",
}


async def insert(connection: asyncpg.Connection, table: str, row: dict[str, Any]) -> None:
    places = ", ".join(f"${number}" for number in range(1, len(row) + 1))
    await connection.execute(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({places})", *row.values())


async def episode(connection: asyncpg.Connection, episode_id: UUID, referral_id: UUID) -> None:
    begun = {"opened_on": DECIDED_ON, "level": "targeted", "risk_support": False, "direct_work": True}
    dates = {"support_from": DECIDED_ON, "review_on": date(2026, 5, 1)}
    await insert(connection, "episode", {"id": episode_id, "version": 1, "referral_id": referral_id, **begun, **dates})


async def upgraded(servers: AdminUrls, fresh_service: FreshService, slug: str) -> ATeam:
    """A team whose database held three decided referrals before it was upgraded."""
    # No service of this name has migrations, so its database is empty and takes the referral service's.
    access = await fresh_service(slug, "archive")
    database = database_name(slug, "archive")
    await upgrade(servers.postgres, "referral", database, to=BEFORE)
    async with connected(access.database_url) as connection, connection.transaction():
        for referral in (REFERRAL, EXPECTED, CLOSED):
            await insert(connection, "referral", referral)
        await episode(connection, EPISODE, ACCEPTED)
        await episode(connection, OTHER_EPISODE, UNBORN)
    await upgrade(servers.postgres, "referral", database)
    return ATeam(slug, create_async_engine(access.database_url.replace("postgresql://", "postgresql+asyncpg://", 1)))


async def test_each_accepted_referral_becomes_a_family_and_a_declined_one_does_not(
    servers: AdminUrls, fresh_service: FreshService, a_team: str
) -> None:
    team = await upgraded(servers, fresh_service, a_team)
    try:
        async with team.engine.connect() as connection:
            rows = await connection.execute(select(referral_table.c.id, referral_table.c.family_id))
            families = {row.id: row.family_id for row in rows if row.family_id}
        family = await family_of(team, families[ACCEPTED])
        expecting = await family_of(team, families[UNBORN])
        async with team.begin(PRACTITIONER) as work:
            shown = await family_banner(work, family.id, date(2026, 3, 2))
    finally:
        await team.engine.dispose()

    assert set(families) == {ACCEPTED, UNBORN}
    assert [(one.kind.value, one.person.name) for one in family.members] == [
        ("baby", "Shannon Example"),
        ("carer", "Leonie Example"),
        ("carer", "Dan Example"),
    ]
    assert [(one.relationship.value, one.involvement.value, one.is_primary) for one in family.dyads] == [
        ("birth_parent", "involved", True),
        ("father", "not_known", False),
    ]
    assert family.babies[0].nhs_number == "9990000018"
    assert family.carers[0].phone == "07700 900123"
    assert [one.due_on for one in expecting.babies] == [date(2026, 4, 20)]
    assert len(expecting.dyads) == 1
    assert (family.recorded_on, family.safety_asked_on, family.messages_stopped_at) == (DECIDED_ON, None, None)
    assert shown.open_episode is not None
    assert shown.open_episode.episode_id == EPISODE


async def test_a_name_that_older_code_writes_while_tables_are_expanded_is_compared_when_the_upgrade_is_finished(
    servers: AdminUrls, fresh_service: FreshService, a_team: str
) -> None:
    access = await fresh_service(a_team, "archive")
    database = database_name(a_team, "archive")
    await upgrade(servers.postgres, "referral", database, to="0042")
    person = {"version": 1, "care_experienced": "not_asked", "contact_unsafe": False, "contact_note": ""}
    async with connected(access.database_url) as older:
        await insert(older, "person", person | {"id": KNOWN, "name": "Zoë Example"})
        await insert(older, "person", person | {"id": RENAMED, "name": "Baby Sample"})
        await upgrade(servers.postgres, "referral", database, to=head("referral"), while_serving=True)
        filled = await older.fetch("SELECT name, known_keys, asked_keys FROM person")
        await older.execute("UPDATE person SET name = 'Mia Sample' WHERE id = $1", RENAMED)
        await insert(older, "person", person | {"id": NEW, "name": "Ida Specimen"})
        await insert(older, "referral", CLOSED | {"told": []})
        await upgrade(servers.postgres, "referral", database)
        people = await older.fetch("SELECT name, known_keys, asked_keys FROM person ORDER BY id")
        referral = await older.fetchrow("SELECT known_keys, asked_keys, baby_asked_keys FROM referral")

    assert {name for name, *_ in filled} == {"Zoë Example", "Baby Sample"}
    assert [name for name, *_ in people] == ["Zoë Example", "Mia Sample", "Ida Specimen"]
    assert all((known, asked) == (known_keys(name), asked_keys(name)) for name, known, asked in [*filled, *people])
    names = REFERRAL["baby_name"], REFERRAL["caregiver_name"], REFERRAL["other_caregiver_name"]
    assert tuple(referral or ()) == (known_keys(*names), asked_keys(*names), asked_keys(names[0]))
