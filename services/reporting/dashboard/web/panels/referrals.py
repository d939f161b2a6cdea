"""Referrals received, month by month."""

from services.reporting.dashboard.queries.regional_dashboard import RegionalDashboard
from services.reporting.dashboard.web.panel import Panel, number_of, place_of, places
from services.reporting.indicators.packs.referral import REFERRALS_RECEIVED
from shared.kernel.calendar import month_words
from shared.web.charts import Series, bar_chart


def referrals_panel(figures: RegionalDashboard, team: str | None) -> Panel:
    place, counts = place_of(team), figures.referrals
    columns = list(reversed(places(figures, team)))
    months = [(month_words(month), month.isoformat()) for month in figures.months]
    (before, before_key), (present, present_key) = months[-2:]
    now, then = (number_of(counts.count(team, "month", key), "referrals") for key in (present_key, before_key))
    sentence = f"So far in {present} {place.in_a_sentence} received {now}; in {before}, {then}."
    chart = bar_chart(
        "referrals",
        f"Referrals received a month: {place.name}",
        [f"{month:%b %Y}" for month in figures.months],
        [Series(place.name, [counts.count(team, "month", key).number for _, key in months])],
        unit="referrals",
        sentence=sentence,
    )
    return Panel(
        name="referrals",
        title="Referrals received",
        sentence=sentence,
        columns=["Month", *(column.name for column in columns)],
        rows=[
            *([label, *(counts.count(column.team, "month", key) for column in columns)] for label, key in months),
            ["All these months", *(counts.count(column.team) for column in columns)],
        ],
        indicators=[REFERRALS_RECEIVED],
        drawing=chart.drawing,
    )
