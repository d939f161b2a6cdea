"""A new referral goes in as the standard has it sent: nothing that it says is lost, and all that is wrong is told."""

from datetime import date
from typing import Any

import pytest

from services.referral.fhir.web.codes import FAMILY_AGREEMENT
from services.referral.fhir.web.destination import check_destination
from services.referral.fhir.web.json_kinds import is_array, is_object
from services.referral.fhir.web.message import read_bundle
from services.referral.fhir.web.referral_request import ReadReferral, read_referral
from services.referral.people.domain.people import Caregiver, NoOtherCaregiver, Relationship
from services.referral.people.domain.safe_contact import InterpreterNeed, TalkingNeed
from services.referral.people.domain.subject import Unborn
from shared.contracts.vocabulary import FamilyAgreement, SourceGroup
from shared.kernel.errors import RuleBroken
from shared.web.questions import Circumstances
from tests.referral.fhir.web.bars_messages import ROLE, Change, add, bars, concept, drop, entry, path, put, ref

CIRCUMSTANCES = Circumstances(date(2026, 3, 2), is_demonstration=True)
PUBLIC_URL = "https://blackpool.example.org"
LEONIE = Caregiver("Leonie Example", Relationship.BIRTH_PARENT, "07700900123")


def read(*changes: Change) -> ReadReferral:
    return read_referral(read_bundle(bars(*changes)), CIRCUMSTANCES)


def carer(name: str, code: str, display: str, **more: Any) -> Change:
    given, family = name.split()
    return add(
        name,
        "RelatedPerson",
        patient=ref("baby"),
        relationship=[concept(code, display, ROLE)],
        name=[{"given": [given], "family": family}],
        **more,
    )


def phone(value: str, **more: Any) -> dict[str, Any]:
    return {"system": "phone", "value": value, **more}


CONTACT = {
    "relationship": [concept("NFTH", "natural father", ROLE)],
    "name": {"family": "Example", "given": ["Dan"]},
    "telecom": [phone("07700 900456", rank=1)],
}

WHOLE: dict[str, tuple[list[Change], dict[str, Any], list[str]]] = {
    "what each profile demands, and no more": ([], {"caregiver": LEONIE}, ["source", "Invented record"]),
    "a requester who is a Practitioner alone": (
        [],
        {"referrer.name": "Ola Sample", "referrer.organisation": "Invented neonatal unit"},
        ["(0)1632 960099"],
    ),
    "a requester in a role of a national code": (
        [
            put("request", requester=ref("role")),
            add(
                "role",
                "PractitionerRole",
                practitioner=ref("nurse"),
                organization=ref("sender"),
                code=[concept("R0600", "Specialist nurse practitioner", "https://fhir.nhs.uk/CodeSystem/SDSJobRole")],
            ),
        ],
        {"referrer.source_group": SourceGroup.OTHER, "referrer.phone": "01632960001"},
        ["Specialist nurse practitioner"],
    ),
    "a requester who is an organisation": (
        [put("request", requester=ref("sender")), drop("nurse")],
        {"referrer.name": "Invented neonatal unit"},
        [],
    ),
    "reasons in SNOMED CT and in words": (
        [
            put(
                "request",
                reasonCode=[{**concept("86569001", "Postpartum state"), "text": "She does not dare to hold her baby"}],
            )
        ],
        {"reasons": ()},
        ["She does not dare to hold her baby", "Postpartum state"],
    ),
    "an interpreter": (
        [
            put(
                "baby",
                extension=[
                    {"url": "http://hl7.org/fhir/StructureDefinition/patient-interpreterRequired", "valueBoolean": True}
                ],
                communication=[
                    {
                        "language": concept("ur", "Urdu", "https://fhir.hl7.org.uk/CodeSystem/UKCore-HumanLanguage"),
                        "preferred": True,
                    }
                ],
            )
        ],
        {"talking": TalkingNeed(InterpreterNeed.YES, "Urdu")},
        ["interpreter required: yes", "Urdu", "preferred yes"],
    ),
    "a dad in Patient.contact": (
        [put("baby", contact=[CONTACT])],
        {"caregiver": LEONIE, "other_caregiver": Caregiver("Dan Example", Relationship.FATHER, "07700900456")},
        [],
    ),
    "a carer only in Patient.contact": (
        [drop("mother"), put("baby", contact=[CONTACT | {"relationship": [{"text": "lives with her"}]}])],
        {"caregiver": Caregiver("Dan Example", Relationship.OTHER, "07700900456")},
        ["lives with her"],
    ),
    "a next of kin beside the mother": (
        [put("baby", contact=[CONTACT | {"relationship": [concept("N", "Next-of-Kin", "http://v2-0131")]}])],
        {"caregiver": LEONIE, "other_caregiver": NoOtherCaregiver.NOT_ASKED},
        ["Dan Example", "07700 900456", "Next-of-Kin"],
    ),
    "four who care for the baby": (
        [
            carer("Gran Example", "MGRMTH", "maternal grandmother", telecom=[phone("01253 960009")]),
            carer("Dan Example", "FTH", "father"),
            carer("Aunt Example", "AUNT", "aunt"),
        ],
        {"caregiver": LEONIE, "other_caregiver": Caregiver("Dan Example", Relationship.FATHER)},
        ["Gran Example", "01253 960009", "maternal grandmother", "Aunt Example"],
    ),
    "a mobile that has ended beside one that holds": (
        [
            put(
                "mother",
                telecom=[
                    phone("07700 900999", use="mobile", rank=1, period={"end": "2021-05-01"}),
                    phone("01253 960002", use="home", rank=2),
                    phone("07700 900124", use="mobile", rank=1),
                ],
            )
        ],
        {"caregiver.phone": "07700900124"},
        ["07700 900999", "no longer current", "until 2021-05-01", "01253 960002"],
    ),
    "a name and a home of earlier": (
        [
            put("mother", name=[{"text": "Leonie Former", "period": {"end": "2020"}}, {"text": "Leonie Example"}]),
            put(
                "baby",
                address=[
                    {"postalCode": "FY4 9ZZ", "period": {"end": "2026-01-01"}},
                    {"postalCode": "FY1 9ZZ", "period": {"start": "2026-01-02"}},
                ],
            ),
        ],
        {"caregiver.name": "Leonie Example", "postcode": "FY1 9ZZ"},
        ["Leonie Former (no longer current)", "FY4 9ZZ (no longer current)"],
    ),
    "somebody who no longer cares for the baby": (
        [carer("Ex Example", "FTHFOST", "foster father", active=False)],
        {"caregiver": LEONIE, "other_caregiver": NoOtherCaregiver.NOT_ASKED},
        ["Someone related to them (no longer current)", "Ex Example"],
    ),
    "alerts": (
        [
            add("flag", "Flag", status="active", subject=ref("baby"), code={"text": "Do not visit alone: violent dog"}),
            add("gone", "Flag", status="inactive", subject=ref("baby"), code={"text": "Infection risk"}),
        ],
        {},
        ["Alert\n", "Do not visit alone: violent dog", "Alert (no longer current)\n", "Infection risk"],
    ),
    "consent": (
        [
            add(
                "consent",
                "Consent",
                status="active",
                scope=concept("patient-privacy", "Privacy Consent", "http://consentscope"),
                patient=ref("baby"),
                provision={"type": "deny", "purpose": [{"code": "FAMRQT", "display": "Tell the father"}]},
            )
        ],
        {"consent": None},
        ["Consent\n", "type deny", "Tell the father"],
    ),
    "a questionnaire with its answers": (
        [
            add("asked", "Questionnaire", status="active", title="Whooley questions"),
            add(
                "answered",
                "QuestionnaireResponse",
                status="completed",
                item=[
                    {"linkId": "1", "text": "Often bothered by feeling down?", "answer": [{"valueBoolean": True}]},
                    {"linkId": "2", "text": "Thoughts of harm?", "answer": [{"valueString": "Sometimes at night"}]},
                ],
            ),
        ],
        {},
        ["Whooley questions", "Often bothered by feeling down?", "yes", "Sometimes at night"],
    ),
    "allergies, medicine, measurements and a plan": (
        [
            add(
                "allergy",
                "AllergyIntolerance",
                patient=ref("baby"),
                clinicalStatus=concept("active", "Active", "http://allergy"),
                code=concept("3718001", "Cow's milk"),
                reaction=[{"manifestation": [concept("247472004", "Hives")]}],
            ),
            add(
                "medicine",
                "MedicationStatement",
                status="active",
                subject=ref("baby"),
                medicationCodeableConcept={"text": "Ranitidine"},
                dosage=[{"text": "twice a day"}],
            ),
            add(
                "weight",
                "Observation",
                status="final",
                code=concept("27113001", "Body weight"),
                valueQuantity={"value": 4.2, "unit": "kg"},
            ),
            add("plan", "CarePlan", status="active", intent="plan", subject=ref("baby"), description="Weekly visits"),
            add("care", "CareTeam", status="active", name="Health visitors"),
            add("where", "Location", name="Flat 3, buzzer does not work", status="active"),
        ],
        {},
        ["Cow's milk", "Hives", "Ranitidine", "twice a day", "4.2 kg", "Weekly visits", "buzzer does not work"],
    ),
    "a practice, other identifiers, and no home": (
        [
            put(
                "baby",
                address=None,
                identifier=[{"system": "https://x.example.org/record", "value": "77-1"}, {"value": "A9"}],
                generalPractitioner=[ref("practice")],
            ),
            add("practice", "Organization", name="Invented surgery"),
        ],
        {"gp": "Invented surgery", "nhs_number": None, "postcode": "ZZ99 3WZ"},
        ["77-1 (record)", "A9"],
    ),
    "telephone numbers as people have them": (
        [
            put("nurse", telecom=[phone("01632 960001 ext 234")]),
            put("mother", telecom=[phone("ask the ward for it")]),
        ],
        {"referrer.phone": "01632960001 ext 234", "caregiver.phone": None},
        ["ask the ward for it"],
    ),
    "an unborn baby of a mother with much to say": (
        [
            put(
                "baby",
                name=[{"family": "Invented", "given": ["Amina"]}],
                birthDate="1998-04-01",
                telecom=[phone("07700 900456", use="mobile")],
                maritalStatus={"text": "separated, he must not know the address"},
            ),
            drop("mother"),
            add(
                "due",
                "Observation",
                status="final",
                code=concept("161714006", "Estimated date of delivery"),
                subject=ref("baby"),
                valueDateTime="2026-06-20",
            ),
            put("request", note=[{"text": "First baby."}, {"text": "She is afraid."}], priority="urgent"),
        ],
        {"subject": Unborn(date(2026, 6, 20)), "nhs_number": None, "story": "First baby.\n\nShe is afraid."},
        ["separated, he must not know the address", "9990000026", "priority: urgent", "birth date: 1998-04-01"],
    ),
}


@pytest.mark.parametrize("name", WHOLE)
def test_a_conformant_referral_goes_in_with_all_that_it_says(name: str) -> None:
    changes, expected, said = WHOLE[name]

    request = read(*changes).request

    for field, value in expected.items():
        found: Any = request
        for part in field.split("."):
            found = getattr(found, part)
        assert found == value, field
    assert [words for words in said if words not in (request.also_sent or "")] == []


def test_there_are_twenty_of_them() -> None:
    assert len(WHOLE) == 20


def test_safety_and_consent_stand_first() -> None:
    flag = add("flag", "Flag", status="active", subject=ref("baby"), code={"text": "Do not visit alone"})
    consent = add("consent", "Consent", status="active", patient=ref("baby"))

    words = read(consent, flag).request.also_sent or ""

    assert [block.split("\n")[0] for block in words.split("\n\n")][:2] == ["Alert", "Consent"]


def test_what_was_entered_in_error_is_not_shown_and_its_sender_is_told() -> None:
    wrong = add("wrong", "Flag", status="entered-in-error", subject=ref("baby"), code={"text": "Of another child"})

    found = read(wrong)

    assert "Of another child" not in (found.request.also_sent or "")
    assert (path(bars(wrong), "wrong"), "This says that it was entered in error. It was not kept.") in found.not_kept


def test_that_a_document_cannot_be_taken_is_told_to_both() -> None:
    letter = add(
        "letter",
        "DocumentReference",
        status="current",
        content=[{"attachment": {"contentType": "application/pdf", "title": "Discharge letter", "data": "AAAA"}}],
    )

    found = read(letter)

    assert "Discharge letter" in (found.request.also_sent or "")
    assert "AAAA" not in (found.request.also_sent or "")
    assert [place for place, _ in found.not_kept] == [f"{path(bars(letter), 'letter')}.content[0].attachment"]


def also_sent(*changes: Change) -> str:
    return read(*changes).request.also_sent or ""


@pytest.mark.parametrize("said", [FamilyAgreement.DISAGREED, FamilyAgreement.UNSAFE_TO_TELL])
def test_what_a_parent_says_of_agreement_is_kept_as_it_was_said(said: FamilyAgreement) -> None:
    asked = read(put("request", requester=ref("mother"), extension=[{"url": FAMILY_AGREEMENT, "valueCode": said}]))

    assert (asked.request.is_self, asked.request.consent) == (True, said)


def test_a_consent_about_some_data_is_no_document() -> None:
    provision = {"type": "deny", "data": [{"meaning": "instance", "reference": ref("baby")}]}

    found = read(add("consent", "Consent", status="active", patient=ref("baby"), provision=provision))

    assert "type deny" in (found.request.also_sent or "")
    assert "document" not in (found.request.also_sent or "")
    assert found.not_kept == ()


def test_a_refused_consent_is_current() -> None:
    words = also_sent(add("consent", "Consent", status="rejected", patient=ref("baby")))

    assert "Consent\n" in words
    assert "status: rejected" in words


@pytest.mark.parametrize(("status", "is_kept"), [("additional", True), ("generated", False)])
def test_what_somebody_wrote_of_a_whole_resource_is_kept(status: str, *, is_kept: bool) -> None:
    div = '<div xmlns="http://www.w3.org/1999/xhtml"><p>Her partner listens &amp; reads<br/>her messages</p></div>'

    words = also_sent(add("flag", "Flag", status="active", subject=ref("baby"), text={"status": status, "div": div}))

    assert ("Her partner listens & reads her messages" in words) is is_kept


def test_what_no_shape_names_is_said_beside_it_and_a_line_is_one_line() -> None:
    never = {"url": "https://x/Extension-Never-Ring", "valueString": "never ring"}
    words = also_sent(
        add("care", "CareTeam", telecom=[phone("01632 960004", rank=3, extension=[never])]),
        put(
            "baby",
            address=[{"line": ["1 Street"], "city": "Truro", "state": "Cornwall", "period": {"end": "2027-01-01"}}],
        ),
        add("flag", "Flag", status="active", subject=ref("baby"), code={"text": "dog\n\nConsent\nstatus: active"}),
    )

    assert [said for said in ("never ring", "rank 3", "Cornwall", "until 2027-01-01") if said not in words] == []
    assert "dog Consent status: active" in words


WORDS = "Zqxj"


def everywhere(value: Any, place: str = "") -> list[str]:
    """Each text of the message that a person wrote, by its path."""
    if is_object(value):
        return [one for name, inner in value.items() for one in everywhere(inner, f"{place}.{name}")]
    if is_array(value):
        return [one for number, inner in enumerate(value) for one in everywhere(inner, f"{place}[{number}]")]
    return [place] if isinstance(value, str) and value.startswith(WORDS) else []


def test_every_text_about_a_person_is_in_a_field_or_in_the_words() -> None:
    """Each element of the profiles of people that holds words, filled with words of its own."""
    texts = iter(f"{WORDS}{number:03d}" for number in range(200))

    def text() -> str:
        return next(texts)

    def words() -> dict[str, Any]:
        return {"text": text()}

    changes = [
        put(
            "baby",
            maritalStatus=words(),
            contact=[
                {
                    "relationship": [words()],
                    "name": {"text": text()},
                    "telecom": [{"system": "email", "value": text()}],
                    "address": {"line": [text()], "city": text()},
                    "organization": {"display": text()},
                }
            ],
            communication=[{"language": words()}],
            generalPractitioner=[{"display": text()}, {"display": text()}],
            managingOrganization={"display": text()},
            extension=[
                {
                    "url": "https://x/Extension-UKCore-ContactPreference",
                    "extension": [{"url": "PreferredContactTimes", "valueString": text()}],
                },
                {"url": "https://x/Extension-UKCore-EthnicCategory", "valueCodeableConcept": words()},
            ],
        ),
        put(
            "request",
            reasonCode=[words()],
            code=words(),
            orderDetail=[words()],
            performerType=words(),
            locationCode=[words()],
            bodySite=[words()],
            note=[{"text": text(), "authorString": text()}],
            patientInstruction=text(),
            supportingInfo=[{"display": text()}],
            occurrenceTiming={"code": words()},
            asNeededCodeableConcept=words(),
        ),
        put("nurse", qualification=[{"code": words()}], communication=[words()]),
        put("mother", communication=[{"language": words()}], address=[{"line": [text()], "text": text()}]),
        add("flag", "Flag", status="active", subject=ref("baby"), category=[words()], code=words()),
        add("condition", "Condition", subject=ref("baby"), code=words(), note=[words()], stage=[{"summary": words()}]),
        add(
            "risk",
            "RiskAssessment",
            status="final",
            subject=ref("baby"),
            mitigation=text(),
            prediction=[{"outcome": words(), "rationale": text()}],
        ),
        add("consent", "Consent", status="active", patient=ref("baby"), policyRule=words(), provision={"type": text()}),
        add("place", "Encounter", status="finished", location=[{"location": {"display": text()}, "status": text()}]),
        add("task", "Task", status="requested", intent="order", description=text(), note=[words()]),
    ]
    message = bars(*changes)

    request = read_referral(read_bundle(message), CIRCUMSTANCES).request

    kept = repr(request)
    sent = everywhere(message)
    assert len(sent) > 35
    lost = [place for place in sent if str(value_at(message, place)) not in kept]
    assert lost == []


def value_at(value: Any, place: str) -> Any:
    for step in place.replace("[", ".[").split(".")[1:]:
        value = value[int(step[1:-1])] if step.startswith("[") else value[step]
    return value


WRONG: dict[str, tuple[list[Change], list[tuple[str, str]]]] = {
    "a cancellation": ([put("request", status="revoked")], [("not-supported", "request.status")]),
    "not to be done": ([put("request", doNotPerform=True)], [("not-supported", "request.doNotPerform")]),
    "another event": (
        [
            put(
                "header",
                eventCoding={"system": "https://fhir.nhs.uk/CodeSystem/message-events-bars", "code": "booking-request"},
            )
        ],
        [("not-supported", "header.eventCoding")],
    ),
    "an update": (
        [
            put(
                "header",
                reason={"coding": [{"system": "https://fhir.nhs.uk/CodeSystem/message-reason-bars", "code": "update"}]},
            )
        ],
        [("not-supported", "header.reason")],
    ),
    "an answer": ([put("header", response={"identifier": "1", "code": "ok"})], [("not-supported", "header.response")]),
    "no focus": ([put("header", focus=[])], [("invariant", "header.focus")]),
    "no subject": ([put("request", subject={"display": "Shannon"})], [("required", "request.subject")]),
    "a subject who was not sent": ([put("request", subject=ref("nobody"))], [("not-found", "request.subject")]),
    "a requester who was not sent": ([put("request", requester=ref("nobody"))], [("not-found", "request.requester")]),
    "a baby without a birth date": ([put("baby", birthDate=None)], [("required", "baby.birthDate")]),
    "a baby without a name": ([put("baby", name=None)], [("required", "baby.name")]),
    "a baby who has died": ([put("baby", deceasedBoolean=True)], [("value", "baby.deceased")]),
    "a record not in use": ([put("baby", active=False)], [("value", "baby.active")]),
    "a birth date in the future": ([put("baby", birthDate="2026-03-09")], [("business-rule", "baby.birthDate")]),
    "a wrong NHS number": (
        [put("baby", identifier=[{"system": "https://fhir.nhs.uk/Id/nhs-number", "value": "9990000027"}])],
        [("value", "baby.identifier[0].value")],
    ),
    "nobody who cares for the baby": ([drop("mother")], [("required", "baby.link")]),
    "a carer without a name": ([put("mother", name=None)], [("required", "mother.name")]),
    "a meaning that is not known": (
        [put("request", modifierExtension=[{"url": "https://x", "valueBoolean": True}])],
        [("extension", "request.modifierExtension")],
    ),
    "an element that FHIR does not have": ([put("nurse", mood="fine")], [("structure", "nurse")]),
    "a reference to another server": (
        [put("encounter", subject={"reference": "https://elsewhere.example.org/Patient/1"})],
        [("not-supported", "encounter")],
    ),
}


def told(*changes: Change) -> list[tuple[str, str | None]]:
    """Issue and FHIRPath of all that the answer names."""
    with pytest.raises(RuleBroken) as refused:
        read(*changes)
    return [(one.code.removeprefix("fhir_"), one.field) for one in (refused.value, *refused.value.others)]


@pytest.mark.parametrize("name", WRONG)
def test_one_thing_that_is_wrong_is_told_with_its_place(name: str) -> None:
    changes, expected = WRONG[name]
    message = bars(*changes)
    places = [
        (code, path(message, place.partition(".")[0]) + "".join(place.partition(".")[1:])) for code, place in expected
    ]

    found = told(*changes)

    assert len(WRONG) == 20
    assert [place for _, place in found] == [place for _, place in places]
    assert [code for code, _ in found] == [code if code != "business-rule" else found[0][0] for code, _ in places]


def test_all_that_is_wrong_is_told_at_once() -> None:
    changes = [
        put("header", reason=concept("update", "update", "https://fhir.nhs.uk/CodeSystem/message-reason-bars")),
        put(
            "request",
            status="revoked",
            doNotPerform=True,
            requester=ref("nobody"),
            reasonCode=[concept("odd", "Odd", "https://pairs.uk/fhir/CodeSystem/referral-reason")],
        ),
        put(
            "baby",
            name=None,
            birthDate=None,
            gender=7,
            identifier=[{"system": "https://fhir.nhs.uk/Id/nhs-number", "value": "1"}],
        ),
        put("nurse", mood="fine", gender=False),
        put("encounter", subject={"reference": "https://elsewhere.example.org/Patient/1"}),
    ]

    places = [place for _, place in told(*changes)]

    message = bars(*changes)
    names = {name: path(message, name) for name in ("header", "request", "baby", "nurse", "encounter")}
    assert set(places) >= {
        f"{names['header']}.reason",
        f"{names['request']}.status",
        f"{names['request']}.requester",
        f"{names['request']}.reasonCode",
        f"{names['baby']}.gender",
        f"{names['nurse']}.gender",
        names["nurse"],
        names["encounter"],
    }
    assert len(places) == len(set(places))


@pytest.mark.parametrize(
    ("destination", "service_ids", "is_taken"),
    [
        ({"endpoint": "https://fhir.nhs.uk/Id/dos-service-id|2000072489"}, set[str](), True),
        ({"endpoint": "https://fhir.nhs.uk/Id/dos-service-id|2000072489"}, {"2000072489"}, True),
        ({"endpoint": "https://fhir.nhs.uk/Id/dos-service-id|1111111111"}, {"2000072489"}, False),
        ({"endpoint": "https://fhir.nhs.uk/Id/dos-service-id|1", "receiver": ref("receiver")}, {"RXL"}, True),
        ({"endpoint": "https://fhir.nhs.uk/Id/dos-service-id|1", "receiver": ref("sender")}, {"RXL"}, False),
        ({"endpoint": f"{PUBLIC_URL}/fhir/$process-message"}, set[str](), True),
        ({"endpoint": PUBLIC_URL}, {"RXL"}, True),
        ({"endpoint": "https://other.example.org/fhir/$process-message"}, set[str](), False),
        ({"endpoint": f"{PUBLIC_URL}.evil.example.org/fhir"}, set[str](), False),
        ({"endpoint": "https://proxy.example.org/fhir", "receiver": ref("receiver")}, {"RXL"}, True),
    ],
)
def test_a_message_for_another_service_is_not_taken(
    destination: dict[str, Any], service_ids: set[str], is_taken: bool
) -> None:
    message = read_bundle(bars(put("header", destination=[destination])))

    message.findings.attempt(check_destination, message, PUBLIC_URL, service_ids)

    if is_taken:
        read_referral(message, CIRCUMSTANCES)
    else:
        with pytest.raises(RuleBroken, match="not-supported") as refused:
            read_referral(message, CIRCUMSTANCES)
        assert refused.value.field == "Bundle.entry[0].resource.destination"


def test_nothing_that_a_machine_put_there_is_shown_as_if_a_person_had_said_it() -> None:
    words = read().request.also_sent or ""

    assert "urn:uuid" not in words
    assert "StructureDefinition" not in words
    assert entry(bars(), "header")["definition"] not in words
