"""What a page asks of its application: a unit of work, the day, and the settings."""

from contextlib import AbstractAsyncContextManager
from datetime import date

from starlette.requests import Request

from services.referral.settings import ReferralSettings
from services.referral.team.database.team_work import TeamUnits, TeamWork
from services.referral.team.domain.team import Team
from shared.kernel.actor import Actor
from shared.kernel.clock import london_date
from shared.staff import work as any_work
from shared.web.questions import Circumstances


def begin(request: Request, actor: Actor) -> AbstractAsyncContextManager[TeamWork]:
    return any_work.begin(request, actor)


def team_of(request: Request) -> Team:
    """For a page that has no unit of work."""
    units: TeamUnits = request.app.state.units_of_work
    return units.team


def settings_of(request: Request) -> ReferralSettings:
    settings: ReferralSettings = request.app.state.settings
    return settings


def today_of(request: Request) -> date:
    """In Europe/London."""
    return london_date(request.app.state.clock())


def circumstances_of(request: Request) -> Circumstances:
    """What the answers of a form depend on."""
    return Circumstances(today_of(request), is_demonstration=settings_of(request).sign_in == "demonstration")
