"""The few figures at the top of the page."""

from dataclasses import dataclass

from services.reporting.dashboard.queries.regional_dashboard import RegionalDashboard
from services.reporting.dashboard.web.panel import place_of, share
from shared.kernel.calendar import month_words


@dataclass(frozen=True)
class Headline:
    name: str
    """Of the panel that has the whole of it."""
    label: str
    figure: str


def headlines(figures: RegionalDashboard, team: str | None) -> list[Headline]:
    """What a regional lead looks for first."""
    place, present = place_of(team), figures.months[-1]
    received = figures.referrals.count(team, "month", present.isoformat())
    return [
        Headline("referrals", f"referrals received so far in {month_words(present)}", received.words),
        Headline("triage", "decided within 5 working days", share(figures.triage, place, "speed", "in_time")),
        Headline("triage", "accepted, of those decided", share(figures.triage, place, "outcome", "accepted")),
        Headline("tiers", "families open now", figures.open_families.count(team).words),
        Headline("moves", "of moves because there was no space", share(figures.moves, place, "cause", "capacity")),
    ]
