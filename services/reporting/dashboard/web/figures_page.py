"""What every page of figures has: it is read in one way, can be opened as at a frozen month, and moves by itself."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession
from starlette.requests import Request
from starlette.responses import Response

from services.reporting.dashboard.queries.regional_figures import RegionalFigures, Wanted, regional_figures
from services.reporting.dashboard.web.choice import Choice
from services.reporting.dashboard.web.panel import View
from services.reporting.dashboard.web.reach import begin_reading
from services.reporting.variation.domain.rule_set import MDC_2026_1
from services.reporting.variation.web.symbol import symbol_key
from shared.contracts.vocabulary import Role
from shared.kernel.calendar import month_words
from shared.kernel.clock import london_date
from shared.web.day_words import TODAY
from shared.web.pages import render
from shared.web.permissions import current_session


@dataclass(frozen=True)
class Option:
    """One of a filter's choices."""

    value: str
    words: str
    is_chosen: bool


async def read_figures(request: Request, choice: Choice, wanted: Wanted) -> RegionalFigures:
    """Raises NotFound when there is no such team, or the month is not frozen."""
    state = request.app.state
    async with AsyncSession(state.engine) as session:
        reach = await begin_reading(request, session)
        figures = await regional_figures(session, replace(wanted, as_at=choice.as_at), state.clock(), reach)
    choice.checked(figures)
    return figures


More = Callable[[RegionalFigures], Mapping[str, Any]]


def _nothing(_: RegionalFigures) -> Mapping[str, Any]:
    return {}


async def show_view(request: Request, view: View, choice: Choice, template: str, more: More = _nothing) -> Response:
    """The page of a view; `more` is what its template needs besides the panels."""
    figures = await read_figures(request, choice, view.wanted(choice))
    TODAY.set(london_date(figures.now))
    signed_in = current_session(request)
    roles = signed_in.actor.roles if signed_in else frozenset[Role]()
    is_inside = bool(roles & {Role.REGIONAL_LEAD, Role.LOCALITY_LEAD})
    told: dict[str, Any] = {
        "live_events": "/events" if is_inside and not choice.as_at else None,
        "leads_region": Role.REGIONAL_LEAD in roles,
        "figures": figures,
        "choice": choice,
        "view": view.name,
        "title": view.title(choice),
        "query": choice.query,
        "panels": {panel.name: panel for panel in view.panels(figures, choice)},
        "rules": MDC_2026_1.name,
        "symbols": symbol_key(),
        "as_of": as_of(figures),
        "months": months(figures),
        **more(figures),
    }
    return render(request, f"dashboard/{template}", **told)


def as_of(figures: RegionalFigures) -> str:
    """`October 2026, frozen 13 Nov`: stands with every chart."""
    if figures.month is None:
        return "no finished month yet"
    if not figures.snapshots:
        return "no month is frozen yet"
    released = [one for one in figures.snapshots if one.month == figures.month]
    if not released:
        return f"{month_words(figures.month)}, not frozen yet"
    frozen = london_date(released[-1].made_at)
    return f"{month_words(figures.month)}, frozen {frozen.day} {frozen:%b}"


def months(figures: RegionalFigures) -> list[Option]:
    """The latest, and every frozen month."""
    frozen = [
        Option(f"{month:%Y-%m}", f"as at {month_words(month)}", month == figures.as_at)
        for month in figures.frozen_months
    ]
    return [Option("", "latest", figures.as_at is None), *frozen]
