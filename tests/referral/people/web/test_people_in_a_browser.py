"""The pages of a family's people in a real browser: wide and narrow, empty, full, after an error, and in a conflict."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from playwright.async_api import Browser

from services.referral.people.commands.add_known_person import AddKnownPerson, add_known_person
from services.referral.people.commands.add_safety_flag import AddSafetyFlag, add_safety_flag
from services.referral.people.commands.change_dyad import ChangeDyad, change_dyad
from services.referral.people.commands.change_person import ChangePerson, change_person
from services.referral.people.commands.record_access_needs import RecordAccessNeeds, record_access_needs
from services.referral.people.commands.record_consent import RecordConsent, record_consent
from services.referral.people.commands.record_death import RecordDeath, record_death
from services.referral.people.commands.record_legal_status import RecordLegalStatus, record_legal_status
from services.referral.people.commands.record_preferences import RecordPreferences, record_preferences
from services.referral.people.domain.access_need import Language, MeetingPlace, NeedDetails, PreferenceDetails
from services.referral.people.domain.consent import ConsentDetails, ConsentMethod
from services.referral.people.domain.dyad import DyadDetails, Involvement
from services.referral.people.domain.legal_status import CareStatus, StatusDetails
from services.referral.people.domain.people import Relationship
from services.referral.people.domain.person import Known, MemberKind
from services.referral.people.domain.safety_flag import FlagDetails, FlagKind
from services.referral.people.web.people import SCREENS
from shared.contracts.pathway_codes import ConsentScope
from shared.testing.axe import NARROW, faults_at_every_width
from tests.referral.a_team import ATeam
from tests.referral.builders import TODAY
from tests.referral.people.builders import accepted, adds, does, expecting, family_of
from tests.referral.web.test_in_a_browser import press, sign_in, visit

NAMES = [screen.name for screen in SCREENS]
WHOLE = {"add-baby", "add-carer", "add-other", "add-flag", "no-flags", "preferences", "add-consent", "resume-messages"}


async def notes(team: ATeam, family_id: UUID, baby: UUID, carer: UUID) -> tuple[UUID, UUID]:
    """A legal status, a flag, needs, a consent and wishes; gives the ids of the flag and of the consent."""
    legal = StatusDetails(CareStatus.CARE_ORDER, TODAY, "Blackpool Council", "With Grace", "Ann Social", "The council")
    await does(team, record_legal_status, RecordLegalStatus(family_id, baby, 0, legal))
    flag = FlagDetails(FlagKind.DOMESTIC_ABUSE, carer, TODAY, TODAY + timedelta(1), "Social worker", "Never ring.")
    flag_id = await does(team, add_safety_flag, AddSafetyFlag(family_id, flag))
    polish = NeedDetails(TODAY, interpreter_language=Language.POLISH)
    await does(team, record_access_needs, RecordAccessNeeds(family_id, carer, 0, polish))
    consent = ConsentDetails(baby, carer, ConsentScope.FILMING, ConsentMethod.WRITTEN, TODAY)
    consent_id = await does(team, record_consent, RecordConsent(family_id, consent))
    wishes = PreferenceDetails(MeetingPlace.HOME, network="Her sister.")
    await does(team, record_preferences, RecordPreferences(family_id, 0, wishes))
    return flag_id, consent_id


async def full(team: ATeam) -> tuple[UUID, dict[str, UUID]]:
    """A family with everything that is shown in a special way, and what each form is about."""
    await accepted(team)
    family_id = await accepted(team)
    family = await family_of(team, family_id)
    shannon, leonie, dan = (one.person for one in family.members)
    unborn = await adds(team, family_id, MemberKind.BABY, due_on=TODAY + timedelta(60), birth_order=2)
    await adds(team, family_id, MemberKind.SIBLING, name="Sam Example", born_on=date(2020, 1, 1))
    await does(team, add_known_person, AddKnownPerson(await expecting(team), leonie.id, MemberKind.OTHER))
    dyad = DyadDetails(Relationship.FATHER, Involvement.UNSAFE, Known.NO, Known.NO, "Never alone.", is_primary=False)
    await does(team, change_dyad, ChangeDyad(family_id, family.dyads[1].id, 1, dyad))
    details = replace(leonie.details, phone="07700900456", address="1 Example Street\nBlackpool")
    await does(team, change_person, ChangePerson(family_id, leonie.id, 1, details))
    flag_id, consent_id = await notes(team, family_id, shannon.id, leonie.id)
    await does(team, record_death, RecordDeath(family_id, dan.id, 2, TODAY))
    team.now += timedelta(days=2)
    about = {"birth": unborn, "loss": unborn, "dyad": family.dyads[0].id, "flag": flag_id, "withdraw": consent_id}
    about |= {"undo": dan.id, "versions": leonie.id, "needs": leonie.id}
    return family_id, {
        name: about.get(name, shannon.id)
        for name in [*(screen.name for screen in SCREENS), "versions"]
        if name not in WHOLE
    }


async def test_everything_at_a_glance_is_accessible_and_fits_empty_and_full(
    team: ATeam, address: str, browser: Browser
) -> None:
    empty = await expecting(team)
    family_id, _ = await full(team)
    found: list[str] = []
    async with visit(browser, address) as page:
        await sign_in(page, f"/families/{empty}/people")
        found += await faults_at_every_width(page)
        await page.goto(f"/families/{family_id}/people?done=details")
        found += await faults_at_every_width(page)
        shown = await page.locator("main").inner_text()

    assert "Review date has passed" in shown
    assert "Not safe to contact" in shown
    assert found == []


async def test_each_form_is_accessible_and_fits_after_an_error(team: ATeam, address: str, browser: Browser) -> None:
    family_id, about = await full(team)
    paths = [f"/families/{family_id}/people/{about[name]}/{name}" for name in about]
    paths += [f"/families/{family_id}/people/{name}" for name in [*sorted(WHOLE), "add-known"]]
    found: list[str] = []
    async with visit(browser, address) as page:
        await sign_in(page, f"/families/{family_id}/people")
        for path in (path for path in paths if path.endswith(("add-carer", "birth", "dyad", "add-flag", "add-known"))):
            await page.goto(path)
            await page.locator("main form input[type=text], main form textarea").first.fill("x" * 600)
            await page.locator("main form button").first.click()
            await page.wait_for_selector(".nhsuk-error-summary")
            found += await faults_at_every_width(page)

    assert found == []


async def test_both_versions_are_shown_accessibly(team: ATeam, address: str, browser: Browser) -> None:
    family_id = await accepted(team)
    leonie = (await family_of(team, family_id)).carers[0]
    async with visit(browser, address) as page:
        await sign_in(page, f"/families/{family_id}/people/{leonie.id}/details")
        second: Any = replace(leonie.details, phone="07700900456")
        await does(team, change_person, ChangePerson(family_id, leonie.id, 1, second))
        await page.get_by_label("Telephone number").fill("07700 900789")
        await press(page, "Save")
        shown = await page.locator("main").inner_text()
        found = await faults_at_every_width(page)

    assert "07700900456" in shown
    assert "07700900789" in shown
    assert found == []


async def test_a_birth_is_recorded_without_scripts_and_by_keyboard(team: ATeam, address: str, browser: Browser) -> None:
    family_id = await expecting(team)
    baby = (await family_of(team, family_id)).babies[0]
    async with visit(browser, address, NARROW, java_script_enabled=False) as page:
        await sign_in(page, f"/families/{family_id}/people/{baby.id}/birth")
        for part, value in (("day", "20"), ("month", "2"), ("year", "2026")):
            await page.locator(f"#born_on-{part}").fill(value)
        await page.get_by_label("Full name").fill("Max Example")
        await page.get_by_role("button", name="Record the birth").focus()
        await page.keyboard.press("Enter")
        await page.wait_for_url("**/people?done=birth")
        shown = await page.locator("main").inner_text()

    assert "The birth is recorded." in shown
    assert "Max Example" in shown
