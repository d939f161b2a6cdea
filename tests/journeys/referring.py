"""Fill the public form, accept and move a family, by the pages that people use and without JavaScript."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

import httpx

from shared.kernel.clock import london_date, machine_clock

Answers = Mapping[str, str | Sequence[str]]

CANARIES = (
    "Canaria Finchley",
    "Zebedee Canarywing",
    "Quillon Canarybill",
    "Birdcage Practice",
    "FY4 9ZZ",
    "07700 900777",
    "07700 900778",
    "canary.perch@example.org",
    "999 000 0050",
    "the canary sings at dusk",
    "a canary explained it",
    "canary moved up",
    "canary's surgery",
)
"""Words that no program would make by itself, one for each thing that a person types."""


def a_date(name: str, day: date) -> dict[str, str]:
    return {f"{name}-day": str(day.day), f"{name}-month": str(day.month), f"{name}-year": str(day.year)}


def today() -> date:
    return london_date(machine_clock())


def a_health_visitors_answers() -> dict[str, Answers]:
    """Page of the public form → what is typed there."""
    return {
        "who": {"source_group": "health_visiting"},
        "danger": {"in_danger": "no"},
        "referrer": {
            "referrer_name": "Quillon Canarybill",
            "organisation": "Birdcage Practice",
            "phone": "07700 900777",
            "email": "canary.perch@example.org",
        },
        "consent": {"consent": "agreed"},
        "born": {"born": "yes"},
        "baby": {"baby_name": "Canaria Finchley", **a_date("born_on", today() - timedelta(days=60))},
        "nhs-number": {"nhs_number": "999 000 0050"},
        "caregiver": {
            "caregiver_name": "Zebedee Canarywing",
            "relationship": "father",
        },
        "parent-contact": {"phone": "07700 900778", "contact_ways": ["text", "call"], "when_answered": "hang_up"},
        "talking": {"interpreter": "no"},
        "other-carer": {"other_caregiver": "not_known"},
        "home": {"postcode": "FY4 9ZZ"},
        "reasons": {"reasons": ["bonding", "neonatal_stay"]},
        "story": {"story": "In the evening the canary sings at dusk."},
        "professionals": {"safeguarding": "no", "safeguarding_note": "", "gp": "The canary's surgery"},
    }


async def refer(client: httpx.AsyncClient, answers: Mapping[str, Answers] | None = None) -> str:
    """Fill the public form from its start to its end; the reference that it gives."""
    answers = answers or a_health_visitors_answers()
    page = await client.post("/refer")
    while (name := page.url.path.rsplit("/", 1)[-1]) != "check":
        assert page.status_code == 200, page.text
        assert name in answers, f"the form asks {name}"
        page = await client.post(page.url.path, data=dict(answers[name]))
    sent = await client.post(page.url.path)
    assert sent.url.path.endswith("/sent"), sent.text
    return re.search(r"[A-Z]{3}-\d{4}-\d{6}", sent.text)[0]  # type: ignore[index]


async def accept(staff: httpx.AsyncClient, reference: str, *, level: str = "targeted") -> str:
    """Accept a referral from the triage queue; the path of the episode's page."""
    queue = (await staff.get("/triage")).text
    path = link_to(queue, reference)
    page = (await staff.get(path)).text
    answer = await staff.post(
        f"{path}/decide",
        data={
            **hidden_fields(page, f"{path}/decide"),
            "decision": "accept",
            "urgency": "routine",
            "level": level,
            "flags": ["direct_work"],
            **a_date("review_on", today() + timedelta(days=84)),
        },
    )
    found = re.search(r'href="(/families/[0-9a-f-]+)"', answer.text)
    assert found, answer.text
    return found[1]


async def move(staff: httpx.AsyncClient, family: str, *, to_level: str = "specialist") -> None:
    page = (await staff.get(f"{family}/tier")).text
    answer = await staff.post(
        f"{family}/tier",
        data={
            **hidden_fields(page, f"{family}/tier"),
            "level": to_level,
            "flags": ["direct_work"],
            "reason": "need_increased",
            "family_agreement": "agreed",
            "note": "canary moved up",
            **a_date("effective_from", today()),
            **a_date("mdt_on", today()),
            **a_date("review_on", today() + timedelta(days=84)),
        },
    )
    assert answer.status_code == 200, answer.text


async def close(staff: httpx.AsyncClient, reference: str) -> None:
    path = link_to((await staff.get("/triage")).text, reference)
    page = (await staff.get(path)).text
    answer = await staff.post(
        f"{path}/decide",
        data={
            **hidden_fields(page, f"{path}/decide"),
            "decision": "not_accepted",
            "outcome": "advice_only",
            "reason": "needs_met_elsewhere",
            "explanation": "At length a canary explained it to the referrer.",
            "told": ["referrer"],
        },
    )
    assert answer.status_code == 200, answer.text


def link_to(page: str, words: str) -> str:
    """The address of the link in the table's row that has these words."""
    [row] = [row for row in re.findall(r"<tr.*?</tr>", page, re.DOTALL) if words in row]
    return re.search(r'href="([^"]+)"', row)[1]  # type: ignore[index]


def hidden_fields(page: str, action: str) -> dict[str, str]:
    """The hidden fields of the form that is sent to this address, which a form without one is: that of its page."""
    sent_to = rf'(?=[^>]*action="{re.escape(action)}")|(?![^>]*action=)(?=[^>]*method="post")'
    form = re.search(rf"<form(?:{sent_to})[^>]*>(.*?)</form>", page, re.DOTALL)
    assert form, f"no form is sent to {action}"
    inputs = re.findall(r"<input[^>]*type=\"hidden\"[^>]*>", form[1])
    return {_attribute(tag, "name"): _attribute(tag, "value") for tag in inputs}


def _attribute(tag: str, name: str) -> str:
    found = re.search(rf'{name}="([^"]*)"', tag)
    return found[1] if found else ""
