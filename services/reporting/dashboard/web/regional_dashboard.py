"""The region at a glance, one team's page, and each of their tables as a file."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Literal
from urllib.parse import quote

from fastapi import APIRouter, Query
from sqlalchemy.ext.asyncio import AsyncSession
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from services.reporting.dashboard.queries.regional_dashboard import RegionalDashboard, regional_dashboard
from services.reporting.dashboard.web.freshness_words import freshness_words
from services.reporting.dashboard.web.headlines import headlines
from services.reporting.dashboard.web.panel import Panel, panel_file, place_of
from services.reporting.dashboard.web.panels.moves import moves_panel
from services.reporting.dashboard.web.panels.reasons import reasons_panel
from services.reporting.dashboard.web.panels.referrals import referrals_panel
from services.reporting.dashboard.web.panels.sources import sources_panel
from services.reporting.dashboard.web.panels.tiers import tiers_panel
from services.reporting.dashboard.web.panels.triage import triage_panel
from shared.contracts.slug import locality_name
from shared.contracts.vocabulary import Role
from shared.kernel.clock import london_date
from shared.kernel.errors import NotFound
from shared.staff.download import Download, download_at
from shared.web.pages import render
from shared.web.permissions import need

router = APIRouter(dependencies=[need(Role.REGIONAL_LEAD)])

PERIODS = {"12": "12 months and this one", "24": "24 months and this one", "36": "36 months and this one"}
Months = Annotated[Literal["12", "24", "36"], Query()]


@dataclass(frozen=True)
class Choice:
    """What the filter offers, and which of it is chosen."""

    value: str
    words: str
    chosen: bool


@router.get("/")
async def show_region(request: Request, team: str = "", months: Months = "12") -> Response:
    """The region at a glance; with a team chosen, that team's page."""
    if team:
        return RedirectResponse(f"/team/{quote(team, safe='')}?months={months}", 303)
    return await _show(request, None, months)


@router.get("/team/{team}")
async def show_team(request: Request, team: str, months: Months = "12") -> Response:
    """One team, with the region to compare."""
    return await _show(request, team, months)


@download_at(router, "/figures/{name}.csv")
async def download_figure(request: Request, name: str, team: str = "", months: Months = "12") -> Download[Any]:
    """One table of the page as a file; the same counts, the same hidden ones."""
    figures = await _figures(request, team or None, months)
    for panel in panels(figures, team or None):
        if panel.name == name:
            return panel_file(panel, f"{panel.name}-{team or 'region'}.csv")
    raise NotFound("figure_unknown", "There is no such table. Go back to the dashboard and choose one there.")


def panels(figures: RegionalDashboard, team: str | None) -> Sequence[Panel]:
    """The figures of the region's page or, with a team, of that team's."""
    return [
        referrals_panel(figures, team),
        triage_panel(figures, team),
        tiers_panel(figures, team),
        moves_panel(figures, team),
        sources_panel(figures, team),
        *([] if team else [reasons_panel(figures)]),
    ]


async def _figures(request: Request, team: str | None, months: str) -> RegionalDashboard:
    """The figures, if the team is one of the region's."""
    state = request.app.state
    async with AsyncSession(state.engine) as session:
        figures = await regional_dashboard(session, london_date(state.clock()), years=int(months) // 12)
    if team is not None and team not in figures.teams:
        raise NotFound("team_unknown", "There is no such team in this region. Go back and choose one from the list.")
    return figures


async def _show(request: Request, team: str | None, months: str) -> Response:
    figures = await _figures(request, team, months)
    now = request.app.state.clock()
    return render(
        request,
        "dashboard/regional_dashboard.html",
        live_events="/events",
        title=place_of(team).name if team else "The region at a glance",
        team=team,
        months=months,
        back="/" if team else None,
        back_text="The region at a glance",
        query=f"?team={team}&months={months}" if team else f"?months={months}",
        now=now,
        headlines=headlines(figures, team),
        panels=panels(figures, team),
        freshness=[freshness_words(item, now) for item in figures.freshness if team in (None, item.team)],
        team_choices=[
            Choice("", "All teams", team is None),
            *(Choice(slug, locality_name(slug), slug == team) for slug in figures.teams),
        ],
        period_choices=[Choice(value, words, value == months) for value, words in PERIODS.items()],
    )
