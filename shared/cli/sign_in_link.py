"""`pairs sign-in-link`: for whoever must work while their organisation's provider is down."""

from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any
from uuid import UUID

import typer

from shared import discovery
from shared.cli.installation import DEFAULT_STATE, State, admin_urls, run
from shared.cli.listing import AsJson, show
from shared.kernel.clock import machine_clock
from shared.kernel.errors import NotAllowed, NotFound
from shared.kernel.settings import variable
from shared.tenancy.admin import AdminUrls
from shared.tenancy.databases import url_of
from shared.tenancy.names import check_team, database_name

if TYPE_CHECKING:
    from shared.staff.colleague_sign_in import SignedIn
    from shared.unit_of_work import UnitOfWork

Whose = Annotated[str, typer.Argument(help="A team's slug, or `region`.")]
Person = Annotated[UUID | None, typer.Argument(help="Their id; none: everyone who has signed in.")]
End = Annotated[
    bool, typer.Option("--end", help="In place of making one, end all links of theirs and what they opened.")
]


def sign_in_link(
    slug: Whose, person: Person = None, *, end: End = False, state: State = DEFAULT_STATE, as_json: AsJson = False
) -> None:
    """Make a link for someone, into each service that they work with: it opens once, within ten minutes."""
    if end and person is None:
        raise typer.BadParameter("--end needs the id of whoever's links end.")
    if end and person:
        rows = run(_ended(admin_urls(state), slug, person))
        show(rows, as_json=as_json, empty="No link of theirs is open, nor anything that one opened.")
        return
    rows = run(_done(admin_urls(state), slug, person))
    show(rows, as_json=as_json, empty="Nobody has signed in yet: there is nobody whom a link could be for.")


async def _done(admin: AdminUrls, slug: str, person: UUID | None) -> Sequence[dict[str, Any]]:
    """Raises NotAName, NotFound when nobody of this id has signed in anywhere, NotAllowed when nowhere of late."""
    rows: list[dict[str, Any]] = []
    refused: list[tuple[str, NotAllowed]] = []
    for service, url in _databases(admin, slug):
        try:
            rows += await _in_a_service(url, service, person)
        except NotAllowed as refusal:
            refused.append((service, refusal))
    if person and not rows:
        nobody = NotFound("colleague_not_found", "Nobody of this id has signed in. Leave it out for the list.")
        raise refused[0][1] if refused else nobody
    for service, refusal in refused:
        typer.echo(f"None into {service}. {refusal.sentence}", err=True)
    return rows


async def _ended(admin: AdminUrls, slug: str, person: UUID) -> Sequence[dict[str, Any]]:
    """How many links, and sessions by one, were closed in each service in which there were any. Raises NotAName."""
    ended = [(service, await _end_in_a_service(url, person)) for service, url in _databases(admin, slug)]
    return [{"service": service, "ended": number} for service, number in ended if number]


def _databases(admin: AdminUrls, slug: str) -> list[tuple[str, str]]:
    """Each service and its database's address."""
    team = None if slug == "region" else slug
    if team:
        check_team(team)
    services = discovery.of_team() if team else discovery.of_region()
    return [(one.name, url_of(admin.postgres, database=database_name(team, one.name))) for one in services]


async def _end_in_a_service(url: str, person: UUID) -> int:
    from shared.web.sign_in_link import LINK_ENDED, end_links  # noqa: PLC0415 - as below

    async with _work(url) as work:
        ended = await end_links(work.session, person, work.now)
        if ended:
            work.record(LINK_ENDED, person)
        return ended


@asynccontextmanager
async def _work(url: str) -> "AsyncGenerator[UnitOfWork]":
    from shared.database.engines import create_engine  # noqa: PLC0415 - as below
    from shared.kernel.actor import system  # noqa: PLC0415
    from shared.unit_of_work import UnitOfWork, UnitsOfWork  # noqa: PLC0415

    engine = create_engine(url)
    try:
        async with UnitsOfWork(engine, UnitOfWork, region_key=b"", clock=machine_clock).begin(system()) as work:
            yield work
    finally:
        await engine.dispose()


async def _in_a_service(url: str, service: str, person: UUID | None) -> list[dict[str, Any]]:
    # Only here the command line needs SQLAlchemy, whose import takes as long as all else of a command.
    from shared.staff.colleague_sign_in import who_signed_in  # noqa: PLC0415
    from shared.web.sign_in_link import LASTS, LINK_MADE, make_link  # noqa: PLC0415

    async with _work(url) as work:
        known = await who_signed_in(work.session, variable("openid_issuer") or "")
        if person is None:
            return [{"service": service, **_row(one)} for one in known]
        rows: list[dict[str, Any]] = []
        for one in (one for one in known if one.id == person):
            path = await make_link(work.session, person, one.roles, work.now)
            work.record(LINK_MADE, person)
            rows.append({"service": service, "link": _address(service) + path, "until": _seconds(work.now + LASTS)})
        return rows


def _row(one: "SignedIn") -> dict[str, Any]:
    return {**vars(one), "roles": ", ".join(one.roles), "last_sign_in_at": _seconds(one.last_sign_in_at)}


def _seconds(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")


def _address(service: str) -> str:
    """As `PAIRS_TEAM_SERVICES` says it; none where nothing does: then it goes behind the service's address."""
    for one in (variable("team_services") or "").split(","):
        name, _, url = one.strip().partition("=")
        if name.lower() == service:
            return url
    return ""
