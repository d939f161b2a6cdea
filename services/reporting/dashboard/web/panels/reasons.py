"""Why referrals were not accepted: for the region only, where each reason has enough of them to be shown."""

from services.reporting.dashboard.queries.regional_dashboard import RegionalDashboard
from services.reporting.dashboard.web.panel import Panel, number_of
from services.reporting.indicators.packs.referral import REASONS_NOT_ACCEPTED
from services.reporting.publication.domain.breakdown import REGION
from services.reporting.publication.domain.suppression import percentage
from shared.contracts.vocabulary import DeclineReason

REASONS = [reason for reason in DeclineReason if reason is not DeclineReason.CONSENT_NOT_GIVEN]
"""The region is never told of a consent matter (`shared.contracts.region`)."""


def reasons_panel(figures: RegionalDashboard) -> Panel:
    counts = {reason: figures.triage.count(REGION, "reason", reason) for reason in REASONS}
    total = figures.triage.count(REGION, "reason")
    shares = {reason: percentage(count, total) for reason, count in counts.items()}
    return Panel(
        name="reasons",
        title="Reasons for not accepting",
        sentence=f"In the region, {number_of(total, 'referrals')} ended in another way than acceptance.",
        columns=["Reason", "Region", "Share"],
        rows=[
            [reason.label, counts[reason], _share_words(shares[reason], nothing=total.number == 0)]
            for reason in REASONS
        ],
        indicators=[REASONS_NOT_ACCEPTED],
    )


def _share_words(percent: int | None, *, nothing: bool) -> str:
    if nothing:
        return "none"
    return "hidden" if percent is None else f"{percent}%"
