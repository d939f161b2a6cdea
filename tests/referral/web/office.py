"""A team in full work with all its colleagues signed in, which goes back to that state before each test."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from itertools import count
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest
from fastapi import FastAPI
from starlette.routing import compile_path

from shared.database.engines import create_engine
from shared.kernel.identifiers import new_id
from shared.kernel.postgres import Connection, connected
from shared.manifest import Person
from shared.staff.form_routes import FormEntry
from shared.tenancy.admin import AdminUrls
from shared.tenancy.databases import url_of
from shared.tenancy.names import database_name
from shared.testing.moment import go_back, keep
from shared.testing.recycled import RecycledService
from tests.referral.a_team import ATeam
from tests.referral.web.every_form import FILES, page_of, right_answer
from tests.referral.web.every_page import addresses_of
from tests.referral.web.forms_in_page import Fields, FormInPage, forms_in
from tests.referral.web.visitor import PEOPLE, Visitor, client_of, csrf_in, pages_of
from tests.referral.whole_record import WholeRecord, a_whole_record

STORED = """
CREATE FUNCTION moment.stored(OUT named text, OUT rows bigint, OUT content text) RETURNS SETOF record
LANGUAGE plpgsql AS $$ BEGIN
    FOR named IN SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
                 AND relname NOT IN ('audit', 'audit_head', 'web_session', 'colleague', 'intention', 'form_draft') LOOP
        EXECUTE format('SELECT count(*), md5(array_agg(t::text ORDER BY t::text)::text) FROM public.%I t', named)
        INTO rows, content;
        RETURN NEXT;
    END LOOP;
END $$;
"""


@dataclass(frozen=True)
class Office:
    """Where each colleague has a browser of their own."""

    team: ATeam
    app: FastAPI
    record: WholeRecord
    clients: dict[Person, httpx.AsyncClient]
    connection: Connection
    """As the database's superuser."""

    async def goes_back(self, moment: str = "moment") -> None:
        await go_back(self.connection, moment)

    async def stored(self) -> dict[str, tuple[int, str]]:
        """Of each table how many rows it has, and a sum of all that they say; but for the audit trail."""
        found = await self.connection.fetch("SELECT * FROM moment.stored()")
        return {row["named"]: (row["rows"], row["content"]) for row in found}

    async def rows(self) -> dict[str, int]:
        return {name: rows for name, (rows, _) in (await self.stored()).items()}

    async def opens(self, person: Person, form: FormEntry) -> "OpenForm":
        """The form as it stands on its page, filled in rightly."""
        client = self.clients[person]
        page = page_of(form, self.record) or addresses_of(self.app, self.record)[form.stands_on][0]
        answer = await client.get(page)
        assert answer.status_code in {200, 403}, f"{page}: {answer.status_code}"
        found = forms_on(answer, form)
        assert found, f"{page} has no form that is sent to {form.path}"
        empty = {name: found[0].fields[name] for name in ("csrf_token", "intention")}
        return OpenForm(form, client, page, found[0].action or page, empty, right_answer(form, found[0], self.record))


def forms_on(answer: httpx.Response, form: FormEntry) -> list[FormInPage]:
    """Those of a page that are sent where the form is."""
    pattern = compile_path(form.path)[0]
    return [one for one in forms_in(answer.text) if pattern.match(urlsplit(one.action).path or answer.url.path)]


@dataclass(frozen=True)
class OpenForm:
    """A form in someone's browser."""

    form: FormEntry
    client: httpx.AsyncClient
    page: str
    address: str
    empty: Fields
    right: Fields

    async def sends(self, fields: Fields | None = None) -> httpx.Response:
        content = self.right if fields is None else fields
        return await self.client.post(self.address, data=content, files=self._files(content))

    async def sends_as(self, client: httpx.AsyncClient) -> httpx.Response:
        """Someone else sends it, from a page of their own."""
        own = csrf_in((await client.get(self.page, follow_redirects=True)).text)
        content = {**self.right, "csrf_token": [own], "intention": [str(new_id())]}
        return await client.post(self.address, data=content, files=self._files(content))

    def _files(self, content: Fields) -> Any:
        """An upload, where the form takes one; none while it is empty."""
        return None if content == self.empty else FILES.get(self.form.path)


@pytest.fixture(scope="module")
async def the_office(recycled_service: RecycledService, servers: AdminUrls) -> AsyncIterator[Office]:
    access = await recycled_service("the-office", "referral")
    team = ATeam("the-office", create_engine(access.database_url))
    record, app = await a_whole_record(team), pages_of(team)
    app.state.stopwatch = count(step=60.0).__next__  # a minute passes before each sign-in: nobody is asked to wait
    inside = connected(url_of(servers.postgres, database=database_name("the-office", "referral")))
    async with AsyncExitStack() as stack, inside as connection:
        clients = {person: await stack.enter_async_context(client_of(app)) for person in PEOPLE}
        for person, client in clients.items():
            await Visitor(client).signs_in(person)
        await keep(connection, "moment")
        await connection.execute(STORED)
        yield Office(team, app, record, clients, connection)
        await connection.execute("DROP SCHEMA moment CASCADE")
    await team.engine.dispose()


@pytest.fixture
async def office(the_office: Office) -> Office:
    await the_office.goes_back()
    return the_office
