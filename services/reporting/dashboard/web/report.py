"""A report of the region or of one team to take along: A4, for those outside, so all counts in it are rounded."""

import asyncio
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from services.reporting.dashboard.domain.signal import signals
from services.reporting.dashboard.packs.first_figures import MAIN, PRIORITIES, SIX
from services.reporting.dashboard.queries.regional_figures import RegionalFigures, Several, Wanted
from services.reporting.dashboard.web.choice import Choice, Chosen
from services.reporting.dashboard.web.figure_file import whole_of
from services.reporting.dashboard.web.figures_page import as_of, read_figures
from services.reporting.dashboard.web.panels.matrix import target_words
from services.reporting.dashboard.web.reach import SEES_FIGURES
from services.reporting.publication.domain.published_point import Audience
from services.reporting.variation.domain.rule_set import MDC_2026_1
from services.reporting.variation.domain.said import (
    absent_words,
    assurance_words,
    figure_words,
    of_words,
    sentence,
    standing,
    title,
    variation_words,
)
from services.reporting.variation.domain.variation import PointClass, Variation
from services.reporting.variation.web.sparkline import sparkline
from services.reporting.variation.web.xmr_chart import WIDE, xmr_chart
from shared.contracts.slug import locality_name
from shared.web.fonts import FONTS
from shared.web.picture import svg_file

router = APIRouter(dependencies=[SEES_FIGURES])

CHARTS = 3
"""Figures that have a whole chart: those that stand out, then the first."""
_SOURCE = Path(__file__).parent / "templates" / "report.typ"


@dataclass(frozen=True)
class Report:
    """What the template prints, as JSON; drawings are SVG."""

    title: str
    about: str
    summary: Sequence[str]
    figures: Sequence[Mapping[str, str]]
    charts: Sequence[Mapping[str, str]]
    groups: Sequence[Mapping[str, Any]]
    foot: str
    note: str


@router.get("/report.pdf")
async def download_report(request: Request, choice: Chosen) -> Response:
    """Of the region; with a team chosen, of that team."""
    wanted = Wanted((Several(MAIN, tuple({"", choice.team})),), audience=Audience.OUTSIDE)
    figures = await read_figures(request, choice, wanted)
    is_demonstration = request.app.state.settings.sign_in == "demonstration"
    report = report_of(figures, choice, "Invented data" if is_demonstration else "")
    made = await asyncio.to_thread(_compile, report)
    name = f"report-{choice.team or whole_of(choice, figures)}.pdf"
    return Response(
        made, media_type="application/pdf", headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


def report_of(figures: RegionalFigures, choice: Choice, note: str) -> Report:
    shown = [one for number in MAIN if (one := figures.of(number, choice.team))]
    told = [one.said for one in signals(shown)]
    whole = [*told, *(one for one in shown if one not in told)][:CHARTS]
    first = [one for one in shown if one.indicator.number in SIX]
    six = [*first, *(one for one in shown if one not in first)][:6]
    place = locality_name(choice.team) if choice.team else figures.whole.capitalize()
    return Report(
        title=f"{place}: parent-infant relationship teams",
        about=f"{as_of(figures)} · all counts are rounded to 5, those under 8 are not shown",
        summary=[f"{_kind(one)}{one.indicator.name}: {standing(one)} ({_figure(one)})." for one in told]
        or ["No figure stands out: all vary as usual."],
        figures=[_card(one) for one in six],
        charts=[
            {
                "title": f"{one.indicator.name}: {title(one)[0].lower()}{title(one)[1:]}",
                "drawing": svg_file(xmr_chart(f"chart-{one.indicator.number}", one, WIDE)),
                "sentence": sentence(one),
            }
            for one in whole
        ],
        groups=[
            {"words": f"Priority {priority}: {words}", "rows": [_row(one) for one in shown if _has(one, priority)]}
            for priority, (words, _) in PRIORITIES.items()
        ],
        foot=f"{as_of(figures)} · rules {MDC_2026_1.name}",
        note=note,
    )


def _has(said: Variation, priority: int) -> bool:
    return said.indicator.priority == priority


def _kind(said: Variation) -> str:
    kind = said.latest.kind if said.latest else PointClass.NOT_JUDGED
    return "Better. " if kind is PointClass.BETTER else "Worse. " if kind is PointClass.WORSE else ""


def _figure(said: Variation) -> str:
    """`77%, about 165 of 215`."""
    latest = said.latest
    if latest is None:
        return "no data"
    if latest.value is None:
        return absent_words(latest.point, said.indicator.shape)
    of = of_words(latest.point, said.indicator.shape)
    return figure_words(latest.value, said.indicator.shape) + (f", about {of}" if of else "")


def _card(said: Variation) -> dict[str, str]:
    figure, _, of = _figure(said).partition(", ")
    return {
        "name": said.indicator.name,
        "figure": figure,
        "of": of,
        "variation": variation_words(said),
        "assurance": _assurance(said),
        "spark": svg_file(sparkline(f"card-{said.indicator.number}", said, width=190, height=36)),
    }


def _row(said: Variation) -> dict[str, str]:
    return {**_card(said), "spark": svg_file(sparkline(f"row-{said.indicator.number}", said, width=110, height=18))}


def _assurance(said: Variation) -> str:
    words = assurance_words(said.assurance)
    return f"{target_words(said)}: {words.lower()}" if said.target else words


def _compile(report: Report) -> bytes:
    import typst  # noqa: PLC0415 - a compiler with its fonts, of which a process that makes no PDF has no need

    data = json.dumps({name: getattr(report, name) for name in report.__dataclass_fields__})
    made = typst.Compiler(_SOURCE.read_bytes(), font_paths=_fonts()).compile(format="pdf", sys_inputs={"report": data})
    if not isinstance(made, bytes):
        raise TypeError("a PDF is one file")
    return made


@cache
def _fonts() -> Any:
    """Ours first, and the server's own for what they cannot write."""
    import typst  # noqa: PLC0415 - as above

    return typst.Fonts(include_system_fonts=True, include_embedded_fonts=True, font_paths=[FONTS])
