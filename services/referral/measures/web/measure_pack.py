"""The measures of the team whose page it is, and the people whom one can be about."""

from dataclasses import dataclass

from starlette.requests import Request

from services.referral.measures.domain.measure import MeasureDefinition
from services.referral.measures.packs.measures import OURS, load_measures
from services.referral.measures.web.measure_view import Measures
from services.referral.people.queries.family_banner import FamilyBanner, MemberLine
from services.referral.settings import ReferralSettings
from shared.kernel.errors import NotFound


@dataclass(frozen=True)
class Choice:
    """One of a list on a page."""

    value: str
    label: str


def load_for(settings: ReferralSettings) -> Measures:
    """Ours, and those in the team's own folder.

    Raises:
        WrongPack: a file of the team cannot be used.
    """
    return load_measures([OURS, settings.measures_folder] if settings.measures_folder else [OURS])


def measures_of(request: Request) -> Measures:
    measures: Measures = request.app.state.measures
    return measures


def definition_of(request: Request, code: str) -> MeasureDefinition:
    """Raises NotFound when the team has no such measure."""
    found = measures_of(request).get(code)
    if found is None:
        raise NotFound("measure_unknown", "The team has no such measure. Choose one from the list.")
    return found


def carers(banner: FamilyBanner) -> list[Choice]:
    return [_choice(member) for member in banner.carers]


def babies(banner: FamilyBanner) -> list[Choice]:
    return [_choice(member) for member in banner.babies]


def _choice(member: MemberLine) -> Choice:
    return Choice(str(member.person_id), member.shown_name)
