"""An operator makes a way in for someone whose organisation's provider is down."""

from uuid import UUID

import pytest

from shared import discovery
from shared.cli.sign_in_link import _done, _ended  # pyright: ignore[reportPrivateUsage]
from shared.kernel.errors import NotAllowed, NotFound
from shared.kernel.identifiers import new_id
from shared.kernel.postgres import connected
from shared.tenancy.admin import AdminUrls
from shared.tenancy.databases import url_of
from shared.tenancy.names import database_name
from shared.testing.servers import FreshService

ISSUER = "https://login.trust.example"
SIGNED_IN = "INSERT INTO account VALUES ($1, $2, $3, 'Jo Lead', now(), now())"
REMEMBERED = "INSERT INTO colleague (id, name, roles) VALUES ($1, 'Jo Lead', $2)"

MADE = "SELECT subject FROM audit WHERE action = 'sign_in_link.make'"
ENDS = "SELECT subject FROM audit WHERE action = 'sign_in_link.end'"
LONG_AGO = "UPDATE account SET last_sign_in_at = now() - interval '30 days'"


async def said_by(servers: AdminUrls, team: str, service: str, sql: str) -> object:
    async with connected(url_of(servers.postgres, database=database_name(team, service))) as owner:
        return await owner.fetchval(sql)


@pytest.fixture
async def person(servers: AdminUrls, fresh_service: FreshService, a_team: str) -> UUID:
    """Who has signed in to two of the team's services."""
    one = new_id()
    for service in discovery.of_team():
        await fresh_service(a_team, service.name)
    for service in ("referral", "training"):
        async with connected(url_of(servers.postgres, database=database_name(a_team, service))) as owner:
            await owner.execute(SIGNED_IN, ISSUER, f"S-{one}", one)
            await owner.execute(REMEMBERED, one, ["team_lead"])
    return one


async def test_a_link_leads_into_each_service_that_the_person_works_with_and_is_in_its_audit_trail(
    servers: AdminUrls,
    a_team: str,
    person: UUID,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("PAIRS_TEAM_SERVICES", "Referral=https://a.example,Training=https://a--training.example")
    monkeypatch.setenv("PAIRS_OPENID_ISSUER", ISSUER)

    everyone = await _done(servers, a_team, None)
    made = await _done(servers, a_team, person)

    assert [(one["service"], one["id"], one["name"], one["roles"]) for one in everyone] == [
        ("referral", person, "Jo Lead", "team_lead"),
        ("training", person, "Jo Lead", "team_lead"),
    ]
    assert [one["link"].partition("?token=")[0] for one in made] == [
        "https://a.example/sign-in/by-link",
        "https://a--training.example/sign-in/by-link",
    ]
    assert await said_by(servers, a_team, "training", MADE) == person
    session = await said_by(servers, a_team, "training", "SELECT (actor_id, roles, issuer) FROM web_session")
    assert session == (person, ["team_lead"], ISSUER)

    of_nobody, ended, again = [await _ended(servers, a_team, one) for one in (new_id(), person, person)]
    assert (of_nobody, again) == ([], [])
    assert ended == [{"service": "referral", "ended": 1}, {"service": "training", "ended": 1}]
    assert await said_by(servers, a_team, "training", ENDS) == person
    await said_by(servers, a_team, "training", LONG_AGO)
    assert [one["service"] for one in await _done(servers, a_team, person)] == ["referral"]
    assert "None into training." in capsys.readouterr().err
    await said_by(servers, a_team, "referral", LONG_AGO)
    with pytest.raises(NotAllowed):
        await _done(servers, a_team, person)

    with pytest.raises(NotFound):
        await _done(servers, a_team, new_id())
    monkeypatch.setenv("PAIRS_OPENID_ISSUER", "https://another.example")
    with pytest.raises(NotFound):
        await _done(servers, a_team, person)
