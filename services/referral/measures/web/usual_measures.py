"""The measures that are one click away on a family's page: those already begun, and the team's usual ones."""

from collections.abc import Set

from fastapi import FastAPI
from starlette.requests import Request

from services.referral.measures.domain.measure import MeasureDefinition
from services.referral.measures.web.measure_pack import measures_of
from services.referral.measures.web.measure_view import Measures
from services.referral.staff.web.work import settings_of
from shared.kernel.settings import WrongSettings


def prepare(app: FastAPI) -> None:
    """Raises WrongSettings when the team has no such measure, or one that is rated in the plan."""
    measures: Measures = app.state.measures
    for code in app.state.settings.usual_measures:
        if code not in measures or measures[code].per_goal:
            known = ", ".join(one.code for one in measures.values() if not one.per_goal)
            raise WrongSettings(f"PAIRS_USUAL_MEASURES: name measures by their codes, of these: {known}")


def measures_at_hand(request: Request, begun: Set[str]) -> list[MeasureDefinition]:
    """Those begun in this work first; goals are rated in the plan."""
    measures = measures_of(request)
    codes = dict.fromkeys([*sorted(begun), *settings_of(request).usual_measures])
    return [measures[code] for code in codes if code in measures and not measures[code].per_goal]
