"""What a page asks of its application: a unit of work, the day, and the settings."""

from contextlib import AbstractAsyncContextManager
from datetime import date

from starlette.requests import Request

from services.referral.settings import ReferralSettings
from shared.kernel.actor import Actor
from shared.kernel.clock import london_date
from shared.unit_of_work import UnitOfWork, UnitsOfWork
from shared.web.questions import Circumstances


def begin(request: Request, actor: Actor) -> AbstractAsyncContextManager[UnitOfWork]:
    """A unit of work that ends before the answer is sent, so that what the answer says is committed."""
    units: UnitsOfWork = request.app.state.units_of_work
    return units.begin(actor, traceparent=request.headers.get("traceparent"))


def settings_of(request: Request) -> ReferralSettings:
    settings: ReferralSettings = request.app.state.settings
    return settings


def today_of(request: Request) -> date:
    """In Europe/London."""
    return london_date(request.app.state.clock())


def circumstances_of(request: Request) -> Circumstances:
    """What the answers of a form depend on."""
    return Circumstances(today_of(request), is_demonstration=settings_of(request).sign_in == "demonstration")
