"""A team as full as when its pages are measured: 24 families of one practitioner, 25 who wait, names of all kinds."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from services.referral.people.domain.people import Caregiver, Relationship
from services.referral.people.domain.subject import Baby
from shared.contracts.pathway_codes import TaskKind
from shared.kernel.actor import Actor
from tests.referral.a_team import ATeam
from tests.referral.builders import NOW, TODAY
from tests.referral.web.visitor import PRACTITIONER
from tests.referral.worklists.builders import a_colleague, a_family, a_task, an_appointment

LONG_NAME = "Konstantyna-Aleksandra Wojciechowska-Featherstonehaugh-Smith"
NAMES = ("Robin Example", "Zażółć Gęślą-Jaźń", "ليلى بنت عبد الرحمن", "செல்வி முருகேசன்", "Ada Example", "Mei Khan")
LONG_WORD = "https://example.org/" + "a" * 120
OWN, WAITING, REFERRED, TASKS = 24, 25, 11, 22
ME = Actor(PRACTITIONER.id, PRACTITIONER.roles)


@dataclass(frozen=True)
class BusyTeam:
    families: list[UUID]
    """Of the practitioner."""
    referrals: list[UUID]
    """Nobody has decided on them."""


def _request(number: int) -> dict[str, Any]:
    name = LONG_NAME if number == 0 else NAMES[number % len(NAMES)]
    return {
        "subject": Baby(f"{name} {number}"[:100], TODAY - timedelta(30 + 9 * number)),
        "caregiver": Caregiver(name, Relationship.BIRTH_PARENT, f"07700 900{number:03}"),
        "story": f"They look away when it gets loud. {LONG_WORD}" if number == 0 else "They look away.",
        "nhs_number": None,
    }


async def a_busy_team(team: ATeam) -> BusyTeam:
    me = await a_colleague(team, PRACTITIONER.name, ME)
    seen = {"first_contact_on": TODAY - timedelta(20), "last_contact_on": TODAY - timedelta(9)}
    families = [
        await a_family(
            team,
            days_ago=10 + 5 * number,
            request=_request(number),
            lead_id=me,
            review_on=TODAY - timedelta(10 - number),
            **seen,
        )
        for number in range(OWN)
    ]
    await a_family(team, days_ago=3, request=_request(OWN))
    for number, family in enumerate(families[: TASKS - 2]):
        await a_task(team, family, TaskKind.SUPERVISION, detail=f"What helps with the nights? {number}")
    for family in families[:2]:
        await a_task(team, family, TaskKind.RISK_NOTE, detail="A new worry.")
    for number, hours in enumerate((0, 2, 4, 24, 26, 28)):
        await an_appointment(team, families[number], me, NOW + timedelta(hours=hours))
    referrals = [(await team.receives(**_request(50 + number))).referral_id for number in range(REFERRED)]
    return BusyTeam(families, referrals)
