"""How often a subscription would have fired in two years: before it is made, and of one that is there."""

from dataclasses import dataclass
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from services.reporting.dashboard.web.panel import Head, Panel
from services.reporting.facts.database.reporting_work import ReportingWork
from services.reporting.facts.domain.regional_lead import READERS
from services.reporting.indicators.packs.catalogue import INDICATORS
from services.reporting.subscription.database.subscriptions import Subscriptions
from services.reporting.subscription.domain.back_test import MOST_CELLS, fired_words
from services.reporting.subscription.domain.subscription import Channel, Condition, Subscription, Terms
from services.reporting.subscription.domain.terms_check import Known
from services.reporting.subscription.queries.back_tested import BackTested, back_tested
from services.reporting.subscription.web.forms.subscription import REGION_ITSELF
from services.reporting.variation.domain.said import standing, value_words
from services.reporting.variation.domain.variation import Variation
from shared.contracts.slug import locality_name
from shared.kernel.actor import Actor
from shared.kernel.calendar import month_words
from shared.kernel.errors import NotFound
from shared.kernel.identifiers import new_id
from shared.staff.download import Download, download_at
from shared.staff.work import begin
from shared.web.pages import render
from shared.web.permissions import need

router = APIRouter(prefix="/subscriptions")

Reader = Annotated[Actor, need(*READERS)]


@dataclass(frozen=True)
class Trial:
    """What is tried."""

    condition: Condition
    channel: Channel
    number: int
    """Of the figure; 0: all of them."""
    where: str
    """A team's slug, REGION_ITSELF, or nothing for everywhere."""


@dataclass(frozen=True)
class TrialFound:
    """What came of it."""

    trial: Trial
    panel: Panel


async def tried(trial: Trial, known: Known, work: ReportingWork) -> TrialFound:
    """As if somebody with the remit had subscribed two years ago.

    Raises:
        NotFound: there is no such figure, or no such team that they see.
    """
    if trial.number not in {0, *known.indicators} or trial.where not in {"", REGION_ITSELF, *known.teams}:
        raise NotFound("trial_unknown", "There is no such figure, or no such team that you see. Choose from the list.")
    teams = {"": (), REGION_ITSELF: ("",)}.get(trial.where, (trial.where,))
    terms = Terms("Trial", trial.condition, trial.channel, (trial.number,) if trial.number else (), teams)
    one = Subscription(
        id=new_id(),
        version=1,
        terms=terms,
        owned_by=work.actor.id,
        made_at=work.now,
        looked_at=work.now,
        snapshot=0,
        remit=known.remit,
    )
    return TrialFound(trial, trial_panel(trial.condition, await back_tested(one, work)))


def trial_panel(condition: Condition, found: BackTested) -> Panel:
    """A row for each figure that would have been told of."""
    if found.last is None:
        words = "No month is frozen yet, so nothing can be tried."
    elif found.is_too_much:
        words = (
            f"These are {found.cells:,} figures, and {MOST_CELLS} are tried at once. Choose one figure or one place."
        )
    else:
        words = fired_words(condition, found.firings, found.cells)
    return Panel(
        name="back-test",
        title=words,
        sentence="By the figures that are known today, each month with the limits that it had. Nothing is saved by it.",
        heads=(Head("When it was frozen"), Head("Where"), Head("What"), Head("Figure"), Head("Why")),
        rows=[[month_words(one.month), *_row(said)] for one in reversed(found.firings) for said in one.started],
    )


def _row(said: Variation) -> list[str]:
    where = locality_name(said.series.team) if said.series.team else "Whole region"
    figure = value_words(said.latest, said.indicator.shape) if said.latest else ""
    return [where, said.indicator.name, figure, standing(said) or "misses its target"]


def figures_offered(known: Known) -> list[tuple[str, str]]:
    """For the form above the form."""
    return [
        ("0", "all figures"),
        *((str(one.number), one.name) for one in INDICATORS if one.number in known.indicators),
    ]


def places_offered(known: Known) -> list[tuple[str, str]]:
    teams = [(one, locality_name(one)) for one in known.teams]
    return [("", "everywhere"), (REGION_ITSELF, "the region as a whole"), *teams]


@router.get("/{subscription_id:uuid}/back-test")
async def show_back_test(request: Request, subscription_id: UUID, actor: Reader) -> Response:
    """Of one that is there, with all that was chosen of it."""
    one, panel = await _of(request, subscription_id, actor)
    context: dict[str, Any] = {"one": one, "panel": panel}
    return render(request, "subscription/back_test.html", **context)


@download_at(router, "/{subscription_id:uuid}/back-test.csv")
async def download_back_test(request: Request, subscription_id: UUID, actor: Reader) -> Download[Any]:
    _, panel = await _of(request, subscription_id, actor)
    return panel.file("back-test.csv")


async def _of(request: Request, subscription_id: UUID, actor: Actor) -> tuple[Subscription, Panel]:
    async with begin(request, actor) as work:
        one = await Subscriptions(work).get(subscription_id)
        panel = trial_panel(one.terms.condition, await back_tested(one, work))
        work.record("subscription.back_test", one.id)
    return one, panel
