"""A family's measures: what there is, what changed, why one is missing, and which links wait for an answer."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query
from starlette.requests import Request
from starlette.responses import Response

from services.referral.measures.domain.measure_request import MeasureRequest
from services.referral.measures.domain.scoring import ScaleScore
from services.referral.measures.queries.family_measures import FamilyMeasures, SkipLine, family_measures
from services.referral.measures.web.measure_pack import PackChoice, carers, measures_of
from services.referral.measures.web.measure_view import GOALS, MeasureLine, Measures, measure_lines
from services.referral.measures.web.measure_words import about_words, people_words
from services.referral.people.queries.family_banner import FamilyBanner
from services.referral.people.web.family_page import read_family, render_family
from services.referral.staff.web.access import STAFF
from services.referral.staff.web.work import begin
from shared.kernel.actor import Actor
from shared.staff.address import address
from shared.staff.column import Value, in_order
from shared.staff.download import Download, download_at
from shared.staff.page_of import ROWS_ON_A_PAGE, PageOf

router = APIRouter(prefix="/families")

DONE = {
    "recorded": "The measure is saved.",
    "corrected": "The correction is saved.",
    "withdrawn": "The measure is taken out. What was entered stays on record as a mistake.",
    "skipped": "The reason is saved.",
    "revoked": "The link is taken back. Nobody can answer by it any more.",
}


@dataclass(frozen=True)
class Chosen:
    """What the address says besides whose measures they are."""

    measure: str = ""
    person: str = ""
    page: Annotated[int, Query(ge=1, le=1000)] = 1
    done: str = ""

    def includes(self, code: str, person_id: UUID | None) -> bool:
        return self.measure in ("", code) and self.person in ("", str(person_id))


@router.get("/{family_id}/measures")
async def show_measures(
    request: Request, family_id: UUID, actor: Annotated[Actor, STAFF], chosen: Annotated[Chosen, Depends()]
) -> Response:
    async with begin(request, actor) as work:
        banner = await read_family(work, family_id, "measure.read")
        found = await family_measures(work, family_id)
        now = work.now
    measures = measures_of(request)
    every = measure_lines(found, measures, banner)
    lines = [line for line in every if chosen.includes(line.code, line.person_id)]
    first = (chosen.page - 1) * ROWS_ON_A_PAGE
    shown = PageOf(lines[first : first + ROWS_ON_A_PAGE], len(lines), chosen.page)
    root, filters = f"/families/{family_id}/measures", {"measure": chosen.measure, "person": chosen.person}

    def page_address(page: int) -> str:
        return address(root, **filters, page=page)

    return render_family(
        request,
        banner,
        "measures/measures.html",
        section="measures",
        lines=shown,
        charts=[line.chart for line in shown.rows if line.chart and (chosen.measure or line.is_first_scale)],
        has_more_scales=not chosen.measure and not all(line.is_first_scale for line in shown.rows),
        choices=_measures_among(every),
        carers=carers(banner),
        chosen=chosen,
        not_completed=_skips(found, banner, measures),
        asked=_links(found, banner, measures),
        now=now,
        page_address=page_address,
        csv=address(f"{root}.csv", **filters),
        done=DONE.get(chosen.done),
    )


@download_at(router, "/{family_id}/measures.csv")
async def download_measures(
    request: Request, family_id: UUID, actor: Annotated[Actor, STAFF], chosen: Annotated[Chosen, Depends()]
) -> Download[Sequence[Value]]:
    async with begin(request, actor) as work:
        banner = await read_family(work, family_id, "measure.export")
        found = await family_measures(work, family_id)
    rows = [row for row, code, person_id in _rows(found, banner) if chosen.includes(code, person_id)]
    return Download("measures.csv", _COLUMNS, rows)


_COLUMNS = in_order(
    "Date",
    "Measure",
    "Version",
    "When",
    "About",
    "Scale",
    "Score",
    "Band",
    "In the clinical range",
    "Missing items",
    "Entered by",
    "Note",
)


def _rows(found: FamilyMeasures, banner: FamilyBanner) -> Iterator[tuple[Sequence[Value], str, UUID | None]]:
    """A row for each score, with its measure and its person."""
    for line in found.administrations:
        series = line.taken.series
        whole = (line.taken.on.isoformat(), line.code, series.version, line.timepoint.label, about_words(line, banner))
        scores = [_score_cells(one) for one in line.score.scales] or [("", "Done", "", "", "")]
        for cells in scores:
            yield (*whole, *cells, line.recorded_by_name, line.note), line.code, series.person_id
    for goal in found.goals:
        for on, rating, by in goal.ratings:
            yield (on.isoformat(), GOALS, "", "Goal", goal.words, "goal", rating, "", "", "", by, ""), GOALS, None


def _score_cells(score: ScaleScore) -> Sequence[Value]:
    value = "" if score.value is None else f"{score.value:f}"
    clinical = {None: "", True: "Yes", False: "No"}[score.is_clinical]
    return (score.scale, value, score.band, clinical, ", ".join(score.missing))


def _measures_among(lines: Sequence[MeasureLine]) -> list[PackChoice]:
    names = {line.code: line.name.partition(": ")[0] for line in lines}
    return [PackChoice(code, name) for code, name in sorted(names.items())]


def _skips(found: FamilyMeasures, banner: FamilyBanner, measures: Measures) -> list[tuple[str, str, SkipLine]]:
    """What was not completed, and by whom."""
    return [(_name(one.code, measures), people_words(one.person_id, one.baby_id, banner), one) for one in found.skips]


def _links(found: FamilyMeasures, banner: FamilyBanner, measures: Measures) -> list[tuple[str, str, MeasureRequest]]:
    return [
        (_name(one.code, measures), people_words(one.subject.person_id, one.subject.baby_id, banner), one)
        for one in found.requests
    ]


def _name(code: str, measures: Measures) -> str:
    return measures[code].name if code in measures else code
