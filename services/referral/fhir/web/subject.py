"""Whom a FHIR referral is about: the Patient is the baby, or the mother or birth parent of one who is not born yet."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from fhir.resources.R4B.observation import Observation
from fhir.resources.R4B.patient import Patient

from services.referral.fhir.web.codes import DUE_DATE, NHS_NUMBER
from services.referral.fhir.web.days import whole_day
from services.referral.fhir.web.findings import Findings
from services.referral.fhir.web.outcome import AlreadyTold, Issue, WrongResource
from services.referral.fhir.web.people import Answers, is_current, name_of
from services.referral.fhir.web.resources import Located, Resources
from services.referral.people.domain.age import OLDEST_YEARS, completed_months
from services.referral.people.domain.subject import Baby, Subject, Unborn
from services.referral.people.web.forms.family import BabyForm, NhsNumberForm

_NAME = BabyForm.questions()["baby_name"]
_NUMBER = NhsNumberForm.questions()["nhs_number"]
_MISTAKE = "entered-in-error"
_HOLDS = frozenset({"registered", "preliminary", "final", "amended", "corrected"})


@dataclass(frozen=True)
class FoundSubject:
    subject: Subject
    date_path: str
    """Path of the birth date or due date."""


def find_subject(answers: Answers, patient: Located[Patient], resources: Resources, today: date) -> FoundSubject:
    """The baby.

    Raises:
        WrongResource: the Patient has died or is not active, or a name or date is missing or wrong.
    """
    _check_living(patient)
    found = [item for item in resources.of_type(Observation) if is_due_date(item.resource)]
    due_dates = [item for item in found if item.resource.status != _MISTAKE] or found
    if not due_dates and resources.lacks(Observation):
        raise AlreadyTold(patient.path)
    for observation in due_dates:
        about = resources.find(observation.resource.subject, observation, "subject", (Patient,))
        if about is not patient:
            raise WrongResource(Issue.VALUE, "This is about someone else.", f"{observation.path}.subject")
    if len(due_dates) > 1:
        raise WrongResource(Issue.INVARIANT, "Send one due date.", due_dates[1].path)
    if not due_dates:
        return _baby(answers, patient)
    born_on = patient.resource.birthDate
    if isinstance(born_on, date) and completed_months(born_on, today) < OLDEST_YEARS * 12:
        raise WrongResource(
            Issue.INVARIANT, "Send a baby's birth date or a due date, not both.", f"{patient.path}.birthDate"
        )
    answers.paths |= {f"{due_dates[0].path}.{name}" for name in ("status", "code", "valueDateTime")}
    return _unborn(due_dates[0])


def nhs_number(answers: Answers, patient: Located[Patient]) -> str | None:
    """The Patient's, ten digits; most referrals have none. Identifiers of other systems are kept in words.

    Raises:
        WrongResource: it cannot be one, there are two, or it is in a system that is not the NHS's.
    """
    found: list[str] = []
    for place, identifier in enumerate(patient.resource.identifier or ()):
        path = f"{patient.path}.identifier[{place}]"
        _check_system(identifier.system, path)
        if identifier.system == NHS_NUMBER and is_current(identifier, answers.today):
            number = answers.read(_NUMBER, identifier.value, f"{path}.value")
            if number is None:
                raise WrongResource(Issue.REQUIRED, "Give the number, or leave the identifier out.", f"{path}.value")
            found.append(number)
    if len(set(found)) > 1:
        raise WrongResource(Issue.INVARIANT, "Send one NHS number.", f"{patient.path}.identifier")
    return found[0] if found else None


def _check_system(system: Any, path: str) -> None:
    letters = "".join(letter for letter in str(system or "").lower() if letter.isalpha())
    if "nhsnumber" in letters and system != NHS_NUMBER:
        raise WrongResource(Issue.CODE_INVALID, f"The system of an NHS number is {NHS_NUMBER}.", f"{path}.system")


def _check_living(patient: Located[Patient]) -> None:
    if patient.resource.deceasedBoolean or patient.resource.deceasedDateTime:
        raise WrongResource(
            Issue.VALUE, "This says that the person has died. Telephone the team.", f"{patient.path}.deceased"
        )
    if patient.resource.active is False:
        raise WrongResource(Issue.VALUE, "This record is not in use. Send the one that is.", f"{patient.path}.active")


def _baby(answers: Answers, patient: Located[Patient]) -> FoundSubject:
    path = f"{patient.path}.birthDate"
    born_on = patient.resource.birthDate
    if born_on is None:
        raise WrongResource(
            Issue.REQUIRED,
            "Give the baby's birth date. For one who is not born yet, send the due date as an Observation.",
            path,
        )
    findings = Findings()
    name = findings.attempt(answers.read, _NAME, *name_of(answers, patient))
    day = findings.attempt(whole_day, born_on, path)
    findings.check()
    answers.paths.add(path)
    assert name is not None and day is not None  # noqa: S101, PT018 - otherwise the check has raised
    return FoundSubject(Baby(name, day), path)


def _unborn(observation: Located[Observation]) -> FoundSubject:
    if observation.resource.status not in _HOLDS:
        raise WrongResource(Issue.VALUE, "Send only what holds.", f"{observation.path}.status")
    path = f"{observation.path}.value"
    return FoundSubject(Unborn(whole_day(observation.resource.valueDateTime, path)), path)


def is_due_date(observation: Observation) -> bool:
    return any((coding.system, coding.code) in DUE_DATE for coding in getattr(observation.code, "coding", None) or ())
