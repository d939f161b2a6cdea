"""Somebody signs in with their organisation's account, at a provider that is honest, lies, or is down."""

import asyncio
import json
import re
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from joserfc.jwk import ECKey, RSAKey
from joserfc.jwt import decode
from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from shared.contracts.vocabulary import Role
from shared.kernel.settings import WrongSettings
from shared.manifest import Person
from shared.web.openid.account import colleague_id
from shared.web.openid.role_mapping import RoleMapping
from shared.web.rate_limit import Crowd
from shared.web.sign_in import SignIn, sign_in_of
from shared.web.sign_in_pages import ENDED_RATE, sign_in_pages
from shared.web.tables import account, web_session
from tests.web.conftest import ADDRESS
from tests.web.lying_provider import (
    CLIENT,
    ISSUER,
    SECRET,
    LyingProvider,
    by_a_key_that_nobody_has,
    by_another,
    by_nobody,
    by_the_public_key,
    by_the_secret,
    new_key,
)
from tests.web.sample import SimulatedClock, create_sample, settings

RULES = [
    {"claim": "roles", "value": "pairs-team-lead", "role": "team_lead"},
    {"claim": "roles", "value": "pairs-practitioner", "role": "practitioner"},
]
OPENID = {
    "sign_in": "openid",
    "openid_issuer": ISSUER,
    "openid_client_id": CLIENT,
    "openid_client_secret": SECRET,
}


@dataclass
class Door:
    """One service's sign-in, and a browser before it."""

    provider: LyingProvider
    browser: httpx.AsyncClient
    engine: AsyncEngine
    app: FastAPI

    async def comes_in(self, wanted: str = "/family") -> httpx.Response:
        return await self.browser.get(await self.comes_back(wanted))

    async def comes_back(self, wanted: str = "/family", how: str = "") -> str:
        """To the provider, and the address at which it sends them back."""
        begun = await self.browser.get("/sign-in/begin", params={"next": wanted, "how": how})
        assert begun.status_code == 303, begun.text
        return self.provider.meets(begun.headers["location"])

    async def is_in(self) -> bool:
        return (await self.browser.get("/family")).status_code == 200

    async def kept(self) -> tuple[int, int]:
        """How many sessions there are, and accounts of this person."""
        own = account.c.subject == self.provider.subject
        async with self.engine.connect() as connection:
            sessions = (await connection.execute(select(func.count()).select_from(web_session))).scalar_one()
            accounts = (await connection.execute(select(func.count()).select_from(account).where(own))).scalar_one()
        return sessions, accounts


Doors = Callable[..., AbstractAsyncContextManager[Door]]


@pytest.fixture
def doors(engine: AsyncEngine, clock: SimulatedClock, client_of: Callable[..., httpx.AsyncClient]) -> Doors:
    @asynccontextmanager
    async def open_door(secret: str = SECRET, **mapping: Any) -> AsyncIterator[Door]:
        provider = LyingProvider(now=lambda: clock().timestamp())
        rules = RoleMapping.model_validate({"rules": RULES, "ask": "Tom Specimen", **mapping})
        own = OPENID | {"openid_client_secret": secret}
        given = settings(**own)
        sign_in = SignIn(given, rules, frozenset({Role.TEAM_LEAD, Role.PRACTITIONER}), fetch=provider.fetch)
        app = create_sample(engine, clock, signs_in=sign_in_pages(sign_in), **own)
        async with client_of(app) as browser:
            yield Door(provider, browser, engine, app)

    return open_door


@pytest.fixture
async def door(doors: Doors) -> AsyncIterator[Door]:
    async with doors() as door:
        yield door


async def test_somebody_who_wants_a_page_signs_in_at_the_provider_and_is_led_to_it(door: Door) -> None:
    sent_away = await door.browser.get("/family?page=2")
    begins = await door.browser.get(sent_away.headers["location"])
    at_provider = await door.browser.get(begins.headers["location"])
    back = door.provider.meets(at_provider.headers["location"])
    came_in = await door.browser.get(back)

    asked = door.provider.begun
    assert at_provider.headers["location"].startswith(f"{ISSUER}/authorize?")
    assert (asked["client_id"], asked["redirect_uri"]) == (CLIENT, f"{ADDRESS}/sign-in/answer")
    assert (asked["code_challenge_method"], asked["response_type"]) == ("S256", "code")
    assert "HttpOnly" in at_provider.headers["set-cookie"]
    assert (came_in.status_code, came_in.headers["location"]) == (303, "/family?page=2")
    page = (await door.browser.get("/")).text
    assert "Priya S" in page
    assert await door.is_in()


@pytest.mark.parametrize(("kind", "size"), [(ECKey, "P-256"), (RSAKey, 2048)])
async def test_a_service_with_a_key_of_its_own_proves_by_it_who_it_is_and_sends_no_secret(
    doors: Doors, clock: SimulatedClock, kind: Any, size: Any
) -> None:
    key = kind.generate_key(size)
    async with doors(secret=key.as_pem(private=True).decode()) as door:
        assert (await door.comes_in()).headers["location"] == "/family"
        assert await door.is_in()

        [asked] = [ask for ask in door.provider.asked if ask.url.endswith("/token")]
        form = dict(asked.form or {})
        told = decode(
            form["client_assertion"], kind.import_key(key.as_pem(private=False)), algorithms=["ES256", "RS256"]
        )
        now = int(clock().timestamp())
        assert (told.claims["iss"], told.claims["sub"], told.claims["aud"]) == (CLIENT, CLIENT, f"{ISSUER}/token")
        assert now - 5 <= told.claims["iat"] < told.claims["exp"] <= now + 300
        assert told.header["kid"] == key.thumbprint()
        assert form["client_assertion_type"] == "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
        assert (asked.authorization, form.get("client_secret")) == ("", None)


WEAK = {
    "broken": "-----BEGIN PRIVATE KEY-----\nMIGH\n-----END PRIVATE KEY-----",
    "public": ECKey.generate_key("P-256").as_pem(private=False).decode(),
    "P-384": ECKey.generate_key("P-384").as_pem(private=True).decode(),
}


@pytest.mark.parametrize("key", [*WEAK, "1024"])
@pytest.mark.filterwarnings("ignore:Key size should be")
def test_a_service_does_not_start_with_a_key_that_cannot_sign(tmp_path: Path, key: str) -> None:
    key = WEAK.get(key) or RSAKey.generate_key(1024).as_pem(private=True).decode()
    mapping = tmp_path / "mapping.json"
    mapping.write_text(json.dumps({"rules": RULES, "ask": "Tom Specimen"}))

    with pytest.raises(WrongSettings, match="none that can sign"):
        sign_in_of(settings(**OPENID | {"openid_client_secret": key, "openid_mapping": mapping}), frozenset())


async def test_a_person_is_one_account_however_often_they_come_and_their_name_may_change(
    door: Door, clock: SimulatedClock
) -> None:
    await door.comes_in()
    clock.pass_time(hours=24)
    door.provider.lies["name"] = "Priya Married"
    await door.comes_in()

    async with door.engine.connect() as connection:
        own = select(account).where(account.c.subject == door.provider.subject)
        [kept] = (await connection.execute(own)).all()
        actors = set((await connection.execute(select(web_session.c.actor_id))).scalars())
    assert kept.name == "Priya Married"
    assert (kept.last_sign_in_at - kept.first_sign_in_at).total_seconds() == 24 * 3600
    assert actors == {kept.id} == {colleague_id(ISSUER, door.provider.subject, "blackpool")}


def test_a_teams_services_know_a_person_by_one_id_and_another_team_by_another() -> None:
    own = colleague_id(ISSUER, "priya", "blackpool")

    assert own == colleague_id(ISSUER, "priya", "blackpool")
    assert len({own, colleague_id(ISSUER, "priya", "wyre"), colleague_id(ISSUER, "tom", "blackpool")}) == 3
    assert own.version == 8


NOW = object()
"""Replaced by the moment of the sign-in, plus what stands beside it."""
REFUSED: list[tuple[str, dict[str, Any]]] = [
    ("another issuer", {"lies": {"iss": "https://login.trust.example/other"}}),
    ("the issuer with a slash more", {"lies": {"iss": f"{ISSUER}/"}}),
    ("no issuer", {"lies": {"iss": None}}),
    ("made for another client", {"lies": {"aud": "another"}}),
    ("made for several, and used by another", {"lies": {"aud": [CLIENT, "another"], "azp": "another"}}),
    ("made for several, and nobody named", {"lies": {"aud": [CLIENT, "another"]}}),
    ("no audience", {"lies": {"aud": None}}),
    ("a nonce of another sign-in", {"lies": {"nonce": "another"}}),
    ("no nonce", {"lies": {"nonce": None}}),
    ("ended 121 seconds ago", {"lies": {"exp": (NOW, -121)}}),
    ("never ends", {"lies": {"exp": None}}),
    ("an end that is no moment", {"lies": {"exp": "tomorrow"}}),
    ("made in 121 seconds", {"lies": {"iat": (NOW, 121)}}),
    ("not to be used for 121 seconds", {"lies": {"nbf": (NOW, 121)}}),
    ("nobody", {"lies": {"sub": ""}}),
    ("a subject that is no text", {"lies": {"sub": 17}}),
    ("a subject without end", {"lies": {"sub": "s" * 256}}),
    ("no name", {"lies": {"name": None}}),
    ("an access token of another", {"lies": {"at_hash": "b3RoZXI"}}),
    ("an access token's sum that is no text", {"lies": {"at_hash": {"a": 1}}}),
    ("signed by nobody", {"signs": by_nobody}),
    ("signed with the client's secret", {"signs": by_the_secret}),
    ("signed with the public key", {"signs": by_the_public_key}),
    ("signed by another", {"signs": by_another}),
    ("signed by a key that nobody has", {"signs": by_a_key_that_nobody_has}),
    ("no token at all", {"signs": lambda *_: "x"}),
    ("a token that is no text", {"signs": lambda *_: 5}),
    ("a code that it does not know", {"token_status": 400}),
]
TAKEN: list[tuple[str, dict[str, Any]]] = [
    ("ended 119 seconds ago", {"lies": {"exp": (NOW, -119)}}),
    ("made in 119 seconds", {"lies": {"iat": (NOW, 119)}}),
    ("made for several, and used by us", {"lies": {"aud": [CLIENT, "another"], "azp": CLIENT}}),
    ("given and family name", {"lies": {"name": None, "given_name": "Priya", "family_name": "Sample"}}),
    ("no time at which they proved it", {"lies": {"auth_time": None}}),
    ("a time that no clock shows", {"lies": {"auth_time": 1 << 60}}),
]


def tells(provider: LyingProvider, lie: dict[str, Any], clock: SimulatedClock) -> None:
    for name, value in lie.items():
        if name == "lies":
            value = {  # noqa: PLW2901 - as it is at this moment
                claim: int(clock().timestamp()) + given[1] if isinstance(given, tuple) else given
                for claim, given in value.items()
            }
        setattr(provider, name, value)


async def test_whatever_lie_a_provider_tells_nobody_is_signed_in_and_a_page_says_what_to_do(
    door: Door, clock: SimulatedClock
) -> None:
    wrong: list[str] = []
    for name, lie in REFUSED:
        honest = LyingProvider()
        for changed in ("lies", "signs", "token_status"):
            setattr(door.provider, changed, getattr(honest, changed))
        tells(door.provider, lie, clock)
        answer = await door.comes_in()
        clock.pass_time(minutes=2)
        if answer.status_code != 400 or "Start again" not in answer.text or await door.kept() != (0, 0):
            wrong.append(f"{name}: {answer.status_code}")

    assert wrong == []


@pytest.mark.parametrize(("name", "truth"), TAKEN, ids=[name for name, _ in TAKEN])
async def test_what_is_true_is_believed(door: Door, clock: SimulatedClock, name: str, truth: dict[str, Any]) -> None:
    tells(door.provider, truth, clock)

    assert (await door.comes_in()).headers.get("location") == "/family", name
    assert await door.is_in()


@pytest.mark.parametrize(
    "lie",
    [
        {"issuer": "https://login.trust.example/common"},
        {"issuer": f"{ISSUER}/"},
        {"token_endpoint": "http://login.trust.example/token"},
        {"jwks_uri": None},
        {"authorization_endpoint": 5},
    ],
    ids=str,
)
async def test_a_provider_that_describes_itself_as_another_is_not_asked(door: Door, lie: dict[str, Any]) -> None:
    door.provider.metadata_lies = lie

    begun = await door.browser.get("/sign-in/begin")

    assert begun.status_code == 503
    assert "does not answer" in begun.text
    assert [ask.url for ask in door.provider.asked] == [f"{ISSUER}/.well-known/openid-configuration"]


async def test_keys_that_were_changed_are_fetched_once_and_then_not_for_a_minute(
    door: Door, clock: SimulatedClock
) -> None:
    await door.comes_in()
    door.provider.key = new_key("second")
    changed = await door.comes_in()
    door.provider.signs = by_a_key_that_nobody_has
    for _ in range(3):
        refused = await door.comes_in()
        assert refused.status_code == 400
        assert "Start again in a minute" in refused.text
    within_a_minute = [ask.url for ask in door.provider.asked].count(f"{ISSUER}/keys")
    clock.pass_time(minutes=1)
    await door.comes_in()

    assert changed.status_code == 303
    assert within_a_minute == 2
    assert [ask.url for ask in door.provider.asked].count(f"{ISSUER}/keys") == 3


async def test_keys_that_are_changed_twice_within_a_minute_heal_by_themselves(
    door: Door, clock: SimulatedClock
) -> None:
    await door.comes_in()
    for name in ("second", "third"):
        door.provider.key = new_key(name)
        answer = await door.comes_in()
    told_to_end = await door.browser.post("/sign-in/ended", data={"logout_token": door.provider.logout_token()})
    clock.pass_time(minutes=1)

    assert "Start again in a minute" in answer.text
    assert (told_to_end.status_code, told_to_end.headers["retry-after"]) == (503, "60")
    assert (await door.comes_in()).status_code == 303


async def test_however_many_come_at_once_the_provider_is_asked_once_what_it_is(door: Door) -> None:
    backs = [await door.comes_back() for _ in range(3)]
    door.provider.asked.clear()
    await asyncio.gather(*(door.browser.get(back) for back in backs))

    assert [ask.url for ask in door.provider.asked].count(f"{ISSUER}/keys") == 1


async def test_a_provider_that_is_down_lets_nobody_in_and_ends_no_session(door: Door) -> None:
    back = await door.comes_back()
    door.provider.is_down = True
    at_answer = await door.browser.get(back)
    door.provider.is_down = False
    await door.comes_in()
    door.provider.is_down = True

    assert at_answer.status_code == 503
    assert "does not answer" in at_answer.text
    assert await door.is_in()


async def test_an_answer_is_taken_once_in_the_browser_that_asked_and_within_ten_minutes(
    door: Door, clock: SimulatedClock, client_of: Callable[..., httpx.AsyncClient]
) -> None:
    back = await door.comes_back()
    own = door.browser
    async with client_of(own._transport.app) as other:  # type: ignore[attr-defined]
        elsewhere = await other.get(back)
    in_time = await own.get(back)
    again = await own.get(back)
    late = await door.comes_back()
    clock.pass_time(minutes=11)

    assert (elsewhere.status_code, in_time.status_code, again.status_code) == (400, 303, 400)
    assert (await own.get(late)).status_code == 400
    assert "begun in another browser" in elsewhere.text


async def test_two_sign_ins_begun_side_by_side_both_end_well(door: Door) -> None:
    one, two = await door.comes_back("/family"), None
    nonce = door.provider.nonce
    two = await door.comes_back("/?other")
    second = await door.browser.get(two)
    door.provider.nonce = nonce

    assert second.headers["location"] == "/?other"
    assert (await door.browser.get(one)).headers["location"] == "/family"


@pytest.mark.parametrize("address", ["//evil.example", "https://evil.example", "/\\evil.example", "/sign-in/begin"])
async def test_a_sign_in_leads_to_no_other_site(door: Door, address: str) -> None:
    assert (await door.comes_in(address)).headers["location"] == "/"


@pytest.mark.parametrize("query", ["error=access_denied&state={state}", "code=c0de&state={state}&iss=https://evil"])
async def test_a_provider_that_says_no_and_an_answer_of_another_let_nobody_in(door: Door, query: str) -> None:
    back = await door.comes_back()
    state = re.findall("state=(.+)", back)[0]

    answer = await door.browser.get(f"/sign-in/answer?{query.format(state=state)}")

    assert answer.status_code == 400
    assert "did not let you in" in answer.text
    assert not await door.is_in()


@pytest.mark.parametrize("odd", ["", "?code=x", "?state=%00&code=x", "?state=é&code=x", f"?state={'9' * 3000}&code=x"])
async def test_whatever_is_sent_as_an_answer_is_refused(door: Door, odd: str) -> None:
    assert (await door.browser.get(f"/sign-in/answer{odd}")).status_code == 400


async def test_an_account_without_a_role_is_signed_in_nowhere_and_told_whom_to_ask(door: Door) -> None:
    door.provider.roles = ("someone-elses",)

    answer = await door.comes_in()

    assert answer.status_code == 403
    assert "You have no role here" in answer.text
    assert "ask Tom Specimen" in answer.text
    assert "how=other" in answer.text
    assert await door.kept() == (0, 0)
    await door.comes_back(how="other")
    assert door.provider.begun["prompt"] == "login"


async def test_a_role_that_is_taken_away_is_gone_with_the_next_sign_in(door: Door) -> None:
    await door.comes_in()
    door.provider.roles = ("pairs-practitioner",)
    await door.comes_in()

    assert (await door.browser.get("/family")).status_code == 403


async def test_whose_last_role_is_taken_away_is_remembered_without_one(door: Door) -> None:
    remembered: list[Person] = []

    async def remember(_connection: AsyncConnection, person: Person) -> None:
        remembered.append(person)

    door.app.state.sessions.at_start.append(remember)
    await door.comes_in()
    door.provider.roles = ()
    assert (await door.comes_in()).status_code == 403
    door.provider.subject = "nobody-knows-them"
    assert (await door.comes_in()).status_code == 403

    assert [bool(person.roles) for person in remembered] == [True, False]
    assert len({person.id for person in remembered}) == 1


async def test_an_account_in_too_many_groups_has_no_role_and_the_page_says_so(doors: Doors) -> None:
    rules = [{"claim": "groups", "value": "0f3e", "role": "team_lead"}]
    async with doors(rules=rules) as door:
        for overage in ({"_claim_names": {"groups": "src1"}}, {"hasgroups": True}, {"hasgroups": "true"}):
            door.provider.lies = overage
            answer = await door.comes_in()
            assert answer.status_code == 403
            assert "in more groups than" in answer.text
        door.provider.lies = {"groups": ["0f3e"]}
        assert (await door.comes_in()).status_code == 303


async def test_what_userinfo_says_counts_when_it_is_of_the_same_person(doors: Doors) -> None:
    async with doors(userinfo=True) as door:
        door.provider.roles = ()
        door.provider.lies = {"roles": None}
        door.provider.userinfo = {"sub": "somebody else", "roles": ["pairs-team-lead"]}
        assert (await door.comes_in()).status_code == 400
        door.provider.userinfo["sub"] = door.provider.subject
        assert (await door.comes_in()).status_code == 303


async def test_a_sign_in_that_is_too_weak_is_refused(doors: Doors) -> None:
    async with doors(acr=["AAL3_ANY"]) as door:
        for lie in ({}, {"acr": "AAL2_OR_AAL3_ANY"}, {"acr": ["AAL3_ANY"]}):
            door.provider.lies = lie
            assert "stronger sign-in" in (await door.comes_in()).text
        assert door.provider.begun["acr_values"] == "AAL3_ANY"
        door.provider.lies = {"acr": "AAL3_ANY"}
        assert (await door.comes_in()).status_code == 303


async def test_signing_out_ends_the_session_here_first_and_then_at_the_provider(door: Door) -> None:
    await door.comes_in()
    token = re.findall(r'name="csrf_token" value="([^"]+)"', (await door.browser.get("/family")).text)[0]

    answer = await door.browser.post("/sign-out", data={"csrf_token": token})

    where = httpx.URL(answer.headers["location"])
    assert str(where).startswith(f"{ISSUER}/end?")
    assert where.params["post_logout_redirect_uri"] == f"{ADDRESS}/signed-out"
    assert where.params["id_token_hint"].count(".") == 2
    assert "form-action 'self' https://login.trust.example" in answer.headers["content-security-policy"]
    assert not await door.is_in()


@pytest.mark.parametrize("end", [None, "https://elsewhere.example/end"])
async def test_a_provider_that_ends_nothing_itself_leads_to_our_own_page(door: Door, end: str | None) -> None:
    door.provider.metadata_lies = {"end_session_endpoint": end}
    await door.comes_in()
    token = re.findall(r'name="csrf_token" value="([^"]+)"', (await door.browser.get("/family")).text)[0]

    assert (await door.browser.post("/sign-out", data={"csrf_token": token})).headers["location"] == "/signed-out"


async def test_a_provider_whose_pages_are_on_another_host_ends_its_sign_in_there(
    engine: AsyncEngine, clock: SimulatedClock, client_of: Callable[..., httpx.AsyncClient]
) -> None:
    given = settings(**OPENID, openid_pages_at="https://pages.trust.example")
    provider = LyingProvider(now=lambda: clock().timestamp())
    provider.metadata_lies = {"end_session_endpoint": "https://pages.trust.example:443/end"}
    rules = RoleMapping.model_validate({"rules": RULES, "ask": "Tom Specimen"})
    signs_in = sign_in_pages(SignIn(given, rules, frozenset({Role.TEAM_LEAD}), fetch=provider.fetch))
    app = create_sample(engine, clock, signs_in=signs_in, **OPENID, openid_pages_at="https://pages.trust.example")
    async with client_of(app) as browser:
        door = Door(provider, browser, engine, app)
        await door.comes_in()
        token = re.findall(r'name="csrf_token" value="([^"]+)"', (await browser.get("/family")).text)[0]
        answer = await browser.post("/sign-out", data={"csrf_token": token})

    assert answer.headers["location"].startswith("https://pages.trust.example:443/end?")
    policy = answer.headers["content-security-policy"]
    assert "form-action 'self' https://login.trust.example https://pages.trust.example" in policy


async def proved_at(door: Door) -> list[float]:
    async with door.engine.connect() as connection:
        found = (await connection.execute(select(web_session.c.authenticated_at))).scalars()
        return [moment.timestamp() for moment in found]


async def test_who_shows_again_who_they_are_keeps_their_session_and_goes_on_where_they_were(
    door: Door, clock: SimulatedClock
) -> None:
    await door.comes_in()
    cookies = dict(door.browser.cookies)
    clock.pass_time(minutes=20)
    back = await door.comes_back("/family?draft=1", how="again")
    asked = door.provider.begun
    shown = await door.browser.get(back)

    assert (asked["prompt"], asked["max_age"]) == ("login", "0")
    assert shown.headers["location"] == "/family?draft=1"
    assert await proved_at(door) == [clock().timestamp()]
    assert {name: value for name, value in door.browser.cookies.items() if name in cookies} == cookies


@pytest.mark.parametrize(
    ("lies", "says"),
    [
        ({"auth_time": (NOW, -1200)}, "not_proved_again"),
        ({"auth_time": None}, "not_proved_again"),
        ({"sub": "somebody else"}, "another account"),
    ],
    ids=["it was twenty minutes ago", "nobody knows when", "it was somebody else"],
)
async def test_nothing_is_shown_again_by_an_old_proof_or_by_somebody_else(
    door: Door, clock: SimulatedClock, lies: dict[str, Any], says: str
) -> None:
    await door.comes_in()
    before = await proved_at(door)
    clock.pass_time(minutes=20)
    tells(door.provider, {"lies": lies}, clock)
    answer = await door.browser.get(await door.comes_back(how="again"))

    assert answer.status_code == 400
    assert says in answer.text
    assert "how=again" in answer.text, "what the page leads to asks for the proof once more, and takes no other account"
    assert await proved_at(door) == before


async def test_who_shows_again_who_they_are_holds_the_roles_that_they_hold_now(
    door: Door, clock: SimulatedClock
) -> None:
    await door.comes_in()
    clock.pass_time(minutes=20)
    door.provider.roles = ("pairs-practitioner",)
    await door.browser.get(await door.comes_back("/family?draft=1", how="again"))

    async with door.engine.connect() as connection:
        assert (await connection.execute(select(web_session.c.roles))).scalars().all() == [["practitioner"]]


async def test_a_session_that_another_provider_vouched_for_opens_nothing(door: Door) -> None:
    await door.comes_in()
    async with door.engine.begin() as connection:
        await connection.execute(update(web_session).values(issuer="https://of-the-trial.example"))

    assert not await door.is_in()


def test_a_flood_of_nonsense_from_one_address_keeps_no_provider_and_no_colleague_out() -> None:
    crowd = Crowd(per_minute=ENDED_RATE.per_minute, per_hour=ENDED_RATE.per_hour)
    waits = [crowd.wait_of("192.0.2.1", number / 20) for number in range(700)]

    assert waits[0] == 0
    assert waits[-1] > 0
    assert crowd.wait_of("198.51.100.7", 35) == 0


@pytest.mark.parametrize("odd", ["//[", "/family?" + "x" * 3000])
async def test_an_odd_address_to_come_back_to_is_the_start_page(door: Door, odd: str) -> None:
    arrived = await door.comes_in(odd)

    assert arrived.headers["location"] == "/"


async def test_a_provider_ends_the_sessions_of_one_sign_in_or_of_one_person(door: Door) -> None:
    for says in ({}, {"sid": None}, {"sid": "of a sign-in that nobody began"}):
        await door.comes_in()
        token = door.provider.logout_token(jti=str(says), **says)
        answer = await door.browser.post("/sign-in/ended", data={"logout_token": token})

        assert answer.status_code == 200
        assert not await door.is_in()


async def test_a_person_whom_we_know_by_another_claim_is_known_at_their_end_by_the_providers_own(doors: Doors) -> None:
    async with doors(subject="oid") as door:
        door.provider.lies = {"oid": "0f3e-of-the-directory"}
        await door.comes_in()
        assert await door.is_in()
        token = door.provider.logout_token(sid=None)
        await door.browser.post("/sign-in/ended", data={"logout_token": token})

        assert not await door.is_in()


async def test_another_persons_end_ends_nothing_and_is_well_received(door: Door) -> None:
    await door.comes_in()
    token = door.provider.logout_token(sub="somebody else", sid="another")

    assert (await door.browser.post("/sign-in/ended", data={"logout_token": token})).status_code == 200
    assert await door.is_in()


FORGED: list[tuple[str, dict[str, Any], Any]] = [
    ("of another issuer", {"iss": "https://login.trust.example/other"}, None),
    ("for another client", {"aud": "another"}, None),
    ("121 seconds old", {"iat": (NOW, -121)}, None),
    ("made in 121 seconds", {"iat": (NOW, 121)}, None),
    ("an ID token", {"nonce": "n"}, None),
    ("no event", {"events": None}, None),
    ("another event", {"events": {"https://example/other": {}}}, None),
    ("an event that is none", {"events": ["http://schemas.openid.net/event/backchannel-logout"]}, None),
    ("without an id", {"jti": None}, None),
    ("about nobody", {"sid": None, "sub": None}, None),
    ("about something", {"sid": 5}, None),
    ("signed by nobody", {}, by_nobody),
    ("signed with the secret", {}, by_the_secret),
    ("signed by another", {}, by_another),
    ("nothing", {}, lambda *_: ""),
]


async def test_whoever_says_that_a_sign_in_is_over_and_is_not_the_provider_ends_nothing(
    door: Door, clock: SimulatedClock
) -> None:
    await door.comes_in()
    wrong: list[str] = []
    for name, lies, signs in FORGED:
        door.provider.signs = signs
        said = {
            claim: int(clock().timestamp()) + given[1] if isinstance(given, tuple) else given
            for claim, given in lies.items()
        }
        sent = {"logout_token": door.provider.logout_token(**said)}
        if (await door.browser.post("/sign-in/ended", data=sent)).status_code != 400 or not await door.is_in():
            wrong.append(name)

    assert wrong == []
    assert (await door.browser.post("/sign-in/ended")).status_code == 400


async def test_what_a_provider_said_once_cannot_be_said_again_by_someone_who_heard_it(door: Door) -> None:
    await door.comes_in()
    said = {"logout_token": door.provider.logout_token()}
    first = await door.browser.post("/sign-in/ended", data=said)
    await door.comes_in()
    again = await door.browser.post("/sign-in/ended", data=said)

    assert (first.status_code, again.status_code) == (200, 400)
    assert await door.is_in()
