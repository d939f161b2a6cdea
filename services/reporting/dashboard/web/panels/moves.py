"""Moves between tiers, and how many of them were made because the team had no room at the right level."""

from services.reporting.dashboard.queries.regional_dashboard import RegionalDashboard
from services.reporting.dashboard.web.panel import Cell, Panel, Place, number_of, place_of, places, share
from services.reporting.indicators.packs.work_with_families import CAPACITY_DRIVEN_MOVES, TIER_MOVES
from services.reporting.publication.domain.breakdown import REGION
from shared.contracts.vocabulary import Tier

_STEPS = [Tier.COMMUNITY, Tier.UNIVERSAL, Tier.TARGETED, Tier.SPECIALIST]
"""In rising order. Risk support is beside them, not above (reference 2.4)."""


def moves_panel(figures: RegionalDashboard, team: str | None) -> Panel:
    columns = list(reversed(places(figures, team)))
    counts = figures.moves
    return Panel(
        name="moves",
        title="Moves between tiers",
        sentence=_sentence(figures, place_of(team)),
        columns=["Move", "Direction", *(column.name for column in columns)],
        rows=[
            *_moves(figures, columns),
            ["All moves", "", *(counts.count(column.team) for column in columns)],
            ["Made for want of capacity", "", *(counts.count(c.team, "cause", "capacity") for c in columns)],
            ["Share because there was no space", "", *(share(counts, c, "cause", "capacity") for c in columns)],
        ],
        indicators=[TIER_MOVES, CAPACITY_DRIVEN_MOVES],
    )


def _moves(figures: RegionalDashboard, columns: list[Place]) -> list[list[Cell]]:
    """The moves that were made at all."""
    return [
        [
            f"{from_tier.label} to {to_tier.label}",
            _direction(from_tier, to_tier),
            *(figures.moves.count(column.team, "move", f"{from_tier} {to_tier}") for column in columns),
        ]
        for from_tier in Tier
        for to_tier in Tier
        if figures.moves.count(REGION, "move", f"{from_tier} {to_tier}").number != 0
    ]


def _direction(from_tier: Tier, to_tier: Tier) -> str:
    if to_tier is Tier.RISK:
        return "To risk support"
    if from_tier is Tier.RISK:
        return "From risk support"
    return "Up" if _STEPS.index(to_tier) > _STEPS.index(from_tier) else "Down"


def _sentence(figures: RegionalDashboard, place: Place) -> str:
    moves, capacity = figures.moves.count(place.team), share(figures.moves, place, "cause", "capacity")
    if moves.number == 0:
        return "No family has moved to another tier in these months."
    of_them = "too few to give a share of those" if capacity == "hidden" else f"{capacity} of them"
    return f"There were {number_of(moves, 'moves')}, {of_them} because the team had no room at the right level."
