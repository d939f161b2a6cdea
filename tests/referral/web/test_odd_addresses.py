"""No address makes a page fail: whatever stands where a number, a day, a code or a word is asked for."""

from collections.abc import Iterator
from urllib.parse import urlencode

import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute
from starlette.datastructures import ImmutableMultiDict
from starlette.routing import BaseRoute

from tests.referral.a_team import ATeam
from tests.referral.web.every_page import addresses_of
from tests.referral.web.visitor import LEAD, Visitor, client_of, pages_of
from tests.referral.whole_record import a_whole_record

ODD = ["9" * 30, "-1", "1e99", "NaN", "a\x00b", "%ED%A0%80", "0001-01-01", "9999-12-31", "9999-12", "٣", "x" * 1000]


def declared(routes: list[BaseRoute]) -> Iterator[str]:
    """The parts of a query that a route says it takes."""
    for route in routes:
        if isinstance(route, APIRoute):
            yield from (one.alias for one in route.dependant.query_params)


async def asked_for(app: FastAPI, addresses: list[str], visitor: Visitor, monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """Those too that a page looks for by itself."""
    names = set(declared(app.routes))
    usual = ImmutableMultiDict.get

    def note(self: ImmutableMultiDict[str, str], key: str, default: object = None) -> object:
        names.add(key)
        return usual(self, key, default)

    with monkeypatch.context() as patched:
        patched.setattr(ImmutableMultiDict, "get", note)
        for address in addresses:
            await visitor.client.get(address)
    return {name for name in names if isinstance(name, str)}


async def test_whatever_stands_in_an_address_no_page_fails(team: ATeam, monkeypatch: pytest.MonkeyPatch) -> None:
    app, record = pages_of(team), await a_whole_record(team)
    addresses = [one for found in addresses_of(app, record).values() for one in found]
    addresses += ["/audit.csv", "/caseload.csv", "/messages.csv", "/search.csv"]
    async with client_of(app) as client:
        visitor = Visitor(client)
        await visitor.signs_in(LEAD)
        names = await asked_for(app, addresses, visitor, monkeypatch)
        assert {"page", "done", "reference", "until_on", "state"} <= names
        failed = [
            (address, odd[:20])
            for address in addresses
            for odd in ODD
            if (await client.get(f"{address.split('?')[0]}?{urlencode(dict.fromkeys(names, odd))}")).status_code >= 500
        ]

    assert failed == []
