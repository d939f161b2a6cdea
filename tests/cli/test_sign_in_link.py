"""An operator makes a way in for someone whose organisation's provider is down."""

from uuid import UUID

import pytest

from shared import discovery
from shared.cli.sign_in_link import _done  # pyright: ignore[reportPrivateUsage]
from shared.kernel.errors import NotFound
from shared.kernel.identifiers import new_id
from shared.kernel.postgres import connected
from shared.tenancy.admin import AdminUrls
from shared.tenancy.databases import url_of
from shared.tenancy.names import database_name
from shared.testing.servers import FreshService

ISSUER = "https://login.trust.example"
SIGNED_IN = "INSERT INTO account VALUES ($1, $2, $3, 'Jo Lead', now(), now())"
REMEMBERED = "INSERT INTO colleague (id, name, roles) VALUES ($1, 'Jo Lead', $2)"


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
    servers: AdminUrls, a_team: str, person: UUID, monkeypatch: pytest.MonkeyPatch
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
    async with connected(url_of(servers.postgres, database=database_name(a_team, "training"))) as owner:
        assert await owner.fetchval("SELECT subject FROM audit WHERE action = 'sign_in_link.make'") == person
        [session] = await owner.fetch("SELECT * FROM web_session")
    assert (session["actor_id"], session["roles"], session["issuer"]) == (person, ["team_lead"], ISSUER)

    with pytest.raises(NotFound):
        await _done(servers, a_team, new_id())
    monkeypatch.setenv("PAIRS_OPENID_ISSUER", "https://another.example")
    with pytest.raises(NotFound):
        await _done(servers, a_team, person)
