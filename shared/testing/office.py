"""A team's service with all its colleagues signed in, which goes back to one moment before each form.

async with office_of(service, app, clients, url_of(servers.postgres, database=…)) as office:
    opened = await office.opens(form, page=…, by=client, fills=…)
    await opened.sends()
"""

from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import httpx
from fastapi import FastAPI
from starlette.routing import compile_path

from shared.kernel.identifiers import new_id
from shared.kernel.postgres import Connection, connected
from shared.manifest import Person
from shared.staff.form_routes import FormEntry
from shared.testing.forms_in_page import Fields, FormInPage, forms_in
from shared.testing.moment import go_back, keep
from shared.testing.visitor import hidden_in

Files = Mapping[str, tuple[str, bytes, str]]
"""What is sent with a form."""

STORED = """
CREATE FUNCTION moment.saved(OUT named text, OUT rows bigint, OUT content text) RETURNS SETOF record
LANGUAGE plpgsql AS $$ BEGIN
    FOR named IN SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
                 AND relname NOT IN ('audit', 'audit_head', 'web_session', 'account', 'colleague', 'intention',
                                     'form_draft') LOOP
        EXECUTE format('SELECT count(*), md5(array_agg(t::text ORDER BY t::text)::text) FROM public.%I t', named)
        INTO rows, content;
        RETURN NEXT;
    END LOOP;
END $$;
"""


@dataclass(frozen=True)
class Office:
    """Where each colleague has a browser of their own."""

    app: FastAPI
    clients: Mapping[Person, httpx.AsyncClient]
    connection: Connection
    """As the database's superuser."""

    async def goes_back(self, moment: str = "moment") -> None:
        await go_back(self.connection, moment)

    async def stored(self) -> dict[str, tuple[int, str]]:
        """Of each table how many rows it has, and a sum of all that they say; but for the audit trail."""
        found = await self.connection.fetch("SELECT * FROM moment.saved()")
        return {row["named"]: (row["rows"], row["content"]) for row in found}

    async def rows(self) -> dict[str, int]:
        return {name: rows for name, (rows, _) in (await self.stored()).items()}

    async def opens_at(
        self,
        page: str,
        form: FormEntry,
        person: Person,
        fills: Callable[[FormInPage], Fields],
        files: Files | None = None,
    ) -> "OpenForm":
        """The form as it stands on its page, filled in rightly. Raises LookupError when it is not there."""
        client = self.clients[person]
        answer = await client.get(page)
        found = forms_on(answer, form)
        if not found:
            raise LookupError(f"{page} answers {answer.status_code} and has no form that is sent to {form.path}")
        empty = {name: found[0].fields[name] for name in ("csrf_token", "intention")}
        return OpenForm(form, client, page, found[0].action or page, empty, fills(found[0]), files)


@asynccontextmanager
async def kept_moment(url: str) -> AsyncGenerator[Connection]:
    """A connection by which the database goes back to how it is now.

    Args:
        url: the database's address, for a superuser.
    """
    async with connected(url) as connection:
        await keep(connection, "moment")
        await connection.execute(STORED)
        yield connection
        await connection.execute("DROP SCHEMA moment CASCADE")


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
    files: Files | None = None

    async def sends(self, fields: Fields | None = None) -> httpx.Response:
        content = self.right if fields is None else fields
        return await self.client.post(self.address, data=content, files=self._files(content))

    async def sends_as(self, client: httpx.AsyncClient, page: httpx.Response) -> httpx.Response:
        """Someone else sends it.

        Args:
            page: as they opened it, in a browser of their own.
        """
        own = hidden_in(page.text)["csrf_token"]
        content = {**self.right, "csrf_token": [own], "intention": [str(new_id())]}
        return await client.post(self.address, data=content, files=self._files(content))

    def _files(self, content: Fields) -> Any:
        """An upload, where the form takes one; none while it is empty."""
        return None if content == self.empty else self.files
