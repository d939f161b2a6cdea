"""By when whoever says that there is danger hears from the team, as the public form tells it."""

from typing import Any

from starlette.requests import Request

from services.referral.intake.domain.promise import danger_answered_by
from services.referral.staff.web.work import team_of
from shared.kernel.clock import london_date


def answer_times(request: Request) -> dict[str, Any]:
    """What the page says of the clock; nothing is promised while nobody is alarmed."""
    team, now = team_of(request), request.app.state.clock()
    by = danger_answered_by(now, team.hours)
    return {
        "now": now,
        "is_open_now": team.hours.is_open(now),
        "opens": team.hours.next_opening(now),
        "answered_by": by if team.answers_alarms else None,
        "is_today": london_date(by) == london_date(now),
    }
