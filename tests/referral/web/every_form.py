"""A right answer to every form of a team, by the app's own index; for tests.

Each question that must be answered gets the first answer that it offers, or words; what is right besides is said here.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from services.referral.contents import SERVICE
from services.referral.groups.web.forms.group import family_field
from shared.manifest import Person
from shared.staff.form_routes import FormEntry, forms_of
from shared.testing.forms_in_page import Fields, FormInPage
from shared.testing.usual_answer import WORDS, usual_answer
from shared.web.permissions import PUBLIC
from tests.referral.builders import TODAY
from tests.referral.intake.web.test_caseload_import import file_of, hash_of, row
from tests.referral.intake.web.test_new_referral import FORM
from tests.referral.web.test_staff_pages import CLOSE, MOVE
from tests.referral.web.visitor import LEAD
from tests.referral.whole_record import WholeRecord

Answer = Mapping[str, Any]

FORMS = [form for page in SERVICE.pages() for form in forms_of(page.router.routes)]


def one_of_each_kind(forms: Sequence[FormEntry]) -> list[FormEntry]:
    """The first of those that the form engine treats alike: what it does by itself, it does with all of them."""
    return [*{_kind(form): form for form in reversed(forms)}.values()][::-1]


def _kind(form: FormEntry) -> tuple[object, ...]:
    page = form.page
    return (
        page.may is PUBLIC,
        *(bool(one) for one in (page.template, page.opens, page.form_at, page.alike, page.stored, page.entered)),
        *(page.is_typed, page.is_read_by_all, page.asks_for_proof, form.path in FILES, callable(page.capability)),
    )


CASELOAD = file_of(row(nhs_number=""))
"""A family that may be one of the record's, and someone has looked."""


def sender_of(form: FormEntry) -> Person:  # noqa: ARG001 - the lead may send all of them
    """Someone who may send it."""
    return LEAD


def right_answer(form: FormEntry, found: FormInPage, record: WholeRecord) -> Fields:
    """What a browser would send of the form as it was found on its page, once it is filled in."""
    answer = usual_answer(form, found, TODAY)
    for name, value in _ALSO.get(form.path, lambda _: {})(record).items():
        answer[name] = value if isinstance(value, list) else [value]
    return answer


def page_of(form: FormEntry, record: WholeRecord) -> str:
    """Where the form can be sent, if that is another page than the one which the record usually has."""
    return _PAGES.get(form.path, lambda _: "")(record)


def day(name: str, day: int, month: int = 3, year: int = 2026) -> dict[str, str]:
    return {f"{name}-day": str(day), f"{name}-month": str(month), f"{name}-year": str(year)}


def _session(record: WholeRecord) -> Answer:
    return {
        "practitioner": str(record.family.practitioner.id),
        "people": [str(record.family.leonie), str(record.family.shannon)],
        "interpreter": "used",
        "note": WORDS,
    }


def _booking(record: WholeRecord) -> Answer:
    return {**_session(record), "starts_on": "9/3/2026", "starts_at": "2.30pm", "interpreter": "booked"}


def _settles(record: WholeRecord) -> Answer:
    """Of a form that ends work with a family of whom a risk is noted."""
    return {"safety_to": str(record.family.practitioner.id), "is_seen": "yes"}


def _hands_on(record: WholeRecord) -> Answer:
    return {"safety_to": str(record.family.practitioner.id)}


def _measure(_: WholeRecord) -> Answer:
    return {f"item_{number}": "1" for number in range(1, 11)}


_FAMILY = "/families/{family_id}"
_REFERRAL = "/referrals/{referral_id}"
_PAGES: Mapping[str, Callable[[WholeRecord], str]] = {
    f"{_FAMILY}/break-glass": lambda record: f"/families/{record.restricted}",
    f"{_FAMILY}/merge": lambda record: f"/families/{record.merged}/merge?with={record.discharged}",
    f"{_FAMILY}/restriction/lift": lambda record: f"/families/{record.guarded}/restriction",
    "/letters/{letter_id}/issue": lambda record: f"/letters/{record.finished_letter}",
    f"{_FAMILY}/letters/new": lambda record: (
        f"/families/{record.family.family_id}/letters/new?kind=professional_formulation"
    ),
}
_ALSO: Mapping[str, Callable[[WholeRecord], Answer]] = {
    f"{_FAMILY}/plan/hand-over-complete": _settles,
    f"{_FAMILY}/plan/{{subject_id}}/end-strand": _hands_on,
    "/groups/{group_id}/places/{place_id}/leave": _hands_on,
    "/groups/{group_id}/end": _hands_on,
    f"{_FAMILY}/discharge": lambda record: {
        **_settles(record),
        "ending": "completed",
        "family_agreement": "agreed",
        "what_changed": WORDS,
        "infant_voice": WORDS,
        "onward": WORDS,
        "without_measures": "declined",
    },
    f"{_FAMILY}/holds/new": lambda _: {"reason": "litigation"},
    f"{_FAMILY}/people/add-baby": lambda _: {
        **day("born_on", 20, 10, 2025),
        "relationship_1": "birth_parent",
        "relationship_2": "father",
    },
    f"{_FAMILY}/people/add-carer": lambda _: {"relationship_1": "kinship", "relationship_2": "kinship"},
    f"{_FAMILY}/people/add-known": lambda record: {
        "nhs_number": "9990000018",
        "kind": "other",
        "person_id": str(record.family.shannon),
    },
    f"{_FAMILY}/people/add-flag": lambda _: day("review_on", 1, 6),
    f"{_FAMILY}/plan/agree": lambda _: {"intervention": "states_and_cues"},
    f"{_FAMILY}/sessions/new": _session,
    f"{_FAMILY}/sessions/{{contact_id}}/change": lambda _: {"note": WORDS},
    f"{_FAMILY}/appointments/new": _booking,
    f"{_FAMILY}/appointments/{{contact_id}}/move": lambda _: {"starts_on": "10/3/2026"},
    f"{_FAMILY}/tier": lambda _: {name: value for name, value in MOVE.items() if name != "version"},
    f"{_FAMILY}/measures/new": _measure,
    f"{_FAMILY}/liaison/new": lambda _: {"profession": "health_visitor", "basis": "consent", "happened_at": "8am"},
    f"{_REFERRAL}/decide": lambda _: {name: value for name, value in CLOSE.items() if name != "version"},
    "/referrals/new": lambda _: FORM,
    "/caseload/import": lambda _: {"looked": hash_of(CASELOAD)},
    "/groups/{group_id}/sessions/new": lambda record: {family_field(record.family.family_id): "came"},
    "/settings/letters/{name}": lambda _: {"act": "store"},
    "/m/{token}": _measure,
}
"""Path → what is right besides."""

FILES: Mapping[str, Mapping[str, tuple[str, bytes, str]]] = {
    "/caseload/import": {"file": ("caseload.csv", CASELOAD.encode(), "text/csv")}
}
"""Path → what is sent with it."""
