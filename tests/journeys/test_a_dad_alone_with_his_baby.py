"""Adam looks after his son alone. All is offered to him as the parent he is, and no page or letter calls him mum."""

import re
from datetime import date, timedelta
from typing import Any

from playwright.async_api import Browser

from tests.journeys.family_life import is_in_banner, of_people, published_by
from tests.journeys.practice import Practice, a_practice
from tests.referral.a_team import ATeam

REFERRED = date(2026, 3, 4)
INVITED = date(2026, 3, 6)
MET = date(2026, 3, 18)
MUM = re.compile(r"\b(mum|mums|mummy|mother|mother's|mothers)\b", re.IGNORECASE)
ALONE: dict[str, Any] = {"other-carer": {"other_caregiver": "none"}}


async def test_a_dad_who_looks_after_his_baby_alone(team: ATeam, address: str, browser: Browser) -> None:
    async with a_practice(team, address, browser) as practice:
        await _referral_and_triage(practice)
        await _is_invited_himself(practice)
        await _answers_for_himself(practice)
        await _he_and_his_baby_are_met(practice)
        await _his_letter(practice)

    assert practice.at_work.faults == []
    published = await published_by(team)
    for word in ("Adam", "Theo", "Example", "01632 960", "01632960", "hard on your own"):
        assert word not in published
    assert "dad_or_partner" in published


async def _referral_and_triage(practice: Practice) -> None:
    await practice.is_referred(
        REFERRED,
        without=["other-carer-name"],
        baby={"baby_name": "Theo Example", "born_on": date(2026, 1, 12)},
        caregiver={"caregiver_name": "Adam Example", "relationship": "father"},
        **{"parent-contact": {"phone": "07700 900321", "contact_ways": ["text"]}},
        **ALONE,
        reasons={"reasons": ["dad_bonding"]},
        story={"story": "Adam does everything for Theo and says that it is hard on your own."},
    )
    await practice.is_accepted(REFERRED + timedelta(1), "Theo Example", level="targeted")
    await practice.leads()
    await is_in_banner(practice, "Theo Example", "born Mon 12 Jan", "Adam Example")
    await _nobody_is_called_mum(practice, "", "/people", "/plan", "/sessions/new", "/measures/choose", "/discharge")


async def _is_invited_himself(practice: Practice) -> None:
    await practice.opens_family(INVITED)
    work = practice.at_work
    await work.goes_to(f"{practice.family}/people")
    await work.sees("Dad", "Not invited yet")
    await of_people(practice, "invite", whose="Adam")
    await work.sees("The invitation is recorded.", "Fri 6 Mar")


async def _answers_for_himself(practice: Practice) -> None:
    await practice.opens_family(MET)
    await practice.adds_measure("PHQ9", [1, 1, 2, 2, 1, 1, 1, 0, 0], "start", about="Adam Example")
    await practice.at_work.sees("Adam Example", "9")


async def _he_and_his_baby_are_met(practice: Practice) -> None:
    await practice.records_session(
        who=["Adam Example", "Theo Example"],
        attendance="attended",
        minutes=60,
        infant_voice="Theo watches his dad's face and answers with his whole body.",
    )
    await practice.opens_family(MET)
    await practice.at_work.sees("All 1 session", "Today, session, home, 60 minutes · Adam Example, Theo Example")


async def _his_letter(practice: Practice) -> None:
    work = practice.at_work
    await work.goes_to(f"{practice.family}/letters/new?kind=family_accepted")
    await work.saves()
    letter = await work.page.locator("article.pairs-letter").inner_text()
    assert "Adam" in letter
    assert not MUM.search(letter), letter


async def _nobody_is_called_mum(practice: Practice, *pages: str) -> None:
    """A measure keeps its own title, and a choice among relationships names them all."""
    work = practice.at_work
    for page in pages:
        await work.goes_to(f"{practice.family}{page}")
        shown = await work.page.locator("main").inner_text()
        said = [line for line in shown.splitlines() if MUM.search(line) and "Mothers' Object Relations" not in line]
        assert said == [], page
