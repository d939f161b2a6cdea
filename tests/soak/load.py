"""What people and other systems do in a team all day long, by its pages and its FHIR; each deed is noted when answered.

Whoever is not answered sends the same again, as people do: a deed is one, however often it was sent.
"""

import asyncio
import json
import random
import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from services.referral.fhir.tools.client import done
from shared.kernel.identifiers import new_id
from shared.tenancy.databases import url_of
from shared.tenancy.names import database_name
from tests.journeys.referring import a_date, a_health_visitors_answers, today
from tests.soak.insistent_browser import InsistentBrowser, NotDone, form_of
from tests.soak.installation import Soaked
from tests.soak.ledger import ACCEPTANCE, BOOKING, CONSULTATION, MESSAGE, REFERRAL, SESSION, Deed, Ledger

PAUSE_SECONDS = (0.5, 2.0)
PLACES = 40
LEAD, PRACTITIONER, TRAINER = "Tom Specimen", "Priya Sample", "Beth Instance"
READ = ("/my-day", "/caseload", "/triage", "/waiting", "/reviews", "/diary")
MESSAGE_SENT = Path(__file__).parents[1] / "referral" / "fhir" / "messages" / "baby_message.json"
_ID_OF_MESSAGE, _ID_OF_BUNDLE = "7d0e5c1a-0000-4000-8000-000000000001", "6f9a1d52-0000-4000-8000-000000000001"


@dataclass
class Load:
    """Everybody of one team, until told that the day is over; whoever has begun something ends it."""

    soaked: Soaked
    team: str
    ledger: Ledger
    troubles: Counter[str]
    """How often somebody had to send again, by why."""
    chance: random.Random
    over: asyncio.Event
    accepted: list[str] = field(default_factory=list[str])
    """Addresses of families that nobody has seen yet."""

    async def work(self) -> None:
        """Raises NotDone, in a group: somebody was refused, or never answered."""
        async with asyncio.TaskGroup() as group:
            for way in (self._refer, self._send_messages, self._decide, self._see, self._book, self._advise):
                group.create_task(way())

    async def _refer(self) -> None:
        """A health visitor, by the public form."""
        browser = self._browser("referral")
        while await self._goes_on():
            path = await browser.presses("/refer", {})
            usual = a_health_visitors_answers()
            named = {"baby": {**usual["baby"], "baby_name": self._name()}, "nhs-number": {}}
            answers: dict[str, Any] = {**usual, **named}
            while not path.endswith("/check"):
                path = await browser.presses(path, answers[path.rpartition("/")[2]])
            sent = await browser.presses(path, {})
            self._note(REFERRAL, _reference_in((await browser.opens(sent)).text))

    async def _send_messages(self) -> None:
        """A hospital's system, by FHIR."""
        browser = self._browser("referral")
        admin = self.soaked.servers.postgres_admin_url
        [known] = await done(url_of(admin, database=database_name(self.team, "referral")), "soak", None, may_read=False)
        text, token = MESSAGE_SENT.read_text(encoding="utf-8"), await _token(browser, known)
        while await self._goes_on():
            message = text.replace(_ID_OF_MESSAGE, str(new_id())).replace(_ID_OF_BUNDLE, str(new_id()))
            answer = await self._sends(browser, message, token)
            if answer.status_code == 401:
                token = await _token(browser, known)
                answer = await self._sends(browser, message, token)
            if answer.status_code != 200:
                raise NotDone(f"a message is answered {answer.status_code}: {answer.text[:300]}")
            self._note(MESSAGE, _reference_in(answer.text))

    async def _sends(self, browser: InsistentBrowser, message: str, token: str) -> Any:
        headers = {"Authorization": f"Bearer {token}"}
        return await browser.asks("POST", "/fhir/$process-message", json=json.loads(message), headers=headers)

    async def _decide(self) -> None:
        """The lead accepts what waits in triage."""
        browser = self._browser("referral", LEAD)
        while await self._goes_on():
            waiting = re.search(r'href="(/referrals/[0-9a-f-]{36})', (await browser.opens("/triage")).text)
            if waiting is None:
                continue
            path = waiting[1]
            form = form_of((await browser.opens(path)).text, f"{path}/decide")
            said = {"decision": "accept", "urgency": "routine", "level": "targeted", "family": "new"}
            said |= a_date("review_on", today() + timedelta(days=84))
            answer = await browser.asks("POST", f"{path}/decide", data=form.fields | said)
            if "done=accepted" not in answer.headers.get("location", ""):
                raise NotDone(f"{path} is not accepted: {answer.status_code} {answer.headers.get('location')}")
            self._note(ACCEPTANCE, path.rpartition("/")[2])
            family = re.search(r'href="(/families/[0-9a-f-]{36})', (await browser.opens(path)).text)
            assert family, path
            self.accepted.append(family[1])

    async def _see(self) -> None:
        """A practitioner reads, and records a session with each family."""
        browser = self._browser("referral", PRACTITIONER)
        while await self._goes_on():
            await browser.opens(self.chance.choice(READ))
            if not self.accepted:
                continue
            path = f"{self.accepted.pop()}/sessions/new"
            form = form_of((await browser.opens(path)).text, "")
            await browser.presses(path, form.fields | {"attendance": ["attended"], "note": ["They played."]})
            self._note(SESSION, form.fields["intention"][0])

    async def _book(self) -> None:
        """Somebody who works with babies books dates that a trainer plans, again and again."""
        anybody, trainer = self._browser("training"), self._browser("training", TRAINER)
        dates, left = "", 0
        while await self._goes_on():
            if not left:
                dates, left = await _plans(trainer), PLACES
            named = {"given_name": "Ada", "family_name": self._name(), "email": f"{new_id()}@place.example"}
            place = await anybody.fills(dates, **named, workplace="Place 01", profession="midwife")
            self._note(BOOKING, place.rpartition("/")[2])
            left -= 1

    async def _advise(self) -> None:
        """A practitioner logs who asked."""
        browser = self._browser("consultation", PRACTITIONER)
        await browser.fills("/organisations/new", name="Grange Park", sector="health_visiting")
        while await self._goes_on():
            form = form_of((await browser.opens("/consultations/new")).text, "")
            said = {"kind": "case_anonymous", "age_band": "unborn", "words": "They asked.", "profession": "midwife"}
            said |= {"organisation": form.offers["organisation"][-1]}
            fields = form.fields | {name: [value] for name, value in said.items()}
            await browser.presses("/consultations/new", fields)
            self._note(CONSULTATION, form.fields["intention"][0])

    async def _goes_on(self) -> bool:
        await asyncio.sleep(self.chance.uniform(*PAUSE_SECONDS))
        return not self.over.is_set()

    def _browser(self, service: str, person: str = "") -> InsistentBrowser:
        return InsistentBrowser(self.soaked.of_team(self.team, service).url, self.troubles, person)

    def _note(self, deed: Deed, name: str) -> None:
        self.ledger.note(self.team, deed, name)

    def _name(self) -> str:
        return "".join(self.chance.choice("aeioubdklmnrst") for _ in range(9)).capitalize()


async def _plans(trainer: InsistentBrowser) -> str:
    """Where dates of a course can be booked."""
    path = "/courses/PIF_AWARENESS/new"
    form = form_of((await trainer.opens(path)).text, "")
    day = a_date("day_1", today() + timedelta(days=60))
    said = {**day, "venue": "Central Library", "capacity": str(PLACES), "begins_1": "9:30", "ends_1": "16:30"}
    cohort = await trainer.presses(path, form.fields | {name: [value] for name, value in said.items()})
    return f"/book/PIF_AWARENESS/{cohort.rpartition('/')[2]}"


async def _token(browser: InsistentBrowser, known: Any) -> str:
    answer = await browser.asks(
        "POST",
        "/oauth2/token",
        data={"grant_type": "client_credentials", "client_id": known["client_id"], "client_secret": known["secret"]},
    )
    return answer.json()["access_token"]


def _reference_in(text: str) -> str:
    found = re.search(r"[A-Z]{3}-20[0-9]{2}-[0-9]{6}", text)
    if found is None:
        raise NotDone("no reference was given")
    return found[0]
