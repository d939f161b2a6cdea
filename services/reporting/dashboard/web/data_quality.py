"""How good the data is, team by team: how fresh, what waits, what was set aside, and what a team is asked about."""

from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter
from markupsafe import Markup
from sqlalchemy.ext.asyncio import AsyncSession
from starlette.requests import Request
from starlette.responses import Response

from services.reporting.dashboard.domain.action import ActionKind, ActionState
from services.reporting.dashboard.domain.question import Question, questions
from services.reporting.dashboard.queries.action_list import ActionLine
from services.reporting.dashboard.queries.regional_figures import Several, Wanted, regional_figures
from services.reporting.dashboard.web.choice import Choice
from services.reporting.dashboard.web.freshness_words import FreshnessWords, freshness_words
from services.reporting.dashboard.web.page_file import workbook_of
from services.reporting.dashboard.web.panel import Head, Panel, PanelCell, link
from services.reporting.facts.domain.about_file import about_file
from services.reporting.facts.queries.audit_trails import AuditTrail, audit_trails
from services.reporting.facts.queries.set_aside import SetAside, set_aside
from services.reporting.facts.queries.unmade_facts import unmade_facts
from services.reporting.publication.queries.overdue_month import overdue_month
from shared.contracts.slug import locality_name
from shared.contracts.vocabulary import Role
from shared.discovery import service
from shared.kernel.calendar import date_words, moment_words
from shared.kernel.clock import london_date
from shared.kernel.errors import NotFound
from shared.staff.download import Download, download_at
from shared.web.excel_file import workbook_download
from shared.web.pages import render
from shared.web.permissions import need

router = APIRouter(dependencies=[need(Role.REGIONAL_LEAD)])

QUESTION = ActionKind.QUESTION


@router.get("/data-quality")
async def show_data_quality(request: Request) -> Response:
    """All tables, with what each state means."""
    return render(
        request,
        "dashboard/data_quality.html",
        live_events="/events",
        now=request.app.state.clock(),
        panels={panel.name: panel for panel in await _panels(request)},
        **await _freezing(request),
    )


async def _freezing(request: Request) -> dict[str, Any]:
    """Whether months are frozen when they should be."""
    async with AsyncSession(request.app.state.engine) as session:
        return {
            "waits_for_rebuild": bool(await unmade_facts(session, service("reporting").reactions())),
            "overdue": await overdue_month(session, london_date(request.app.state.clock())),
        }


@router.get("/data-quality.xlsx")
async def download_page(request: Request) -> Response:
    """All tables as one workbook."""
    about = about_file("Data quality", "The region", request.app.state.clock())
    return await workbook_download("data-quality.xlsx", workbook_of(about, await _panels(request), ()))


@download_at(router, "/data-quality/{name}.csv")
async def download_data_quality(request: Request, name: str) -> Download[Any]:
    """One of the tables as a file."""
    for panel in await _panels(request):
        if panel.name == name:
            return panel.file(f"{name}.csv")
    raise NotFound("table_unknown", "There is no such table. Go back to the page and choose one there.")


async def _panels(request: Request) -> list[Panel]:
    state = request.app.state
    async with AsyncSession(state.engine) as session:
        figures = await regional_figures(session, Wanted((Several(),)), state.clock())
        aside, trails = await set_aside(session), await audit_trails(session)
    fresh = [freshness_words(item, figures.now) for item in figures.freshness]
    asked = {(one.action.indicator, one.action.team): one for one in figures.actions if one.action.kind is QUESTION}
    return [_questions(questions(figures.of_today), asked), _freshness(fresh), _set_aside(aside), _audit_trails(trails)]


def _questions(asked: list[Question], open_ones: Mapping[tuple[int, str], ActionLine]) -> Panel:
    """Args: open_ones: what was asked of teams already, by figure and team."""
    teams = len({one.said.series.team for one in asked})
    count = f"{len(asked)} figure{'s' if len(asked) > 1 else ''} of {teams} team{'s' if teams > 1 else ''}"
    return Panel(
        name="questions",
        title=f"{count} to ask about" if asked else "No figure is far from what its team usually has",
        sentence="A question is no judgement: most have a good answer. Write what you learn into a note on the chart.",
        heads=(Head("Team"), Head("Figure"), Head("Question"), Head("Found by"), Head("Asked")),
        rows=[
            [
                locality_name(one.said.series.team),
                link(Choice().indicator(one.said.indicator.number, one.said.series.team), one.said.indicator.name),
                one.asks,
                one.rule,
                _ask(one, open_ones),
            ]
            for one in asked
        ],
    )


def _ask(one: Question, open_ones: Mapping[tuple[int, str], ActionLine]) -> PanelCell:
    """The question with its owner and its day; where nobody has asked it, the way to it."""
    number, team = one.said.indicator.number, one.said.series.team
    if there := open_ones.get((number, team)):
        overdue = ", overdue" if there.state is ActionState.OVERDUE else ""
        words = f"{there.owner}, due {date_words(there.action.due_on)}{overdue}"
        return link(f"/actions?state={there.state.value}", words)
    asks = Markup('<a href="/actions/new?kind={}&amp;team={}&amp;number={}">{}<span class="{}"> {} about {}</span></a>')
    hidden, name = "nhsuk-u-visually-hidden", one.said.indicator.name
    return PanelCell("", asks.format(QUESTION.value, team, number, "Ask the team", hidden, locality_name(team), name))


def _freshness(items: list[FreshnessWords]) -> Panel:
    count = sum(item.colour == "green" for item in items)
    here = sum(item.colour != "grey" for item in items)
    return Panel(
        name="freshness",
        title=f"{count} of {here} streams {'is' if count == 1 else 'are'} up to date",
        heads=(Head("Team"), Head("Service"), Head("State"), Head("Last heard"), Head("Set aside", is_number=True)),
        rows=[
            [
                link(Choice().of_team(item.team), item.name),
                item.service.capitalize(),
                f"{item.state[0].upper()}{item.state[1:]}",
                f"{item.heard[0].upper()}{item.heard[1:]}",
                item.set_aside,
            ]
            for item in items
        ],
    )


def _set_aside(items: tuple[SetAside, ...]) -> Panel:
    total = sum(item.number for item in items)
    return Panel(
        name="set-aside",
        title=f"{total} entries wait to be looked at" if total != 1 else "1 entry waits to be looked at",
        heads=(Head("Team"), Head("Service"), Head("Why"), Head("How many", is_number=True), Head("Since")),
        rows=[
            [
                locality_name(item.team),
                item.service.capitalize(),
                item.reason.replace("_", " ").capitalize(),
                item.number,
                moment_words(item.first_at),
            ]
            for item in items
        ],
    )


def _audit_trails(items: tuple[AuditTrail, ...]) -> Panel:
    count = sum(item.contradiction is not None for item in items)
    return Panel(
        name="audit-trails",
        title=f"{count} of {len(items)} audit trails contradict what was heard of them"
        if count
        else "No audit trail contradicts what was heard of it",
        heads=(Head("Team"), Head("Service"), Head("State"), Head("Since")),
        rows=[[locality_name(item.team), item.service.capitalize(), *_trail_words(item)] for item in items],
    )


_CONTRADICTIONS = {
    "went_back": "Cut off: it had come further",
    "changed": "Written anew: an entry is not what it was",
    "vanished": "Gone: the team’s service says nothing of it any more",
}


def _trail_words(item: AuditTrail) -> list[str]:
    """State, and since when."""
    if item.contradiction and item.contradicted_at:
        return [_CONTRADICTIONS[item.contradiction], moment_words(item.contradicted_at)]
    if item.restored_at:
        return ["Begun anew: the team’s database was restored", moment_words(item.restored_at)]
    return ["Fits what was heard before", ""] if item.heard_at else ["Not heard of yet", ""]
