"""Forms under a chart: a note on a month, and a step from which limits are reckoned anew, with a preview."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query
from markupsafe import Markup

from services.reporting.dashboard.commands.add_chart_note import AddChartNote, add_chart_note
from services.reporting.dashboard.commands.decide_recalculation import DecideRecalculation, decide_recalculation
from services.reporting.dashboard.queries.regional_figures import (
    RegionalFigures,
    Several,
    Wanted,
    regional_figures,
)
from services.reporting.dashboard.web.choice import MONTH, TEAM, Choice
from services.reporting.dashboard.web.forms.chart import ChartNoteForm, RecalculationForm
from services.reporting.dashboard.web.indicator import said_of
from services.reporting.variation.domain.said import sentence, title
from services.reporting.variation.domain.variation import Step, Variation, variation_of
from services.reporting.variation.web.xmr_chart import NARROW, WIDE, xmr_chart
from shared.contracts.slug import locality_name
from shared.contracts.vocabulary import Role
from shared.kernel.calendar import month_words
from shared.staff.answer_words import Ask, Offered
from shared.staff.does import does
from shared.staff.form_page import Site
from shared.staff.form_routes import add_forms
from shared.staff.screen import Screen
from shared.unit_of_work import UnitOfWork
from shared.web.permissions import need

router = APIRouter()

LEAD = need(Role.REGIONAL_LEAD)


@dataclass(frozen=True)
class ChartPlace:
    """The chart that something is said of."""

    figures: RegionalFigures
    choice: Choice
    said: Variation
    month: date | None
    """The one that was chosen for a preview, or from a point of the chart."""

    @property
    def name(self) -> str:
        whose = locality_name(self.choice.team) if self.choice.team else "whole region"
        return f"{self.said.indicator.name}, {whose}"

    @property
    def back(self) -> str:
        return self.choice.indicator(self.choice.number, self.choice.team)

    @property
    def months(self) -> list[date]:
        """That the chart has, the latest first; of a quarter, its first."""
        return [one.point.starts for one in self.said.points][::-1]


async def _read(
    work: UnitOfWork,
    which: Annotated[int, Path(ge=1, le=999)],
    team: Annotated[str, Query(pattern=TEAM)] = "",
    month: Annotated[str, Query(pattern=MONTH)] = "",
) -> ChartPlace:
    choice = Choice(team=team, number=which)
    figures = await regional_figures(work.session, Wanted((Several((which,)),)), work.now)
    choice.checked(figures)
    chosen = date.fromisoformat(f"{month}-01") if month else None
    return ChartPlace(figures, choice, said_of(figures, choice), chosen)


def _frame(place: ChartPlace) -> Mapping[str, Any]:
    return {"base": "dashboard/chart_form.html", "back": place.back}


def _choices(place: ChartPlace) -> Mapping[str, Sequence[Offered]]:
    return {"month": [Offered(f"{month:%Y-%m}", month_words(month)) for month in place.months]}


def _suggested(place: ChartPlace) -> Mapping[str, Any]:
    return {"month": f"{place.month:%Y-%m}"} if place.month else {}


@dataclass(frozen=True)
class Preview:
    """The chart as it is, or as it would be."""

    heading: str
    title: str
    sentence: str
    wide: Markup
    narrow: Markup


def previews(place: ChartPlace) -> list[Preview]:
    """As it is and, with a month chosen, as it would be."""
    found = [preview("As it is", "now", place.said)]
    if place.month:
        steps = [group.step for group in place.said.groups if group.step]
        new = Step(place.month, "the step that you look at", "", place.month)
        then = variation_of(place.said.indicator, place.said.series, [*steps, new])
        found.append(preview(f"With new limits from {month_words(place.month)}", "then", then))
    return found


def preview(heading: str, name: str, said: Variation) -> Preview:
    """Args: name: of its drawings on the page."""
    return Preview(heading, title(said), sentence(said), xmr_chart(name, said, WIDE), xmr_chart(name, said, NARROW))


NOTE = Screen(
    path="/indicators/{which}/notes/new",
    may=LEAD,
    site=Site(_read, _frame),
    form=ChartNoteForm,
    title="Add a note to a month",
    about=lambda place: place.name,
    intro=("It stands in the chart, in its table and in every file. Write nothing of a person.",),
    suggested=_suggested,
    choices=_choices,
    asks={"month": Ask("Month", is_select=True), "words": Ask("What happened", "Such as: the clinic was shut.")},
    button="Save the note",
    store=does(
        add_chart_note,
        lambda sent: AddChartNote(
            sent.intention, sent.place.choice.number, sent.place.choice.team, sent.form.month, sent.form.words
        ),
    ),
    to=lambda place: place.back,
)

STEP = Screen(
    path="/indicators/{which}/steps/new",
    may=LEAD,
    site=Site(_read, _frame),
    form=RecalculationForm,
    title="Begin limits anew",
    about=lambda place: place.name,
    intro=(
        "Only where something is known to have changed. All rules begin anew there.",
        "Nothing is judged until there are 13 finished months. It cannot be taken back.",
    ),
    above="dashboard/step_preview.html",
    shows=lambda place: {"previews": previews(place), "months": place.months, "chosen": place.month, "place": place},
    suggested=_suggested,
    choices=_choices,
    asks={
        "month": Ask("From which month on", is_select=True),
        "reason": Ask("What changed, and how you know", "Such as: duty triage began, minutes of 9 September."),
    },
    button="Begin limits anew",
    store=does(
        decide_recalculation,
        lambda sent: DecideRecalculation(
            sent.intention, sent.place.choice.number, sent.place.choice.team, sent.form.month, sent.form.reason
        ),
    ),
    to=lambda place: place.back,
)

add_forms(router, NOTE, STEP)
