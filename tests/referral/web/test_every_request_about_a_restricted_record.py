"""Whatever someone who is not named asks of a restricted record: it is refused, the trail says so, nothing changes.

The requests are found by the app's own routes and pages, so that one which is added later is held to this too.
"""

from collections.abc import AsyncIterator
from uuid import UUID

import httpx
import pytest
from sqlalchemy import select

from shared.audit.tables import audit
from shared.kernel.identifiers import new_id
from shared.manifest import Person
from shared.testing.moment import keep
from tests.referral.a_team import ATeam
from tests.referral.restricted_record import fill_in, restrict_all
from tests.referral.web.every_request import Request, requests_about
from tests.referral.web.office import Office
from tests.referral.web.visitor import LEAD, PEOPLE, csrf_in

OF_A_FAMILY = (
    "Shannon",
    "Leonie",
    "Dan Example",
    "Sian",
    "9990000018",
    "999 000 0018",
    "07700 900",
    "07700900",
    "FY1 9ZZ",
    "looks away",
)
IN_NO_ANSWER = (*OF_A_FAMILY, "We sang", "She smiled", "How I felt", "We visit")

SHOWS_NOTHING = {
    "GET /groups/{group_id}": "others take part too; the family is “Restricted record”",
    "GET /groups/{group_id}/register.csv": "likewise",
    "GET /groups/{group_id}/register.xlsx": "likewise",
    "GET /groups/{group_id}/join": "families whose record the reader may not open are not offered",
    "POST /groups/{group_id}/join": "whoever may add nobody is told so, before a family is asked about",
    "POST /groups/{group_id}/end": "is about no family",
    "GET /break-glass/{break_glass_id}": "the lead reviews an opening without seeing the family",
    "POST /break-glass/{break_glass_id}": "likewise",
}
"""What answers those who are not named all the same, without a word of the family, and why."""


class Trail:
    """What the audit trail has kept since it was asked last."""

    def __init__(self, team: ATeam) -> None:
        self._team, self._last = team, 0

    async def newest(self) -> list[tuple[str, UUID | None]]:
        query = select(audit.c.number, audit.c.action, audit.c.subject).where(audit.c.number > self._last)
        async with self._team.engine.connect() as connection:
            rows = (await connection.execute(query.order_by(audit.c.number))).all()
        self._last = rows[-1].number if rows else self._last
        return [(row.action, row.subject) for row in rows]


@pytest.fixture(scope="module")
async def every_request(the_office: Office) -> AsyncIterator[list[Request]]:
    """All of them, and from then on nobody of the team may see the records any more."""
    await fill_in(the_office.team, the_office.record)
    found = await requests_about(the_office.app, the_office.record, the_office.clients[LEAD])
    await restrict_all(the_office.team, new_id())
    await keep(the_office.connection, "restricted")
    yield found
    await the_office.connection.execute("DROP SCHEMA restricted CASCADE")


@pytest.fixture
async def requests(the_office: Office, every_request: list[Request]) -> list[Request]:
    await the_office.goes_back("restricted")
    return every_request


@pytest.mark.timeout(300)
@pytest.mark.parametrize("person", PEOPLE, ids=lambda person: person.name)
async def test_who_is_not_named_is_refused(the_office: Office, requests: list[Request], person: Person) -> None:
    office = the_office
    client, trail, before = office.clients[person], Trail(office.team), await office.stored()
    token = csrf_in((await client.get("/more")).text)
    wrong: list[str] = []
    await trail.newest()
    for one in requests:
        answer = await _ask(client, token, one)
        found = _faults(one, person, answer, await trail.newest())
        if one.body is not None and (now := await office.stored()) != before:
            changed = [name for name in now if now[name] != before[name]]
            found += [f"changes {name}" for name in changed if one.key not in SHOWS_NOTHING]
            before = now
        wrong += [f"{one.key} at {one.address} {what}" for what in found]
    assert len(requests) > 150
    assert "\n".join(wrong) == ""


async def _ask(client: httpx.AsyncClient, token: str, one: Request) -> httpx.Response:
    if one.body is None:
        return await client.get(one.address)
    return await client.post(one.address, data={**one.body, "csrf_token": [token]})


def _faults(one: Request, person: Person, answer: httpx.Response, kept: list[tuple[str, UUID | None]]) -> list[str]:
    found = [f"shows {word}" for word in IN_NO_ANSWER if word in answer.text]
    if one.key in SHOWS_NOTHING:
        return found
    if answer.status_code != 403:
        found.append(f"answers {answer.status_code}")
    if one.roles.isdisjoint(person.roles):
        is_kept = [action for action, _ in kept] == ["page.refused"]
    else:
        is_kept = any(action == "family.refused" and subject is not None for action, subject in kept)
    return found if is_kept else [*found, f"keeps {kept}"]
