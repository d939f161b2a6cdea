"""A whole page as one workbook: about it first, then each of its tables, then how each of its figures is counted."""

from collections.abc import Iterable, Sequence

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from services.reporting.dashboard.queries.regional_figures import RegionalFigures
from services.reporting.dashboard.web.choice import Choice, Chosen
from services.reporting.dashboard.web.figure_file import VIEWS, name_of
from services.reporting.dashboard.web.figures_page import as_of, read_figures
from services.reporting.dashboard.web.indicator import INDICATOR_VIEW, indicator_of
from services.reporting.dashboard.web.panel import Panel
from services.reporting.dashboard.web.panels.one_indicator import definition
from services.reporting.dashboard.web.panels.teams import HIDDEN_NOTE
from services.reporting.dashboard.web.reach import SEES_FIGURES
from services.reporting.facts.domain.about_file import about_file
from services.reporting.indicators.domain.indicator import Indicator
from services.reporting.publication.web.audience_words import audience_words
from services.reporting.variation.domain.rule_set import MDC_2026_1
from shared.contracts.slug import locality_name
from shared.kernel.calendar import month_words
from shared.kernel.errors import NotFound
from shared.web.excel_file import About, Sheet, about_sheet, workbook_download

router = APIRouter(dependencies=[SEES_FIGURES])


@router.get("/figures/{view}.xlsx")
async def download_page(request: Request, view: str, choice: Chosen) -> Response:
    """Every table of the page, with the same numbers and the same ones hidden."""
    if view not in VIEWS:
        raise NotFound("figure_unknown", "There is no such page. Go back and choose one there.")
    if view == INDICATOR_VIEW.name:
        indicator_of(choice.number)
    found = VIEWS[view]
    figures = await read_figures(request, choice, found.wanted(choice))
    about = about_of(figures, choice, found.title(choice))
    indicators = {one.indicator.number: one.indicator for one in figures.variations}.values()
    sheets = workbook_of(about, found.panels(figures, choice), indicators)
    return await workbook_download(f"{name_of(view, choice, figures)}.xlsx", sheets)


def about_of(figures: RegionalFigures, choice: Choice, title: str) -> About:
    """What it is, whose, when it was frozen, by which rules, and what is hidden in it."""
    return about_file(
        title,
        locality_name(choice.team) if choice.team else figures.whole.capitalize(),
        figures.now,
        ("Figures", as_of(figures)),
        ("As at", f"when {month_words(choice.as_at)} was frozen" if choice.as_at else "the latest"),
        ("Rules", f"{MDC_2026_1.name}: an unfinished month is never judged; fewer than 13 points have no limits"),
        ("Hidden", HIDDEN_NOTE),
        to=audience_words(figures.reach),
    )


def workbook_of(about: About, panels: Sequence[Panel], indicators: Iterable[Indicator]) -> list[Sheet]:
    """Sheets, each named as its table is in files; what a table says stands on the first."""
    said = [(_sheet_name(one), ". ".join(filter(None, [one.title, one.sentence, *one.notes]))) for one in panels]
    counted = [(one.number, one.name, *words) for one in indicators for words in definition(one)]
    return [
        about_sheet([*about, *said]),
        *(Sheet(_sheet_name(one), one.columns, one.lines) for one in panels),
        *([Sheet("How it is counted", ("Number", "Indicator", "What", "Words"), counted)] if counted else []),
    ]


def _sheet_name(panel: Panel) -> str:
    return panel.name.replace("-", " ").capitalize()
