"""Someone who uses a team's pages, and what they answer."""

import re
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import httpx
from fastapi import FastAPI

from services.referral.contents import SERVICE
from services.referral.settings import ReferralSettings
from shared.contracts.vocabulary import Role
from shared.manifest import Person
from shared.process import create_pages
from shared.testing.direct_sign_in import direct_sign_in
from shared.testing.visitor import ADDRESS, Browser, hidden_in, signs_in
from shared.testing.visitor import client_of as client_for
from tests.referral.a_team import REGION_KEY, ATeam
from tests.referral.measures.builders import PACK

PHONE_LINE = "01632 960 001, Monday to Friday, 9am to 5pm"

PRACTITIONER = Person(UUID(int=101), "Priya Sample", frozenset({Role.PRACTITIONER}))
LEAD = Person(UUID(int=102), "Tom Specimen", frozenset({Role.TEAM_LEAD}))
ADMINISTRATOR = Person(UUID(int=103), "Ann Pattern", frozenset({Role.TEAM_ADMINISTRATOR}))
REGIONAL_LEAD = Person(UUID(int=104), "Rae Region", frozenset({Role.REGIONAL_LEAD}))
PEOPLE = (PRACTITIONER, LEAD, ADMINISTRATOR, REGIONAL_LEAD)

Answers = dict[str, dict[str, Any]]

PROFESSIONAL: Answers = {
    "who": {"source_group": "health_visiting"},
    "danger": {"in_danger": "no"},
    "referrer": {
        "referrer_name": "Ola Sample",
        "organisation": "Blackpool health visiting",
        "phone": "",
        "email": "ola@example.org",
    },
    "consent": {"consent": "agreed"},
    "born": {"born": "yes"},
    "baby": {"baby_name": "Shannon Example", "born_on-day": "20", "born_on-month": "10", "born_on-year": "2025"},
    "nhs-number": {"nhs_number": "999 000 0018"},
    "caregiver": {"caregiver_name": "Leonie Example", "relationship": "birth_parent"},
    "parent-contact": {"phone": "07700 900123", "contact_ways": ["text", "call"], "when_answered": "say_nhs"},
    "talking": {"interpreter": "no"},
    "other-carer": {"other_caregiver": "yes"},
    "other-carer-name": {"other_name": "Dan Example", "relationship": "father", "phone": ""},
    "home": {"postcode": "fy19zz"},
    "reasons": {"reasons": ["bonding", "neonatal_stay"]},
    "story": {"story": "Shannon looks away when Leonie bends over the cot."},
    "professionals": {"safeguarding": "no"},
}
"""What a health visitor answers, page by page."""

PARENT: Answers = {
    "who": {"source_group": "self"},
    "danger": {"in_danger": "no"},
    "about-you": {"your_name": "Olivia Example", "relationship": "birth_parent"},
    "contact": {"phone": "07700 900456", "contact_ways": ["text"], "email": ""},
    "born": {"born": "no"},
    "due": {"due_on-day": "1", "due_on-month": "June", "due_on-year": "2026"},
    "talking": {"interpreter": "yes", "language": "Polish", "talk_times": ["mornings"]},
    "other-carer": {"other_caregiver": "unsafe"},
    "home": {"postcode": "ZZ99 3VZ"},
    "reasons": {"reasons": "own_childhood"},
    "story": {"story": "I am afraid that I will not know how."},
}
"""What someone answers who expects a baby."""


def visible_in(page: str) -> str:
    """Without what a form carries along unseen."""
    return re.sub(r'<input type="hidden"[^>]*>', "", page)


def settings_of(team: ATeam, **changes: Any) -> ReferralSettings:
    usual = {
        "team": team.slug,
        "database_url": "postgresql://unused@127.0.0.1/unused",
        "redis_url": "redis://127.0.0.1",
        "region_key": REGION_KEY.hex(),
        "port": 8000,
        "private_port": 8001,
        "public_url": ADDRESS,
        "sign_in": "demonstration",
        "phone_line": PHONE_LINE,
        "measures_folder": PACK,
    }
    return ReferralSettings.model_validate({**usual, **changes})


def pages_of(team: ATeam, **settings: Any) -> FastAPI:
    """The team's pages; their clock is the team's."""
    given = settings_of(team, **settings)
    return create_pages(SERVICE, given, team.engine, lambda: team.now, signs_in=direct_sign_in(given, PEOPLE))


class PublicBrowser(Browser):
    """Knows that a page of the public form that was not stored is shown again."""

    def leads_back(self, path: str, where: str) -> bool:
        is_shown_again = path.startswith("/refer/") and where.partition("?")[0] == path
        return is_shown_again or super().leads_back(path, where)


def client_of(app: FastAPI) -> httpx.AsyncClient:
    return client_for(app, PublicBrowser)


@dataclass
class Visitor:
    """Someone with a browser, without the browser."""

    client: httpx.AsyncClient
    form: str = ""
    """The address of the public form that was begun last."""

    async def starts(self) -> str:
        answer = await self.client.post("/refer")
        assert answer.status_code == 303
        self.form, _, page = answer.headers["location"].rpartition("/")
        assert page == "who"
        return self.form

    async def opens(self, page: str) -> httpx.Response:
        return await self.client.get(f"{self.form}/{page}")

    async def answers(self, page: str, fields: dict[str, Any]) -> httpx.Response:
        return await self.client.post(f"{self.form}/{page}", data=fields)

    async def answers_all(self, answers: Answers, *, before: str = "") -> None:
        """Start, and answer each page as it is asked, up to the page `before`."""
        await self.starts()
        for page, fields in answers.items():
            if page == before:
                return
            answer = await self.answers(page, fields)
            assert answer.status_code == 303, answer.text

    async def sends(self) -> str:
        """Press Send; gives the reference."""
        answer = await self.client.post(f"{self.form}/check")
        assert (answer.status_code, answer.headers["location"]) == (303, f"{self.form}/sent")
        return reference_in((await self.opens("sent")).text)

    async def signs_in(self, person: Person) -> None:
        await signs_in(self.client, person)

    async def posts(self, path: str, fields: dict[str, Any], *, seen_on: str) -> httpx.Response:
        """Send a form of the staff's page `seen_on`."""
        page = await self.client.get(seen_on, follow_redirects=True)
        return await self.client.post(path, data={**hidden_in(page.text), **fields})


def reference_in(page: str) -> str:
    found = re.search(r"[A-Z]{3}-20[0-9]{2}-[0-9]{6}", page)
    assert found, page
    return found[0]


def csrf_in(page: str) -> str:
    found = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert found, page
    return found[1]
