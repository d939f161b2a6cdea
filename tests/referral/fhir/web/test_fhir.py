import asyncio
from copy import deepcopy
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from fhir.resources.R4B import get_fhir_model_class
from prometheus_client import generate_latest
from sqlalchemy import select, text

from services.referral.intake.commands.close_referral import CloseReferral, close_referral
from services.referral.intake.database.referrals import Referrals
from services.referral.intake.domain.referral_request import ReferralRequest
from services.referral.people.domain.people import Caregiver, NoOtherCaregiver, Referrer, Relationship
from services.referral.people.domain.subject import Baby, Unborn
from shared.audit.tables import audit
from shared.contracts.vocabulary import (
    DeclineReason,
    FamilyAgreement,
    ReferralReason,
    ReferralRoute,
    Role,
    SourceGroup,
    TriageOutcome,
)
from shared.kernel.identifiers import new_id
from tests.referral.builders import an_actor
from tests.referral.web.fhir_api import (
    PUBLIC_URL,
    SERVICE_REQUEST,
    FhirApi,
    example,
    register,
    resource,
)

ANSWERED_BY = f"{PUBLIC_URL}/fhir/ServiceRequest/"


async def stored(fhir: FhirApi, answer: Any) -> ReferralRequest:
    """What the team keeps of the message that got this answer."""
    address = answer.headers.get("location") or answer.json()["entry"][0]["resource"]["focus"][0]["reference"]
    async with fhir.team.begin(an_actor()) as work:
        return (await Referrals(work).get(UUID(address.removeprefix(ANSWERED_BY)))).request


async def test_a_neonatal_nurse_refers_shannon_a_baby_with_her_mother_leonie(fhir: FhirApi) -> None:
    answer = await fhir.send(example("baby_message"))

    assert answer.status_code == 200
    request = await stored(fhir, answer)
    assert replace(request, also_sent=None) == ReferralRequest(
        subject=Baby("Shannon Example", date(2025, 12, 9)),
        caregiver=Caregiver("Leonie Example", Relationship.BIRTH_PARENT, "07700900123"),
        other_caregiver=NoOtherCaregiver.NOT_ASKED,
        referrer=Referrer(
            "Ola Sample", SourceGroup.NEONATAL, "Invented neonatal unit", "ola.sample@example.org", "01632960001"
        ),
        postcode="FY1 9ZZ",
        nhs_number="9990000026",
        reasons=(ReferralReason.BONDING, ReferralReason.NEONATAL_STAY),
        story=(
            "Shannon was in neonatal care for eight weeks. Leonie sits by the cot, and says that she is afraid to "
            "hold her."
        ),
        consent=FamilyAgreement.AGREED,
        in_danger=False,
        route=ReferralRoute.FHIR,
    )
    assert "gender: female" in (request.also_sent or "")


async def test_a_midwife_refers_an_unborn_baby(fhir: FhirApi) -> None:
    request = await stored(fhir, await fhir.send(example("unborn_message")))

    assert request.subject == Unborn(date(2026, 6, 20))
    assert request.caregiver == Caregiver("Amina Invented", Relationship.BIRTH_PARENT, "07700900456")
    assert request.other_caregiver == Caregiver("Joe Invented", Relationship.FATHER)
    assert request.referrer.source_group is SourceGroup.MATERNITY
    assert request.nhs_number is None, "the mother's number is not the baby's"


async def test_the_region_hears_of_it_as_of_any_other_referral(fhir: FhirApi) -> None:
    await fhir.send(example("unborn_message"))

    (event,) = await fhir.team.published("region")

    assert (event[0], event[1]["source_group"]) == ("uk.pairs.regional.referral_received.v1", "maternity")


async def test_a_plain_service_request_gets_an_address_that_tells_how_far_the_referral_is(fhir: FhirApi) -> None:
    answer = await fhir.send(example("service_request"), SERVICE_REQUEST)
    waiting = (await fhir.get(answer.headers["location"])).json()
    referral_id = UUID(waiting["id"])
    async with fhir.team.begin(an_actor(Role.TEAM_LEAD)) as work:
        await close_referral(
            CloseReferral(referral_id, 1, TriageOutcome.ADVICE_ONLY, DeclineReason.NEEDS_MET_ELSEWHERE, "Told."), work
        )
    closed = (await fhir.get(answer.headers["location"])).json()

    assert answer.status_code == 201
    assert answer.json()["issue"][0]["diagnostics"].endswith(f"Its reference is {waiting['identifier'][0]['value']}.")
    assert (waiting["status"], closed["status"]) == ("active", "revoked")
    assert waiting.keys() == {"resourceType", "id", "identifier", "status", "intent", "subject"}
    assert waiting["subject"].keys() == {"extension"}


async def test_another_client_is_told_that_there_is_no_such_referral(fhir: FhirApi) -> None:
    answer = await fhir.send(example("service_request"), SERVICE_REQUEST)
    fhir.credentials = await register(fhir.team, "another-system")
    await fhir.sign_in()

    other = await fhir.get(answer.headers["location"])
    absent = await fhir.get(f"/fhir/ServiceRequest/{new_id()}")

    assert other.status_code == absent.status_code == 404
    assert other.json()["issue"] == absent.json()["issue"]


async def test_a_referral_without_an_nhs_number_is_normal(fhir: FhirApi) -> None:
    message = example("baby_message")
    del resource(message, "Patient")["identifier"]

    assert (await stored(fhir, await fhir.send(message))).nhs_number is None


async def test_identifiers_of_a_hospital_are_not_taken_for_nhs_numbers(fhir: FhirApi) -> None:
    message = example("baby_message")
    resource(message, "Patient")["identifier"] = [{"system": "https://neonatal.example.org/record", "value": "77-1"}]

    assert (await stored(fhir, await fhir.send(message))).nhs_number is None


async def test_the_same_message_twice_makes_one_referral_and_gets_the_same_answer(fhir: FhirApi) -> None:
    first = await fhir.send(example("baby_message"))
    fhir.team.now += timedelta(minutes=5)
    again = example("baby_message") | {"id": str(new_id()), "timestamp": "2026-03-02T09:40:00+00:00"}
    second = await fhir.send(again)

    assert second.content == first.content
    assert await fhir.rows() == (1, 1, 2)


async def test_ten_at_once_make_one_referral(fhir: FhirApi) -> None:
    answers = await asyncio.gather(*(fhir.send(example("baby_message")) for _ in range(10)))

    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.content for answer in answers}) == 1
    assert await fhir.rows() == (1, 1, 2)


async def test_the_same_id_with_something_else_in_it_is_a_conflict_and_is_not_stored(fhir: FhirApi) -> None:
    await fhir.send(example("baby_message"))
    message = example("baby_message")
    resource(message, "ServiceRequest")["note"] = [{"text": "Something else."}]

    answer = await fhir.send(message)

    assert answer.status_code == 409
    issue = answer.json()["issue"][0]
    assert issue["code"] == "conflict", "to a BaRS sender `duplicate` would mean that this message was received"
    assert issue["details"]["coding"][0]["code"] == "REC_CONFLICT"
    assert await fhir.rows() == (1, 1, 2)


async def test_two_systems_may_use_the_same_message_id(fhir: FhirApi) -> None:
    await fhir.send(example("baby_message"))
    fhir.credentials = await register(fhir.team, "another-system")
    await fhir.sign_in()

    answer = await fhir.send(example("baby_message"))

    assert answer.status_code == 200
    assert (await fhir.rows())[0] == 2


@pytest.mark.parametrize("has_identifier", [True, False])
async def test_the_same_service_request_twice_makes_one_referral(fhir: FhirApi, has_identifier: bool) -> None:
    request = example("service_request")
    if not has_identifier:
        del request["identifier"]

    first = await fhir.send(request, SERVICE_REQUEST)
    second = await fhir.send(deepcopy(request), SERVICE_REQUEST)

    assert (first.status_code, second.status_code) == (201, 201)
    assert first.headers["location"] == second.headers["location"]
    assert (await fhir.rows())[0] == 1


async def test_a_parent_refers_herself_through_an_app(fhir: FhirApi) -> None:
    request = example("service_request")
    request["requester"] = {"reference": "#mother"}
    del request["extension"]

    kept = await stored(fhir, await fhir.send(request, SERVICE_REQUEST))

    assert kept.referrer == Referrer("Leonie Example", SourceGroup.SELF, phone="07700900123")
    assert kept.consent is FamilyAgreement.AGREED


async def test_dad_and_a_grandmother_come_with_the_baby(fhir: FhirApi) -> None:
    request = example("service_request")
    mother = resource(request, "RelatedPerson")
    mother["relationship"][0]["coding"][0]["code"] = "MGRMTH"
    dad = {**mother, "id": "dad", "name": [{"text": "Dan Example"}], "telecom": []}
    del dad["telecom"]
    dad["relationship"] = [{"coding": [{**mother["relationship"][0]["coding"][0], "code": "FTH"}]}]
    request["contained"].append(dad)

    kept = await stored(fhir, await fhir.send(request, SERVICE_REQUEST))

    assert kept.caregiver == Caregiver("Leonie Example", Relationship.KINSHIP, "07700900123")
    assert kept.other_caregiver == Caregiver("Dan Example", Relationship.FATHER)


async def test_names_and_numbers_that_are_old_are_not_used(fhir: FhirApi) -> None:
    request = example("service_request")
    mother = resource(request, "RelatedPerson")
    mother["name"] = [{"use": "old", "text": "Leonie Former"}, {"text": "Leonie Example"}]
    mother["telecom"] = [{"system": "phone", "value": number} for number in ("07700 900999", "07700 900123")]
    mother["telecom"][0]["use"] = "old"
    resource(request, "Patient")["address"] = [{"use": "old", "postalCode": "FY4 9ZZ"}, {"postalCode": "FY1 9ZZ"}]

    kept = await stored(fhir, await fhir.send(request, SERVICE_REQUEST))

    assert kept.caregiver == Caregiver("Leonie Example", Relationship.BIRTH_PARENT, "07700900123")
    assert kept.postcode == "FY1 9ZZ"


async def test_a_due_date_with_a_time_is_the_day_in_london(fhir: FhirApi) -> None:
    message = example("unborn_message")
    resource(message, "Observation")["valueDateTime"] = "2026-06-19T23:30:00Z"

    assert (await stored(fhir, await fhir.send(message))).subject == Unborn(date(2026, 6, 20))


async def test_the_highest_priority_says_that_somebody_is_in_danger(fhir: FhirApi) -> None:
    message = example("baby_message")
    resource(message, "ServiceRequest")["priority"] = "stat"

    assert (await stored(fhir, await fhir.send(message))).in_danger


async def test_what_is_not_as_it_was_sent_is_named_in_the_answer(fhir: FhirApi) -> None:
    message = example("baby_message")
    resource(message, "ServiceRequest")["priority"] = "urgent"

    answer = (await fhir.send(message)).json()

    issues = answer["entry"][1]["resource"]["issue"]
    warnings = [issue for issue in issues if issue["severity"] == "warning"]
    assert [warning["expression"] for warning in warnings] == [["Bundle.entry[1].resource.priority"]]
    assert "Bundle.entry[7].resource" in issues[-1]["expression"]
    assert issues[-1]["diagnostics"].endswith("kept in words, which the team reads.")


async def test_narrative_is_dropped(fhir: FhirApi) -> None:
    message = example("baby_message")
    resource(message, "Patient")["text"]["div"] = (
        '<div xmlns="http://www.w3.org/1999/xhtml"><script>alert(1)</script>Narrative</div>'
    )

    kept = await stored(fhir, await fhir.send(message))

    assert "Narrative" not in repr(kept)


async def test_markup_in_a_name_is_kept_as_it_is_written(fhir: FhirApi) -> None:
    message = example("baby_message")
    resource(message, "Patient")["name"] = [{"text": "<script>O'Brien-Ñí</script>"}]

    assert (await stored(fhir, await fhir.send(message))).subject == Baby(
        "<script>O'Brien-Ñí</script>", date(2025, 12, 9)
    )


async def test_every_answer_is_valid_fhir(fhir: FhirApi) -> None:
    refused = example("baby_message") | {"type": "batch"}
    created = await fhir.send(example("service_request"), SERVICE_REQUEST)
    answers = [
        await fhir.send(example("baby_message")),
        await fhir.send(refused),
        created,
        await fhir.get(created.headers["location"]),
        await fhir.get("/fhir/metadata"),
        await fhir.get("/fhir/nowhere"),
    ]

    for answer in answers:
        assert answer.headers["content-type"] == "application/fhir+json"
        get_fhir_model_class(answer.json()["resourceType"]).model_validate(answer.json())


async def test_the_ids_of_a_bars_request_come_back(fhir: FhirApi) -> None:
    ids = {"X-Request-ID": str(new_id()), "X-Correlation-ID": str(new_id())}

    answers = [await fhir.send(example("baby_message"), **ids), await fhir.send(b"{", **ids)]
    other = await fhir.send(example("baby_message"), **{"X-Request-ID": "Leonie"})

    assert [{name: answer.headers[name] for name in ids} for answer in answers] == [ids, ids]
    assert "x-request-id" not in other.headers


async def test_the_audit_trail_has_each_referral_and_each_look_with_the_clients_id(fhir: FhirApi) -> None:
    created = await fhir.send(example("service_request"), SERVICE_REQUEST)
    await fhir.get(created.headers["location"])

    async with fhir.team.engine.connect() as connection:
        entries = await connection.execute(
            select(audit.c.action).where(audit.c.actor == fhir.credentials.client_id).order_by(audit.c.number)
        )
    assert [entry.action for entry in entries] == ["referral.receive", "referral.status"]


CANARY = "Zyxwvut"


def with_canary(message: dict[str, Any]) -> dict[str, Any]:
    """The message with a name that nobody has, wherever a sender can write."""
    message["identifier"] = {"system": f"https://{CANARY}.example.org", "value": CANARY}
    resource(message, "MessageHeader")["id"] = f"{CANARY}-{new_id()}"
    resource(message, "Patient")["name"] = [{"text": f"Shannon {CANARY}"}]
    resource(message, "RelatedPerson")["name"] = [{"text": f"Leonie {CANARY}"}]
    resource(message, "Practitioner")["name"] = [{"text": f"Ola {CANARY}"}]
    resource(message, "Organization")["name"] = f"{CANARY} unit"
    resource(message, "ServiceRequest")["note"] = [{"text": f"{CANARY} was here."}]
    return message


async def test_names_put_through_fhir_are_in_no_event_log_line_metric_or_refusal(
    fhir: FhirApi, capfd: pytest.CaptureFixture[str]
) -> None:
    refused = with_canary(example("baby_message"))
    resource(refused, "Patient")["birthDate"] = CANARY
    unknown = with_canary(example("baby_message"))
    resource(unknown, "Patient")[CANARY] = {"modifierExtension": CANARY}
    foreign = with_canary(example("baby_message"))
    resource(foreign, "ServiceRequest")["encounter"] = {"reference": f"https://{CANARY}.example.org/Encounter/1"}
    kept = with_canary(example("baby_message"))
    changed = deepcopy(kept)
    resource(changed, "Organization")["name"] = f"Other {CANARY}"

    accepted = await fhir.send(kept)
    refusals = [
        await fhir.send(refused),
        await fhir.send(unknown),
        await fhir.send(foreign),
        await fhir.send(changed),
        await fhir.send({"resourceType": CANARY}),
        await fhir.get(f"/fhir/ServiceRequest/{CANARY}"),
    ]

    assert accepted.status_code == 200
    assert [refusal.status_code for refusal in refusals] == [422, 422, 422, 409, 400, 404]
    assert [refusal.text for refusal in refusals if CANARY in refusal.text] == []
    written = capfd.readouterr()
    assert "$process-message" in written.out
    assert CANARY not in written.out + written.err
    assert CANARY not in generate_latest().decode()
    async with fhir.team.engine.connect() as connection:
        for table in ("outbox", "audit", "api_client", "api_message", "api_token"):
            rows = await connection.execute(text(f"SELECT row_to_json(one)::text FROM {table} one"))
            assert [row for (row,) in rows if CANARY in row] == []
