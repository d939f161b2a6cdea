from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import func, select

from services.referral.database.intake_tables import caseload_file
from services.referral.database.tables import episode, referral
from services.referral.intake.commands.import_caseload import ImportCaseload, ImportedCaseload, import_caseload
from services.referral.intake.domain.caseload_row import CaseloadRow, WrongLines
from services.referral.people.domain.people import Caregiver, NoOtherCaregiver, Relationship
from services.referral.people.domain.subject import Baby
from services.referral.people.domain.support import Support
from services.referral.support.domain.tier import Opening
from shared.contracts.vocabulary import Level, ReferralRoute, Role, Urgency
from shared.kernel.actor import Actor
from shared.kernel.errors import NotAllowed
from tests.referral.a_team import ATeam
from tests.referral.builders import TODAY, a_request, an_actor

ADMINISTRATOR = an_actor(Role.TEAM_ADMINISTRATOR)
SHANNON = CaseloadRow(
    line=2,
    request=a_request(route=ReferralRoute.CASELOAD_FILE),
    received_on=date(2025, 12, 1),
    opened_on=date(2025, 12, 4),
    opening=Opening(Support(Level.TARGETED), date(2026, 5, 25)),
    urgency=Urgency.ROUTINE,
)
LENA = replace(
    SHANNON,
    line=3,
    request=a_request(
        subject=Baby("Lena Specimen", date(2025, 6, 1)),
        caregiver=Caregiver("Mira Specimen", Relationship.BIRTH_PARENT, "07700 900777"),
        other_caregiver=NoOtherCaregiver.NOT_ASKED,
        postcode="FY4 9ZZ",
        nhs_number="9990000026",
        route=ReferralRoute.CASELOAD_FILE,
    ),
)


async def take_in(
    team: ATeam, *rows: CaseloadRow, actor: Actor = ADMINISTRATOR, content: bytes = b"file", **changes: Any
) -> ImportedCaseload:
    async with team.begin(actor) as work:
        return await import_caseload(ImportCaseload(content, rows, **changes), work)


async def counts(team: ATeam) -> tuple[int, int, int]:
    """Referrals, episodes and files."""
    async with team.engine.connect() as connection:
        found = [
            await connection.scalar(select(func.count()).select_from(one)) for one in (referral, episode, caseload_file)
        ]
    return found[0] or 0, found[1] or 0, found[2] or 0


async def test_every_family_comes_in_with_its_own_dates(team: ATeam) -> None:
    imported = await take_in(team, SHANNON, LENA)

    assert imported == ImportedCaseload(2, taken_in_before=False)
    async with team.engine.connect() as connection:
        rows = (
            await connection.execute(
                select(referral.c.reference, referral.c.route, referral.c.decided_on, episode.c.opened_on).join(
                    episode, episode.c.referral_id == referral.c.id
                )
            )
        ).all()
    assert sorted(map(tuple, rows)) == [
        ("TEA-2025-000001", "caseload_file", date(2025, 12, 4), date(2025, 12, 4)),
        ("TEA-2025-000002", "caseload_file", date(2025, 12, 4), date(2025, 12, 4)),
    ]
    received, accepted = [body for kind, body in await team.published() if "referral" in kind][:2]
    assert (received["received_on"], accepted["triage_days"]) == ("2025-12-01", 3)
    assert ("caseload.import", None) in await team.audited()


async def test_the_same_file_twice_changes_nothing(team: ATeam) -> None:
    await take_in(team, SHANNON)

    again = await take_in(team, SHANNON)

    assert again == ImportedCaseload(1, taken_in_before=True)
    assert await counts(team) == (1, 1, 1)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"opened_on": date(2025, 11, 1)}, "opened_on must not be before received_on"),
        ({"opened_on": date(2026, 3, 3)}, "nor after today"),
        ({"received_on": date(2026, 3, 3)}, "received_on must be today or in the past"),
        ({"opening": Opening(Support(Level.TARGETED), TODAY)}, "The next review must be after today"),
        ({"opening": Opening(Support(Level.SPECIALIST), date(2026, 5, 25))}, "multidisciplinary team"),
        ({"request": replace(LENA.request, subject=Baby("Max", date(2010, 1, 1)))}, "children under 5"),
        ({"request": replace(LENA.request, referrer=replace(LENA.request.referrer, email=None))}, "phone number"),
    ],
    ids=lambda value: str(value)[:30],
)
async def test_one_wrong_line_and_nothing_is_stored(team: ATeam, wrong: dict[str, Any], sentence: str) -> None:
    with pytest.raises(WrongLines) as refusal:
        await take_in(team, SHANNON, replace(LENA, **wrong))

    (problem,) = refusal.value.problems
    assert problem.line == 3
    assert sentence in problem.sentence
    assert await counts(team) == (0, 0, 0)
    assert await team.published() == []


async def test_a_family_on_record_stops_the_file_whoever_has_looked(team: ATeam) -> None:
    await team.accepts()
    before = await counts(team)

    with pytest.raises(WrongLines) as refusal:
        await take_in(team, SHANNON, LENA, looked=True)

    assert [(problem.line, problem.may_be_known) for problem in refusal.value.problems] == [(2, False)]
    assert "the NHS number is the same" in refusal.value.problems[0].sentence
    assert await counts(team) == before


async def test_families_that_are_only_alike_come_in_when_somebody_has_looked(team: ATeam) -> None:
    cousin = replace(SHANNON, line=4, request=replace(SHANNON.request, nhs_number="9990000034"))

    with pytest.raises(WrongLines) as refusal:
        await take_in(team, SHANNON, cousin)
    imported = await take_in(team, SHANNON, cousin, looked=True)

    (problem,) = refusal.value.problems
    assert (problem.line, problem.may_be_known) == (4, True)
    assert "line 2 of the file" in problem.sentence
    assert imported.families == 2


@pytest.mark.parametrize("role", [Role.PRACTITIONER, Role.REGIONAL_LEAD])
async def test_others_take_in_no_caseload(team: ATeam, role: Role) -> None:
    with pytest.raises(NotAllowed):
        await take_in(team, SHANNON, actor=an_actor(role))


async def test_an_administrator_acts_as_the_lead_for_the_file_alone_and_the_trail_says_so(team: ATeam) -> None:
    wrong = replace(LENA, opening=Opening(Support(Level.SPECIALIST), date(2026, 5, 25)))

    async with team.begin(ADMINISTRATOR) as work:
        await import_caseload(ImportCaseload(b"file", (SHANNON,)), work)
        assert work.actor == ADMINISTRATOR
        with pytest.raises(WrongLines):
            await import_caseload(ImportCaseload(b"wrong", (wrong,)), work)
        assert work.actor == ADMINISTRATOR

    assert [action for action, _ in await team.audited()].count("caseload.act_as_lead") == 2
