"""Families whom teams work with now, by tier."""

from services.reporting.dashboard.queries.regional_dashboard import RegionalDashboard
from services.reporting.dashboard.web.panel import Panel, number_of, place_of, places, team_links
from services.reporting.indicators.packs.work_with_families import OPEN_FAMILIES_BY_TIER
from shared.contracts.vocabulary import Tier
from shared.web.charts import Series, bar_chart

TIERS_AT_WORK = tuple(tier for tier in Tier if tier is not Tier.COMMUNITY)


def tiers_panel(figures: RegionalDashboard, team: str | None) -> Panel:
    place, counts = place_of(team), figures.open_families
    sentence = f"{place.name} now works with {number_of(counts.count(team), 'families')}."
    chart = bar_chart(
        "tiers",
        f"Open families by tier: {place.name}",
        [tier.label for tier in TIERS_AT_WORK],
        [Series(place.name, [counts.count(team, "tier", tier).number for tier in TIERS_AT_WORK])],
        unit="families",
        first_column="Tier",
        sentence=sentence,
    )
    return Panel(
        name="tiers",
        title="Open families by tier",
        sentence=sentence,
        columns=["Team", *(tier.label for tier in TIERS_AT_WORK), "All"],
        rows=[
            [row.name, *(counts.count(row.team, "tier", tier) for tier in TIERS_AT_WORK), counts.count(row.team)]
            for row in places(figures, team)
        ],
        indicators=[OPEN_FAMILIES_BY_TIER],
        drawing=chart.drawing,
        links=team_links(figures) if team is None else {},
    )
