"""The measures of the team whose page it is, and the people whom one can be about."""

from dataclasses import dataclass
from pathlib import Path

from fastapi import FastAPI
from starlette.requests import Request

from services.referral.measures.domain.measure import MeasureDefinition
from services.referral.measures.packs.measures import MEASURES, OURS, WrongPack, load_measures
from services.referral.measures.web.measure_view import Measures
from services.referral.people.queries.family_banner import FamilyBanner, MemberLine
from shared.kernel.errors import NotFound
from shared.kernel.settings import WrongSettings


@dataclass(frozen=True)
class PackChoice:
    """One of a list on a page."""

    value: str
    label: str


def prepare(app: FastAPI) -> None:
    """Load ours, and those in the team's own folder.

    Raises:
        WrongSettings: a file of the team cannot be used.
    """
    own: Path | None = app.state.settings.measures_folder
    try:
        app.state.measures = load_measures([OURS, own]) if own else MEASURES
    except WrongPack as wrong:
        raise WrongSettings(f"PAIRS_MEASURES_FOLDER: {wrong}") from None


def measures_of(request: Request) -> Measures:
    measures: Measures = request.app.state.measures
    return measures


def definition_of(request: Request, code: str) -> MeasureDefinition:
    """Raises NotFound when the team has no such measure."""
    found = measures_of(request).get(code)
    if found is None:
        raise NotFound("measure_unknown", "The team has no such measure. Choose one from the list.")
    return found


def carers(banner: FamilyBanner) -> list[PackChoice]:
    return [_choice(member) for member in banner.carers]


def babies(banner: FamilyBanner) -> list[PackChoice]:
    return [_choice(member) for member in banner.babies]


def _choice(member: MemberLine) -> PackChoice:
    return PackChoice(str(member.person_id), member.shown_name)
