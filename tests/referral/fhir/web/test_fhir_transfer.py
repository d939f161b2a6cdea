"""A family that another team hands over by FHIR."""

from datetime import date
from typing import Any

import pytest

from services.referral.intake.database.referrals import Referrals
from services.referral.intake.domain.referral_request import EarlierReceipt
from shared.contracts.vocabulary import ReferralRoute, Role
from tests.referral.builders import an_actor
from tests.referral.web.fhir_api import SERVICE_REQUEST, FhirApi, example

URL = "https://pairs.uk/fhir/StructureDefinition/first-received"
ON, BY = {"url": "on", "valueDate": "2026-01-05"}, {"url": "by", "valueString": "Lancaster parent-infant team"}


def handed_over(*parts: dict[str, Any], times: int = 1) -> dict[str, Any]:
    message = example("service_request")
    message["extension"] = [*message.get("extension", []), *[{"url": URL, "extension": list(parts)}] * times]
    return message


async def test_the_other_teams_receipt_is_kept(fhir: FhirApi) -> None:
    answer = await fhir.send(handed_over(ON, BY), SERVICE_REQUEST)

    assert answer.status_code == 201, answer.text
    async with fhir.team.begin(an_actor(Role.PRACTITIONER)) as work:
        request = (await Referrals(work).get(answer.headers["location"].split("/")[-1])).request
    assert request.route is ReferralRoute.TRANSFER
    assert request.earlier == EarlierReceipt(date(2026, 1, 5), "Lancaster parent-infant team")


@pytest.mark.parametrize(
    "message",
    [
        handed_over(ON),
        handed_over(BY),
        handed_over(ON, BY, times=2),
        handed_over({"url": "on", "valueDate": "2026-01"}, BY),
        handed_over({"url": "on", "valueDate": "2026-03-30"}, BY),
    ],
    ids=["no team", "no day", "two", "a month", "after this team"],
)
async def test_a_transfer_that_says_half_is_told_what_is_missing(fhir: FhirApi, message: dict[str, Any]) -> None:
    answer = await fhir.send(message, SERVICE_REQUEST)

    issue = answer.json()["issue"][0]
    assert (answer.status_code, issue["expression"]) == (422, ["ServiceRequest.extension"])
    assert await fhir.rows() == (0, 0, 0)
