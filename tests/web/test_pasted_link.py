"""What stands behind a link in a letter or an email is no part of it, whatever page the link leads to."""

import httpx
import pytest
from fastapi.routing import APIRoute

from shared.discovery import services

MARKS = ["/", "/.", ".", ",", ";", ")", ">", "%3E", "”", "%E2%80%9D", "’", "!", ").", " ", "%C2%A0", "']"]
"""DemocracyClub/UK-Polling-Stations/pull/6926, Sylius/Sylius/issues/7983, better-auth/better-auth/issues/9690;
mozilla/blurts-server/issues/526: the token was cut off."""


@pytest.mark.parametrize("mark", MARKS)
async def test_a_link_leads_where_it_leads_without_what_stood_behind_it(lead: httpx.AsyncClient, mark: str) -> None:
    plain, pasted = await lead.get("/sign-in"), await lead.get(f"/sign-in{mark}")

    assert (pasted.status_code, pasted.headers.get("location")) == (plain.status_code, plain.headers.get("location"))
    assert plain.status_code != 404


async def test_what_is_nothing_but_marks_is_the_first_page(lead: httpx.AsyncClient) -> None:
    assert (await lead.get("/.,")).status_code == (await lead.get("/")).status_code


async def test_within_an_address_they_are_a_part_of_it(lead: httpx.AsyncClient) -> None:
    assert (await lead.get("/sign-in./x")).status_code == 404


def test_no_path_of_ours_ends_so() -> None:
    """Of every service: such a page could not be reached."""
    routers = [page.router for service in services().values() for page in service.pages()]
    paths = [route.path for router in routers for route in router.routes if isinstance(route, APIRoute)]

    assert len(paths) > 100
    assert [path for path in paths if path.rstrip("/.,;:!?)>]'\"") != path and path != "/"] == []
