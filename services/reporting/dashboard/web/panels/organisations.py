"""Training and advice beside referrals, for the same organisations: who refers often and never asks for advice."""

from datetime import date

from services.reporting.dashboard.queries.regional_figures import RegionalFigures
from services.reporting.dashboard.web.panel import Head, Panel, Row
from services.reporting.dashboard.web.panels.parts import Part, part_of
from services.reporting.dashboard.web.panels.teams import listed
from services.reporting.publication.domain.published_point import PublishedSeries
from shared.contracts.vocabulary import SourceGroup

TRAINED, CONSULTED, REFERRED = 48, 44, 1
_ORGANISATIONS = tuple(one for one in SourceGroup if one not in (SourceGroup.SELF, SourceGroup.OTHER))


def organisations_panel(figures: RegionalFigures) -> Panel | None:
    """None while none of the three is published by organisation."""
    if figures.month is None:
        return None
    trained = _by_organisation(figures, TRAINED, "sector", figures.month)
    asked = _by_organisation(figures, CONSULTED, "sector", figures.month)
    referred = _by_organisation(figures, REFERRED, "source", figures.month)
    if not (trained or asked or referred):
        return None
    return Panel(
        name="organisations",
        title=_title(trained),
        sentence="Of the region, twelve months; trained staff at the end of them. “per 100”: consultations for each "
        "100 referrals.",
        heads=(
            Head("Organisation"),
            Head("Trained, in date", is_number=True),
            Head("Staff trained", on_page=False),
            Head("Staff", on_page=False),
            Head("Referrals", is_number=True),
            Head("Asked advice", is_number=True),
            Head("per 100", is_number=True),
        ),
        rows=[_row(one, trained.get(one), referred.get(one), asked.get(one)) for one in _ORGANISATIONS],
    )


def _by_organisation(figures: RegionalFigures, number: int, way: str, month: date) -> dict[str, Part]:
    said = figures.of(number)
    several: list[PublishedSeries] = figures.parts_of(number, way)
    return {series.part: part_of(said.indicator, series, month) for series in several} if said else {}


def _row(organisation: SourceGroup, trained: Part | None, referred: Part | None, asked: Part | None) -> Row:
    share = percent_trained(trained)
    return [
        organisation.label,
        "" if trained is None else trained.cell if share is None else f"{share}% of {trained.of:,}",
        trained.number if trained else None,
        trained.of if trained else None,
        _number(referred),
        _number(asked),
        _per_hundred(referred, asked),
    ]


def percent_trained(part: Part | None) -> int | None:
    if part is None or part.number is None or not part.of:
        return None
    return (200 * part.number + part.of) // (2 * part.of)


def _number(part: Part | None) -> int | str:
    return "" if part is None else part.cell


def _per_hundred(referred: Part | None, asked: Part | None) -> int | str:
    if referred is None or asked is None or referred.number is None or asked.number is None or not referred.number:
        return "–"
    return (200 * asked.number + referred.number) // (2 * referred.number)


def _title(trained: dict[str, Part]) -> str:
    shares = {one: share for one in _ORGANISATIONS if (share := percent_trained(trained.get(one))) is not None}
    if len(shares) < 2:
        return "Training and advice beside referrals, by organisation"
    low, high = min(shares.values()), max(shares.values())
    least = listed([one.label for one, share in shares.items() if share == low])
    return f"Between {low} and {high}% of staff are trained and in date; fewest in {least}"
