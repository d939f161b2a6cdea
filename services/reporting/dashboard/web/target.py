"""Targets: all that were entered, and a form with the chart as it would be."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Path, Query

from services.reporting.dashboard.queries.regional_figures import Several, Wanted, definition_of, regional_figures
from services.reporting.dashboard.web.choice import MONTH, Choice
from services.reporting.dashboard.web.forms.target import TargetForm
from services.reporting.dashboard.web.indicator import said_of
from services.reporting.dashboard.web.remark import Preview, preview
from services.reporting.facts.domain.about_file import about_file
from services.reporting.indicators.commands.set_target import SetTarget, set_target
from services.reporting.indicators.commands.withdraw_target import WithdrawTarget, withdraw_target
from services.reporting.indicators.domain.indicator import Target
from services.reporting.indicators.domain.target_check import unit_words
from services.reporting.indicators.queries.targets import TargetLine, target_list
from services.reporting.variation.domain.said import assurance_words
from services.reporting.variation.domain.variation import Variation
from shared.contracts.region import month_of
from shared.contracts.vocabulary import Role
from shared.kernel.calendar import month_words
from shared.kernel.errors import NotFound
from shared.staff.answer_words import Ask
from shared.staff.column import PLAIN, Column
from shared.staff.does import does
from shared.staff.form_page import Site
from shared.staff.form_routes import add_forms
from shared.staff.list_page import Asked, ListPage, Unfiltered
from shared.staff.list_routes import add_list
from shared.staff.listing import Listing
from shared.staff.screen import ConfirmForm, Screen
from shared.unit_of_work import UnitOfWork
from shared.web.permissions import need

router = APIRouter()

LEAD = need(Role.REGIONAL_LEAD)


@dataclass(frozen=True)
class TargetPlace:
    """The figure of the region that something is aimed at with."""

    said: Variation
    today: date
    tried: Target | None
    """What a preview is of."""

    @property
    def back(self) -> str:
        return Choice().indicator(self.said.indicator.number)


@dataclass(frozen=True)
class OneTarget:
    """One that was entered."""

    line: TargetLine

    @property
    def words(self) -> str:
        return f"{_name(self.line)}: {self.line.value:g} from {month_words(self.line.holds_from)}"


def _name(line: TargetLine) -> str:
    known = definition_of(line.indicator)
    return known.name if known else f"Indicator {line.indicator}"


async def _read(
    work: UnitOfWork,
    which: Annotated[int, Path(ge=1, le=999)],
    value: Annotated[str, Query(pattern=r"^([0-9]{1,6}(\.[0-9])?)?$")] = "",
    month: Annotated[str, Query(pattern=MONTH)] = "",
) -> TargetPlace:
    figures = await regional_figures(work.session, Wanted((Several((which,), ("",)),)), work.now)
    tried = Target(date.fromisoformat(f"{month}-01"), Decimal(value), "as you try it") if value and month else None
    return TargetPlace(said_of(figures, Choice(number=which)), work.today, tried)


async def _read_one(work: UnitOfWork, target_id: UUID) -> OneTarget:
    lines = await target_list().whole(work.session)
    found = next((one for one in lines if one.id == target_id), None)
    if found is None:
        raise NotFound("target_unknown", "There is no such target. Go back and choose one of the list.")
    return OneTarget(found)


def previews(place: TargetPlace) -> list[Preview]:
    """The chart as it is and, with a target tried, as it would be."""
    found = [preview(f"As it is: {assurance_words(place.said.assurance).lower()}", "now", place.said)]
    if place.tried:
        known, tried = place.said.indicator.targets, place.tried
        others = [one for one in known if one.holds_from != tried.holds_from]
        then = replace(place.said, indicator=replace(place.said.indicator, targets=(*others, tried)))
        words = f"With {tried.value:g} from {month_words(tried.holds_from)}: {assurance_words(then.assurance).lower()}"
        found.append(preview(words, "then", then))
    return found


def _shows(place: TargetPlace) -> Mapping[str, Any]:
    points = [one.point.starts for one in place.said.points]
    return {"previews": previews(place), "tried": place.tried, "months": points[::-1]}


def _suggested(place: TargetPlace) -> Mapping[str, Any]:
    tried = place.tried
    return {"value": f"{tried.value:g}", "holds_from": tried.holds_from} if tried else {}


SET = Screen[TargetPlace, TargetForm](
    path="/indicators/{which}/targets/new",
    may=LEAD,
    site=Site(_read, lambda place: {"base": "dashboard/chart_form.html", "back": place.back}),
    form=TargetForm,
    title="Set a target",
    about=lambda place: place.said.indicator.name,
    intro=(
        "It is of the region and of every team, from that month on, until another holds. Enter none that nobody set.",
    ),
    above="dashboard/target_preview.html",
    shows=_shows,
    suggested=_suggested,
    asks_at=lambda place: {"value": Ask("The target", unit_words(place.said.indicator).capitalize())},
    asks={
        "holds_from": Ask("From when does it hold?", "Any day of its first month"),
        "source": Ask("Who set it, and where is it written?", "Such as: ICB contract 2026/27, schedule 4"),
    },
    store=does(
        set_target,
        lambda sent: SetTarget(
            sent.intention,
            sent.place.said.indicator.number,
            month_of(sent.form.holds_from),
            sent.form.value,
            sent.form.source,
        ),
    ),
    to=lambda place: place.back,
)
WITHDRAW = Screen[OneTarget, ConfirmForm](
    path="/targets/{target_id}/withdraw",
    may=LEAD,
    site=Site(_read_one, lambda _: {"back": "/targets"}),
    form=ConfirmForm,
    title="Withdraw a target",
    about=lambda place: place.words,
    intro=("Only one that should not have been set: whatever held before it holds again, also in the months since.",),
    button="Withdraw it",
    store=does(withdraw_target, lambda sent: WithdrawTarget(sent.place.line.id)),
    to=lambda _: "/targets?done=withdraw",
)


async def _find(asked: Asked[Unfiltered]) -> Listing[TargetLine]:  # noqa: ARG001 - all of them
    return target_list()


async def _more(_: Asked[Unfiltered]) -> dict[str, Any]:
    return {"name_of": _name}


_COLUMNS: Sequence[Column[TargetLine]] = (
    Column("Indicator", _name, cell="name", place="who", heads_row=True),
    Column("Target", lambda line: f"{line.value:g}", cell=PLAIN, is_number=True),
    Column("From", lambda line: month_words(line.holds_from), cell=PLAIN, place="when"),
    Column("Who set it, and where", lambda line: line.source, cell=PLAIN, place="needs"),
    Column("Entered by", lambda line: line.set_by, cell=PLAIN),
    Column("Entered", lambda line: line.set_at, cell=PLAIN),
    Column("Withdrawn", lambda line: line.withdrawn_at, cell=PLAIN),
    Column("Do", cell="do", place="do"),
)

TARGETS = ListPage(
    path="/targets",
    may=LEAD,
    find=_find,
    columns=_COLUMNS,
    template="dashboard/targets.html",
    done={"withdraw": "Saved. What held before it holds again"},
    more=_more,
    file_name="targets.csv",
    about=lambda asked: about_file("Targets", "The region", asked.work.now),
)
add_forms(router, SET, WITHDRAW)
add_list(router, TARGETS)
