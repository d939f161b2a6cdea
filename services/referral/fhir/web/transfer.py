"""A family that comes from another team: when that team received the referral, from a FHIR message."""

from datetime import date, datetime
from typing import Any, TypeGuard

from fhir.resources.R4B.servicerequest import ServiceRequest

from services.referral.fhir.web.codes import FIRST_RECEIVED, FIRST_RECEIVED_BY, FIRST_RECEIVED_ON
from services.referral.fhir.web.outcome import Issue, WrongResource
from services.referral.fhir.web.people import Answers
from services.referral.fhir.web.resources import Located
from services.referral.intake.domain.referral_request import EarlierReceipt
from services.referral.intake.web.forms.new_referral import NewReferralForm
from shared.kernel.calendar import EARLIEST, LATEST

_TEAM = NewReferralForm.questions()["earlier_team"]


def earlier_receipt(answers: Answers, request: Located[ServiceRequest]) -> EarlierReceipt | None:
    """None when the family comes from no other team.

    Raises:
        WrongResource: there are two, or the day or the team is missing.
    """
    path = f"{request.path}.extension"
    given = [(at, one) for at, one in enumerate(request.resource.extension or ()) if one.url == FIRST_RECEIVED]
    if not given:
        return None
    place, first = given[0]
    parts: dict[str, Any] = {str(part.url): part for part in first.extension or ()}
    on, by = parts.get(FIRST_RECEIVED_ON), parts.get(FIRST_RECEIVED_BY)
    day = on.valueDate if on is not None else None
    team = answers.read(_TEAM, by.valueString if by is not None else None, path)
    if len(given) > 1 or not _is_whole(day) or not team:
        raise WrongResource(
            Issue.REQUIRED,
            f"Send one extension {FIRST_RECEIVED} with the extensions {FIRST_RECEIVED_ON} (valueDate, a whole date) "
            f"and {FIRST_RECEIVED_BY} (valueString, the team's name).",
            path,
        )
    answers.paths.add(f"{path}[{place}]")
    return EarlierReceipt(day, team)


def _is_whole(day: Any) -> TypeGuard[date]:
    return isinstance(day, date) and not isinstance(day, datetime) and EARLIEST <= day <= LATEST
