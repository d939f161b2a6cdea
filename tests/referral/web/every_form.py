"""A right answer to every form of a team, by the app's own index; for tests.

A form that is not named here makes `right_answer` fail with its path, so that no new form escapes.
"""

from collections.abc import Callable, Mapping
from typing import Any

from services.referral.contents import SERVICE
from shared.manifest import Person
from shared.staff.form_routes import FormEntry, forms_of
from tests.referral.web.visitor import LEAD
from tests.referral.whole_record import WholeRecord

Answer = Mapping[str, Any]

FORMS = [form for page in SERVICE.pages() for form in forms_of(page.router.routes)]

WORDS = "Words of a test that stand on one page only."


def day(name: str, day: int, month: int = 3, year: int = 2026) -> dict[str, str]:
    return {f"{name}-day": str(day), f"{name}-month": str(month), f"{name}-year": str(year)}


def right_answer(form: FormEntry, record: WholeRecord) -> Answer:
    """What is typed into the form besides what it holds already."""
    assert form.path in _RIGHT, f"{form.path}: say in every_form.py what a right answer to it is"
    return _RIGHT[form.path](record)


def sender_of(form: FormEntry) -> Person:  # noqa: ARG001
    """Somebody who may send it."""
    return LEAD


def _session(record: WholeRecord) -> Answer:
    return {
        "practitioner": str(record.family.practitioner.id),
        "people": [str(record.family.leonie), str(record.family.shannon)],
        "interpreter": "used",
        "note": WORDS,
    }


def _booking(record: WholeRecord) -> Answer:
    return {**_session(record), **day("starts_on", 9), "starts_at": "2.30pm", "interpreter": "booked"}


_FAMILY = "/families/{family_id}"
_RIGHT: Mapping[str, Callable[[WholeRecord], Answer]] = {
    f"{_FAMILY}/sessions/new": _session,
    f"{_FAMILY}/sessions/{{contact_id}}/change": lambda _: {"note": WORDS},
    f"{_FAMILY}/appointments/new": _booking,
    f"{_FAMILY}/appointments/{{contact_id}}/move": lambda _: day("starts_on", 10),
    f"{_FAMILY}/appointments/{{contact_id}}/cancel": lambda _: {"attendance": "cancelled_by_family", "note": WORDS},
    f"{_FAMILY}/liaison/new": lambda _: {
        "way": "telephone",
        "profession": "health_visitor",
        "about": WORDS,
        "basis": "consent",
        "happened_at": "8am",
    },
    f"{_FAMILY}/risk-notes": lambda _: {
        "concern": WORDS,
        "action": "Rang the duty social worker.",
        "told": "The lead.",
    },
}
