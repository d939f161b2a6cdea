"""Triage: how soon referrals are decided, and how many are accepted."""

from services.reporting.dashboard.queries.regional_dashboard import RegionalDashboard
from services.reporting.dashboard.web.panel import Cell, Panel, Place, number_of, place_of, places, share, team_links
from services.reporting.indicators.packs.referral import ACCEPTANCE, DECIDED_IN_TIME
from shared.contracts.vocabulary import TriageOutcome


def triage_panel(figures: RegionalDashboard, team: str | None) -> Panel:
    return Panel(
        name="triage",
        title="Triage",
        sentence=_sentence(figures, place_of(team)),
        columns=[
            "Team",
            "Decided",
            "Within 5 working days",
            "Share in time",
            "Accepted",
            "Share accepted",
            *(outcome.label for outcome in TriageOutcome),
        ],
        rows=[_row(figures, place) for place in places(figures, team)],
        indicators=[DECIDED_IN_TIME, ACCEPTANCE],
        links=team_links(figures) if team is None else {},
    )


def _row(figures: RegionalDashboard, place: Place) -> list[Cell]:
    counts = figures.triage
    return [
        place.name,
        counts.count(place.team),
        counts.count(place.team, "speed", "in_time"),
        share(counts, place, "speed", "in_time"),
        counts.count(place.team, "outcome", "accepted"),
        share(counts, place, "outcome", "accepted"),
        *(counts.count(place.team, "outcome", outcome) for outcome in TriageOutcome),
    ]


def _sentence(figures: RegionalDashboard, place: Place) -> str:
    decided, in_time = figures.triage.count(place.team), share(figures.triage, place, "speed", "in_time")
    if decided.number == 0:
        return "No referral has been decided in these months."
    within = "too few to give a share of those" if in_time == "hidden" else f"{in_time} of them"
    return f"{place.name} decided {number_of(decided, 'referrals')}, {within} within 5 working days."
