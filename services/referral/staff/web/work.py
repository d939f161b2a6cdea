"""What a page asks of its application: a unit of work, the day, and the settings."""

from datetime import date

from starlette.requests import Request

from services.referral.settings import ReferralSettings
from shared.kernel.clock import london_date
from shared.staff.work import begin
from shared.web.questions import Circumstances

__all__ = ["begin", "circumstances_of", "settings_of", "today_of"]


def settings_of(request: Request) -> ReferralSettings:
    settings: ReferralSettings = request.app.state.settings
    return settings


def today_of(request: Request) -> date:
    """In Europe/London."""
    return london_date(request.app.state.clock())


def circumstances_of(request: Request) -> Circumstances:
    """What the answers of a form depend on."""
    return Circumstances(today_of(request), is_demonstration=settings_of(request).sign_in == "demonstration")
