"""Who refers: referrals by group of referrers."""

from services.reporting.dashboard.queries.regional_dashboard import RegionalDashboard
from services.reporting.dashboard.web.panel import Panel, places, share
from services.reporting.indicators.packs.referral import SOURCE_MIX
from shared.contracts.vocabulary import SourceGroup


def sources_panel(figures: RegionalDashboard, team: str | None) -> Panel:
    counts = figures.referrals
    columns = list(reversed(places(figures, team)))
    numbers = {source: counts.count(team, "source", source).number for source in SourceGroup}
    sentence = _sentence(numbers, counts.count(team).number)
    return Panel(
        name="sources",
        title="Who refers",
        sentence=sentence,
        columns=["Who refers", *(f"{column.name}{what}" for column in columns for what in ("", ", share"))],
        rows=[
            [
                source.label,
                *(
                    cell
                    for column in columns
                    for cell in (
                        counts.count(column.team, "source", source),
                        share(counts, column, "source", source),
                    )
                ),
            ]
            for source in SourceGroup
        ],
        indicators=[SOURCE_MIX],
    )


def _sentence(numbers: dict[SourceGroup, int | None], total: int | None) -> str:
    known = {source: number for source, number in numbers.items() if number}
    if not known:
        return "No group of referrers is large enough to show."
    source = max(known, key=lambda source: known[source])
    of_all = f" of {total:,}" if total is not None else ""
    return f"Most referrals came from: {source.label} ({known[source]:,}{of_all})."
