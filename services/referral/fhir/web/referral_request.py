"""A FHIR message as the request that the public form makes too: a mapping, with no rule of its own."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from fhir.resources.R4B.organization import Organization
from fhir.resources.R4B.patient import Patient
from fhir.resources.R4B.practitioner import Practitioner
from fhir.resources.R4B.servicerequest import ServiceRequest

from services.referral.fhir.web.carers import homes, two_carers
from services.referral.fhir.web.codes import (
    FAMILY_AGREEMENT,
    INTERPRETER_REQUIRED,
    REFERRAL_REASONS,
    REQUEST_CATEGORIES,
)
from services.referral.fhir.web.message import ReferralMessage
from services.referral.fhir.web.outcome import AlreadyTold, Issue, WrongResource
from services.referral.fhir.web.people import Answers, is_current, postcode_of
from services.referral.fhir.web.referrer import find_referrer, named
from services.referral.fhir.web.resources import Located
from services.referral.fhir.web.sent_words import MOST_CHARACTERS, SentWords, sent_words
from services.referral.fhir.web.subject import FoundSubject, find_subject, nhs_number
from services.referral.fhir.web.transfer import earlier_receipt
from services.referral.intake.domain.referral_request import EarlierReceipt, ReferralRequest, check_request
from services.referral.people.domain.age import check_subject
from services.referral.people.domain.people import Caregiver, NoOtherCaregiver, Referrer
from services.referral.people.domain.safe_contact import InterpreterNeed, TalkingNeed
from services.referral.people.domain.subject import Unborn
from services.referral.people.web.forms.family import HomeForm
from services.referral.people.web.forms.need import ProfessionalsForm, StoryForm
from shared.contracts.vocabulary import Code, FamilyAgreement, ReferralReason, ReferralRoute, SourceGroup
from shared.kernel.errors import RuleBroken
from shared.web.questions import Circumstances

_POSTCODE = HomeForm.questions()["postcode"]
_STORY = StoryForm.questions()["story"]
_GP = ProfessionalsForm.questions()["gp"]
_NO_POSTCODE = "ZZ99 3WZ"
"""Of someone whose address is not known. Source: NHS data dictionary, default postcodes."""
_NO_STORY = "The sender wrote no note that fits here. What was sent is below."
_AT_ONCE = "stat"
_SOON = frozenset({"urgent", "asap"})

AnyCode = TypeVar("AnyCode", bound=Code)


@dataclass(frozen=True)
class ReadReferral:
    """What a message asks, and what its sender should know."""

    request: ReferralRequest
    paths: Mapping[str, str]
    """FHIRPath of each field that a rule of the domain may refuse."""
    not_kept: tuple[tuple[str, str], ...]
    """FHIRPath of each part that is not as it was sent, and a sentence."""
    in_words: tuple[str, ...]
    """FHIRPath of each resource of which something is kept in words."""


def read_referral(message: ReferralMessage, circumstances: Circumstances) -> ReadReferral:
    """The referral in a message.

    Raises:
        WrongResource: something is missing or wrong; it says all of it, and where.
    """
    answers, findings = Answers(circumstances), message.findings
    parts = _parts(answers, message)
    words = _words(answers, message)
    findings.attempt(_check_length, words)
    asked = _asked(message, parts, words)
    findings.attempt(_checked, parts.paths, check_request, asked, answers.today)
    findings.check()
    return ReadReferral(asked, parts.paths, _not_kept(message, answers, words), words.paths)


@dataclass(frozen=True)
class _Parts:
    """What a referral cannot be without, and what else must be right."""

    patient: Located[Patient]
    found: FoundSubject
    carers: tuple[Caregiver, Caregiver | NoOtherCaregiver]
    referrer: Referrer
    number: str | None
    reasons: tuple[ReferralReason, ...]
    agreement: FamilyAgreement | None
    earlier: EarlierReceipt | None
    story: str
    postcode: str
    gp: str | None
    paths: Mapping[str, str]

    @property
    def is_unborn(self) -> bool:
        return isinstance(self.found.subject, Unborn)


def _parts(answers: Answers, message: ReferralMessage) -> _Parts:
    request, attempt = message.request, message.findings.attempt
    attempt(_check_new, request)
    patient = attempt(_patient, message)
    referrer = attempt(find_referrer, answers, message)
    reasons, agreement = attempt(_reasons, answers, request), attempt(_agreement, answers, request)
    earlier = attempt(earlier_receipt, answers, request)
    found = attempt(find_subject, answers, patient, message.resources, answers.today) if patient else None
    is_unborn = found is not None and isinstance(found.subject, Unborn)
    number = attempt(nhs_number, answers, patient) if patient else None
    carers = attempt(two_carers, answers, message, patient, is_unborn=is_unborn) if patient else None
    paths = _paths(request, found.date_path if found else "")
    if found:
        attempt(_checked, paths, check_subject, found.subject, answers.today)
    if patient is None or found is None or carers is None or referrer is None or reasons is None:
        message.findings.check()
        raise AlreadyTold("Bundle")
    if is_unborn:  # the number is the mother's
        answers.paths = {path for path in answers.paths if not path.startswith(f"{patient.path}.identifier")}
    postcode = answers.read_if_right(_POSTCODE, *postcode_of(answers, *homes(message, patient))) or _NO_POSTCODE
    story, gp = _story(answers, request), _gp(answers, message, patient)
    return _Parts(patient, found, carers, referrer, number, reasons, agreement, earlier, story, postcode, gp, paths)


def _asked(message: ReferralMessage, parts: _Parts, words: SentWords) -> ReferralRequest:
    is_self = parts.referrer.source_group is SourceGroup.SELF
    return ReferralRequest(
        subject=parts.found.subject,
        caregiver=parts.carers[0],
        other_caregiver=parts.carers[1],
        referrer=parts.referrer,
        postcode=parts.postcode,
        nhs_number=None if parts.is_unborn else parts.number,
        reasons=parts.reasons,
        story=parts.story,
        consent=parts.agreement or (FamilyAgreement.AGREED if is_self else None),
        in_danger=message.request.resource.priority == _AT_ONCE,
        route=ReferralRoute.TRANSFER if parts.earlier else ReferralRoute.FHIR,
        earlier=parts.earlier,
        talking=_talking(parts.patient),
        gp=parts.gp,
        also_sent=words.words,
    )


def _paths(request: Located[ServiceRequest], date_path: str) -> dict[str, str]:
    return {
        "born_on": date_path,
        "due_on": date_path,
        "reasons": f"{request.path}.reasonCode",
        "phone": f"{request.path}.requester",
        "earlier_received_on": f"{request.path}.extension",
    }


def _checked(paths: Mapping[str, str], check: Any, *given: Any) -> None:
    try:
        check(*given)
    except RuleBroken as refusal:
        raise RuleBroken(refusal.code, refusal.sentence, field=paths.get(refusal.field or "")) from None


def _patient(message: ReferralMessage) -> Located[Patient]:
    request, resources = message.request, message.resources
    patient = resources.find(request.resource.subject, request, "subject", (Patient,))
    if len(resources.of_type(Patient)) > 1:
        raise WrongResource(
            Issue.INVARIANT,
            "Send one Patient: each baby in a message of their own, and parents and carers as RelatedPerson.",
            next(other.path for other in resources.of_type(Patient) if other is not patient),
        )
    return patient


def _check_new(request: Located[ServiceRequest]) -> None:
    resource, path = request.resource, request.path
    if resource.status != "active":
        raise WrongResource(
            Issue.NOT_SUPPORTED,
            "Send the status active: only new referrals are taken. Telephone the team to change or cancel one.",
            f"{path}.status",
        )
    if resource.doNotPerform:
        raise WrongResource(Issue.NOT_SUPPORTED, "This asks not to do something.", f"{path}.doNotPerform")
    codings = [coding for concept in resource.category or () for coding in concept.coding or ()]
    if any(coding.system == REQUEST_CATEGORIES and coding.code != "referral" for coding in codings):
        raise WrongResource(Issue.NOT_SUPPORTED, "Only the category referral is taken.", f"{path}.category")


def _reasons(answers: Answers, request: Located[ServiceRequest]) -> tuple[ReferralReason, ...]:
    """Those of our list; any other reason is kept in words."""
    path, codes = f"{request.path}.reasonCode", set[Any]()
    for place, concept in enumerate(request.resource.reasonCode or ()):
        ours = [coding.code for coding in concept.coding or () if coding.system == REFERRAL_REASONS]
        codes |= set(ours)
        if len(ours) == len(concept.coding or ()) and not concept.text:
            answers.paths.add(f"{path}[{place}]")
    return tuple(sorted(code_of(ReferralReason, code, path) for code in codes))


def _story(answers: Answers, request: Located[ServiceRequest]) -> str:
    notes = [note.text for note in request.resource.note or () if note.text]
    path = f"{request.path}.note"
    story = answers.read_if_right(_STORY, "\n\n".join(notes), path)
    if story:
        answers.paths |= {f"{path}[{place}].text" for place in range(len(notes))}
    answers.paths.discard(path)
    return story or _NO_STORY


def _agreement(answers: Answers, request: Located[ServiceRequest]) -> FamilyAgreement | None:
    """None: the sender did not say."""
    path = f"{request.path}.extension"
    extensions: list[Any] = list(request.resource.extension or ())
    places = [place for place, item in enumerate(extensions) if item.url == FAMILY_AGREEMENT]
    if not places:
        return None
    given: list[Any] = [extensions[place].valueCode for place in places]
    if len(given) != 1 or not given[0]:
        raise WrongResource(
            Issue.INVARIANT,
            f"Send one extension {FAMILY_AGREEMENT} with the valueCode {_list(FamilyAgreement)}.",
            path,
        )
    answers.paths.add(f"{path}[{places[0]}]")
    return code_of(FamilyAgreement, given[0], path)


def _gp(answers: Answers, message: ReferralMessage, patient: Located[Patient]) -> str | None:
    """The name of the practice that was sent along."""
    for place, reference in enumerate(patient.resource.generalPractitioner or ()):
        for one in (*message.resources.of_type(Organization), *message.resources.of_type(Practitioner)):
            if message.resources.leads_to(reference, patient, one) and is_current(one.resource, answers.today):
                return answers.read_if_right(_GP, *named(answers, one))
        if reference.display:
            return answers.read_if_right(_GP, reference.display, f"{patient.path}.generalPractitioner[{place}].display")
    return None


def _talking(patient: Located[Patient]) -> TalkingNeed | None:
    """That an interpreter is needed, and into which language; all else about how to talk stays in words."""
    extensions = patient.resource.extension or ()
    if not any(item.url == INTERPRETER_REQUIRED and item.valueBoolean for item in extensions):
        return None
    spoken = sorted(patient.resource.communication or (), key=lambda one: not one.preferred)
    concepts = [one.language for one in spoken if one.language]
    codings = [coding for concept in concepts[:1] for coding in concept.coding or ()]
    names = [concept.text for concept in concepts[:1]] + [one.display or one.code for one in codings]
    language = next((str(name)[:100] for name in names if name), "not said which language")
    return TalkingNeed(InterpreterNeed.YES, language)


def _words(answers: Answers, message: ReferralMessage) -> SentWords:
    request = message.request
    read = {f"{request.path}.{name}" for name in ("status", "intent")}
    if request.resource.priority not in _SOON:
        read.add(f"{request.path}.priority")
    for place, concept in enumerate(request.resource.category or ()):
        if all(coding.system == REQUEST_CATEGORIES for coding in concept.coding or ()) and not concept.text:
            read.add(f"{request.path}.category[{place}]")
    return sent_words(message.resources.sent, answers.paths | read, answers.today)


def _check_length(words: SentWords) -> None:
    if words.words and len(words.words) > MOST_CHARACTERS:
        raise WrongResource(
            Issue.TOO_LONG,
            f"This says more than people can read: {MOST_CHARACTERS} characters at most. Send what the team needs.",
            "Bundle",
        )


def code_of(kind: type[AnyCode], code: Any, path: str) -> AnyCode:
    """The member of one of our lists.

    Raises:
        WrongResource: there is no such code.
    """
    try:
        return kind(code)
    except ValueError:
        raise WrongResource(Issue.CODE_INVALID, f"Use a code of the list: {_list(kind)}.", path) from None


def _list(kind: type[Code]) -> str:
    return ", ".join(kind)


def _not_kept(message: ReferralMessage, answers: Answers, words: SentWords) -> tuple[tuple[str, str], ...]:
    found = [*answers.unread, *words.not_kept]
    if message.request.resource.priority in _SOON:
        found.append((f"{message.request.path}.priority", "The team decides how urgent it is, from what is written."))
    return tuple(found)
