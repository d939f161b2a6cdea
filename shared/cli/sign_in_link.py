"""`pairs sign-in-link`: for whoever must work while their organisation's provider is down."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any
from uuid import UUID

import typer

from shared import discovery
from shared.cli.installation import DEFAULT_STATE, State, admin_urls, run
from shared.cli.listing import AsJson, show
from shared.kernel.clock import machine_clock
from shared.kernel.errors import NotFound
from shared.kernel.settings import variable
from shared.tenancy.admin import AdminUrls
from shared.tenancy.databases import url_of
from shared.tenancy.names import check_team, database_name

if TYPE_CHECKING:
    from shared.staff.colleague_sign_in import SignedIn

Whose = Annotated[str, typer.Argument(help="A team's slug, or `region`.")]
Person = Annotated[UUID | None, typer.Argument(help="Their id; none: everyone who has signed in.")]


def sign_in_link(slug: Whose, person: Person = None, *, state: State = DEFAULT_STATE, as_json: AsJson = False) -> None:
    """Make a link for someone, into each service that they work with: it opens once, within ten minutes."""
    rows = run(_done(admin_urls(state), slug, person))
    show(rows, as_json=as_json, empty="Nobody has signed in yet: there is nobody whom a link could be for.")


async def _done(admin: AdminUrls, slug: str, person: UUID | None) -> Sequence[dict[str, Any]]:
    """Raises NotAName, and NotFound when nobody of this id has signed in anywhere."""
    team = None if slug == "region" else slug
    if team:
        check_team(team)
    rows: list[dict[str, Any]] = []
    for service in discovery.of_team() if team else discovery.of_region():
        url = url_of(admin.postgres, database=database_name(team, service.name))
        rows += await _in_a_service(url, service.name, person)
    if person and not rows:
        raise NotFound("colleague_not_found", "Nobody of this id has signed in. Leave it out for the list.")
    return rows


async def _in_a_service(url: str, service: str, person: UUID | None) -> list[dict[str, Any]]:
    # Only here the command line needs SQLAlchemy, whose import takes as long as all else of a command.
    from shared.database.engines import create_engine  # noqa: PLC0415
    from shared.kernel.actor import system  # noqa: PLC0415
    from shared.staff.colleague_sign_in import who_signed_in  # noqa: PLC0415
    from shared.unit_of_work import UnitOfWork, UnitsOfWork  # noqa: PLC0415
    from shared.web.sign_in_link import LASTS, LINK_MADE, make_link  # noqa: PLC0415

    engine = create_engine(url)
    try:
        async with UnitsOfWork(engine, UnitOfWork, region_key=b"", clock=machine_clock).begin(system()) as work:
            known = await who_signed_in(work.session, variable("openid_issuer") or "")
            if person is None:
                return [{"service": service, **_row(one)} for one in known]
            rows: list[dict[str, Any]] = []
            for one in (one for one in known if one.id == person):
                path = await make_link(work.session, person, one.roles, work.now)
                work.record(LINK_MADE, person)
                rows.append({"service": service, "link": _address(service) + path, "until": _seconds(work.now + LASTS)})
            return rows
    finally:
        await engine.dispose()


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
