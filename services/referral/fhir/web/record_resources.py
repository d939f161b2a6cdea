"""What a reading client gets: our rows as FHIR R4 resources. Free notes of the team are in none of them."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from services.referral.fhir.web.codes import NHS_NUMBER, REFERENCE, REFERRAL_REASONS, ROLE_CODES
from services.referral.governance.queries.shared_record import Row, SharedKind
from services.referral.people.domain.people import Relationship
from shared.kernel.telephone import telephones

Resource = dict[str, Any]

MEASURES = "https://pairs.uk/fhir/CodeSystem/measure"
QUESTIONNAIRE = "https://pairs.uk/fhir/Questionnaire"
SCALES = "https://pairs.uk/fhir/CodeSystem/measure-scale"
_ACT_CODES = "http://terminology.hl7.org/CodeSystem/v3-ActCode"
_ABSENT = "http://hl7.org/fhir/StructureDefinition/data-absent-reason"
_GENDERS = {"1": "male", "2": "female", "3": "other", "4": "other"}
_ROLES = {
    Relationship.BIRTH_PARENT: "GESTM",
    Relationship.FATHER: "FTH",
    Relationship.PARENT: "PRN",
    Relationship.KINSHIP: "EXT",
    Relationship.FOSTER: "PRNFOST",
    Relationship.ADOPTIVE: "ADOPTP",
}
_MODES = {"face_to_face": "AMB", "telephone": "VR", "video": "VR"}
_ATTENDANCE = {None: "planned", "attended": "finished"}
"""Any other is a contact that did not happen."""


def resource_of(kind: SharedKind, row: Row) -> Resource:
    """One resource; parts of which we know nothing are left out."""
    resource = {"resourceType": kind.value, "id": str(row["id"]), **_BUILDERS[kind](row)}
    return {name: value for name, value in resource.items() if value not in (None, [], {})}


def _patient(row: Row) -> Resource:
    return {
        "identifier": [{"system": NHS_NUMBER, "value": row["nhs_number"]}] if row["nhs_number"] else [],
        "name": [{"text": row["name"]}] if row["name"] else [],
        "telecom": _telecom(row),
        "gender": _GENDERS.get(row["gender"], "unknown"),
        "birthDate": _day(row["born_on"]),
        "deceasedDateTime": _day(row["died_on"]),
        "address": [{"postalCode": row["postcode"]}] if row["postcode"] and not row["contact_unsafe"] else [],
        "link": [{"other": _to("RelatedPerson", one), "type": "seealso"} for one in row["as_carer"] or ()],
    }


def _carer(row: Row) -> Resource:
    code = _ROLES.get(Relationship(row["relationship"]))
    relationship: Resource = {"text": Relationship(row["relationship"]).label}
    if code:
        relationship["coding"] = [{"system": ROLE_CODES, "code": code}]
    return {
        "patient": _to("Patient", row["patient_id"]),
        "relationship": [relationship],
        "name": [{"text": row["name"]}] if row["name"] else [],
        "telecom": _telecom(row),
        "birthDate": _day(row["born_on"]),
    }


def _telecom(row: Row) -> list[Resource]:
    """Nothing of someone whom it is not safe to contact."""
    if row["contact_unsafe"]:
        return []
    phones = [("phone", str(one)) for one in telephones(row["phone"])] if row["phone"] else []
    emails = [("email", row["email"])] if row["email"] else []
    return [{"system": system, "value": value} for system, value in (*phones, *emails)]


def _request(row: Row) -> Resource:
    return {
        "identifier": [{"system": REFERENCE, "value": row["reference"]}],
        "status": "completed" if row["ended_on"] else "active",
        "intent": "order",
        "priority": "urgent" if row["urgency"] == "urgent" else "routine",
        "subject": _to("Patient", row["patient_id"]),
        "authoredOn": _moment(row["received_at"]),
        "reasonCode": [{"coding": [{"system": REFERRAL_REASONS, "code": reason}]} for reason in row["reasons"]],
    }


def _episode(row: Row) -> Resource:
    status = "finished" if row["ended_on"] else "active" if row["first_contact_on"] else "waitlist"
    return {
        "status": status,
        "patient": _to("Patient", row["patient_id"]),
        "referralRequest": [_to("ServiceRequest", row["referral_id"])],
        "period": _period(row["opened_on"], row["ended_on"]),
    }


def _contact(row: Row) -> Resource:
    return {
        "status": _ATTENDANCE.get(row["attendance"], "cancelled"),
        "class": {"system": _ACT_CODES, "code": _MODES.get(row["mode"], "AMB")},
        "subject": _to("Patient", row["patient_id"]),
        "episodeOfCare": [_to("EpisodeOfCare", row["episode_id"])],
        "period": {"start": _moment(row["starts_at"]) or _day(row["held_on"])},
        "length": {"value": row["minutes"], "system": "http://unitsofmeasure.org", "code": "min"}
        if row["minutes"]
        else None,
    }


def _goal(row: Row) -> Resource:
    return {
        "lifecycleStatus": "completed" if row["closed_on"] else "active",
        "description": {"text": row["words"]},
        "subject": _to("Patient", row["patient_id"]),
        "startDate": _day(row["set_on"]),
        "statusDate": _day(row["closed_on"]),
    }


def _plan(row: Row) -> Resource:
    return {
        "status": "completed" if row["ended_on"] else "active",
        "intent": "plan",
        "subject": _to("Patient", row["patient_id"]),
        "period": _period(row["agreed_on"], row["ended_on"]),
        "goal": [_to("Goal", one) for one in row["goals"] or ()],
    }


def _answers(row: Row) -> Resource:
    """Each answered item by its number and value; the wording of an item is in no answer."""
    answers: Mapping[str, Any] = row["answers"]
    return {
        "questionnaire": f"{QUESTIONNAIRE}/{row['code']}",
        "status": "completed",
        "subject": _to("Patient", row["patient_id"]),
        "authored": _day(row["answered_on"]),
        "item": [
            {"linkId": str(name), "answer": [{"valueString": str(value)}]}
            for name, value in answers.items()
            if value is not None
        ],
    }


def _score(row: Row) -> Resource:
    return {
        "status": "final",
        "code": {
            "coding": [
                {"system": MEASURES, "code": row["code"]},
                {"system": SCALES, "code": f"{row['code']}.{row['scale']}"},
            ]
        },
        "subject": _to("Patient", row["patient_id"]),
        "effectiveDateTime": _day(row["answered_on"]),
        "valueQuantity": {"value": float(row["value"])},
        "derivedFrom": [_to("QuestionnaireResponse", row["answers_id"])],
    }


_BUILDERS: Mapping[SharedKind, Callable[[Row], Resource]] = {
    SharedKind.PATIENT: _patient,
    SharedKind.RELATED_PERSON: _carer,
    SharedKind.SERVICE_REQUEST: _request,
    SharedKind.EPISODE: _episode,
    SharedKind.ENCOUNTER: _contact,
    SharedKind.GOAL: _goal,
    SharedKind.CARE_PLAN: _plan,
    SharedKind.ANSWERS: _answers,
    SharedKind.SCORE: _score,
}


def _to(kind: str, identity: Any) -> Resource:
    """A reference; a subject that is not known says so."""
    if identity is None:
        return {"extension": [{"url": _ABSENT, "valueCode": "unknown"}]}
    return {"reference": f"{kind}/{identity}"}


def _day(day: Any) -> str | None:
    return day.isoformat() if day else None


def _moment(moment: datetime | None) -> str | None:
    return moment.astimezone(UTC).isoformat(timespec="seconds") if moment else None


def _period(start: Any, end: Any) -> Resource:
    days = {"start": _day(start), "end": _day(end)}
    return {name: day for name, day in days.items() if day}
