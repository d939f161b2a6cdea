"""The people of a family: everything at a glance, and each form as a practitioner fills it in."""

import re
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from services.referral.people.domain.people import NoOtherCaregiver, Relationship
from services.referral.people.domain.person import MemberKind
from services.referral.people.domain.subject import Baby
from services.referral.people.web.people import DONE
from tests.referral.a_team import ATeam
from tests.referral.people.builders import accepted, adds, expecting, family_of, person_named, unborn_of
from tests.referral.web.visitor import ADMINISTRATOR, PRACTITIONER, Visitor


def day(field: str, on: date) -> dict[str, str]:
    return {f"{field}-day": str(on.day), f"{field}-month": str(on.month), f"{field}-year": str(on.year)}


def typed_in(page: str) -> dict[str, Any]:
    """What a browser would send of a form that is left as it is."""
    form = page[page.index('<form method="post" novalidate') :]
    fields: dict[str, Any] = {}
    for tag in re.findall(r"<input[^>]*>", form):
        name, kind = re.search(r'name="([^"]+)"', tag), re.search(r'type="([^"]+)"', tag)
        value = re.search(r'value="([^"]*)"', tag)
        if name and (kind is None or kind[1] not in {"radio", "checkbox"} or " checked" in tag):
            fields[name[1]] = value[1] if value else ""
    fields |= dict(re.findall(r'<textarea[^>]*name="([^"]+)"[^>]*>(.*?)</textarea>', form, re.DOTALL))
    for name, body in re.findall(r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', form, re.DOTALL):
        chosen = re.search(r'value="([^"]*)" selected', body)
        fields[name] = chosen[1] if chosen else ""
    return fields


async def fills(staff: Visitor, path: str, **changes: Any) -> Any:
    """Open a form, change some answers, and send it."""
    page = await staff.client.get(path)
    assert page.status_code == 200, page.text
    return await staff.client.post(path, data=typed_in(page.text) | changes)


async def saved(staff: Visitor, path: str, **changes: Any) -> str:
    """The page after it."""
    answer = await fills(staff, path, **changes)
    assert answer.status_code == 303, re.findall(r"error-message[^>]*>(.*?)</p>", answer.text, re.DOTALL) or answer.text
    return (await staff.client.get(answer.headers["location"])).text


async def test_everything_is_on_one_page_and_what_nobody_asked_says_so(team: ATeam, staff: Visitor) -> None:
    family_id = await accepted(team)

    page = (await staff.client.get(f"/families/{family_id}/people")).text

    for words in ("Shannon Example", "4 months", "999 000 0018", "Leonie Example", "07700 900123", "Dan Example"):
        assert words in page
    assert "Not asked. That is not the same as none." in page
    assert page.count("Not invited yet") == 2
    assert "Not known" in page
    assert ("people.read", family_id) in await team.audited()


async def test_the_page_of_an_unborn_baby_has_the_weeks_and_what_the_due_date_rests_on(
    team: ATeam, staff: Visitor
) -> None:
    family_id = await expecting(team)
    baby = await unborn_of(team, family_id)

    page = await saved(staff, f"/families/{family_id}/people/{baby.id}/details", due_source="scan")

    assert "The details are changed." in page
    assert "33 weeks of pregnancy" in page
    assert "Mon 20 Apr</time> (scan)" in page
    assert "Record the birth" in page


async def test_a_birth_is_recorded_and_both_ages_are_shown(team: ATeam, staff: Visitor) -> None:
    family_id = await expecting(team)
    baby = await unborn_of(team, family_id)

    page = await saved(
        staff,
        f"/families/{family_id}/people/{baby.id}/birth",
        **day("born_on", date(2026, 2, 20)),
        name="Max Example",
        nhs_number="999 000 0026",
    )

    assert "Max Example" in page
    assert "10 days" in page
    assert "corrected 49 days before the due date" in page
    assert (await person_named(team, family_id, "Max Example")).id == baby.id


async def test_a_second_baby_gets_a_dyad_with_each_carer_and_every_page_says_which_baby(
    team: ATeam, staff: Visitor
) -> None:
    family_id = await accepted(team)

    page = await saved(
        staff,
        f"/families/{family_id}/people/add-baby",
        name="Shane Example",
        **day("born_on", date(2025, 10, 20)),
        birth_order="2",
    )

    assert "Twins or more" in page
    assert "Shane Example (baby 2)" in page
    family = await family_of(team, family_id)
    assert [dyad.relationship for dyad in family.dyads if dyad.baby_id == family.babies[1].id] == [
        Relationship.BIRTH_PARENT,
        Relationship.FATHER,
    ]


async def test_a_grandmother_is_added_and_said_what_she_is_to_the_baby(team: ATeam, staff: Visitor) -> None:
    family_id = await accepted(team)
    path = f"/families/{family_id}/people/add-carer"

    missing = await fills(staff, path, name="Grace Example")
    page = await saved(staff, path, name="Grace Example", relationship_1="kinship", phone="07700 900456")

    assert missing.status_code == 422
    assert "Choose what they are to one another" in missing.text
    assert "Grace Example" in missing.text
    assert "Grandparent, relative or friend who cares for the baby" in page


async def test_a_safety_flag_stands_on_every_page_and_an_old_one_says_that_nobody_looked(
    team: ATeam, staff: Visitor
) -> None:
    family_id = await accepted(team)
    leonie = await person_named(team, family_id, "Leonie Example")

    page = await saved(
        staff,
        f"/families/{family_id}/people/add-flag",
        kind="domestic_abuse",
        person_id=str(leonie.id),
        source="Social worker, by telephone",
        **day("review_on", date(2026, 3, 10)),
    )
    team.now = team.now.replace(day=20)
    await staff.signs_in(PRACTITIONER)
    overview = (await staff.client.get(f"/families/{family_id}")).text

    assert "Domestic abuse" in page
    assert "Review date has passed" not in page
    assert "Safety flags: 1" in overview
    assert "Domestic abuse" not in overview
    assert "Safety flags past their review date: 1" in overview


async def test_a_flag_ends_with_a_reason_and_stays_on_the_page(team: ATeam, staff: Visitor) -> None:
    family_id = await accepted(team)
    page = await saved(
        staff,
        f"/families/{family_id}/people/add-flag",
        kind="two_to_visit",
        source="Health visitor",
        **day("review_on", date(2026, 5, 1)),
    )
    flag = re.search(r"/people/([0-9a-f-]{36})/flag", page)
    assert flag

    page = await saved(
        staff, f"/families/{family_id}/people/{flag[1]}/flag", holds="no", note="The dog has gone, says Ola."
    )

    assert "Mon 2 Mar</time>: The dog has gone, says Ola." in page
    assert "pairs-flags" not in page


async def test_that_somebody_asked_and_none_is_known_is_not_the_same_as_nobody_asked(
    team: ATeam, staff: Visitor
) -> None:
    family_id = await accepted(team)

    page = await saved(staff, f"/families/{family_id}/people/no-flags")

    assert re.search(r"No flag known, asked <time[^>]*>Mon 2 Mar</time>\.", page)
    assert "No safety concerns recorded (asked" in page


async def test_a_loss_is_recorded_gently_and_nothing_is_sent_any_more(team: ATeam, staff: Visitor) -> None:
    family_id = await expecting(team)
    baby = await unborn_of(team, family_id)
    path = f"/families/{family_id}/people/{baby.id}/loss"
    form = (await staff.client.get(path)).text

    page = await saved(staff, path, outcome="stillbirth", **day("ended_on", date(2026, 3, 1)))
    undone = await saved(
        staff, f"/families/{family_id}/people/{baby.id}/undo", reason="Entered in the wrong family's record."
    )
    resumed = await saved(staff, f"/families/{family_id}/people/resume-messages", reason="It was our mistake.")

    assert "We are sorry." in form
    assert "No appointment is booked." in form
    assert "live_birth" not in form
    assert "Nothing is sent to this family since" in page
    assert re.search(r"Stillbirth, <time[^>]*>Sun 1 Mar</time>", page)
    assert "not born alive" not in undone
    assert "Nothing is sent to this family" in undone
    assert "Nothing is sent to this family" not in resumed


async def test_a_death_is_taken_back_and_what_was_recorded_is_kept(team: ATeam, staff: Visitor) -> None:
    family_id = await accepted(team)
    dan = await person_named(team, family_id, "Dan Example")

    page = await saved(staff, f"/families/{family_id}/people/{dan.id}/death", **day("died_on", date(2026, 3, 1)))
    await saved(staff, f"/families/{family_id}/people/{dan.id}/undo", reason="It was his father of the same name.")
    versions = (await staff.client.get(f"/families/{family_id}/people/{dan.id}/versions")).text

    assert "died 1 March 2026" in page
    assert "It was his father of the same name." in versions
    assert "When they died" in versions
    assert "Priya Sample" in versions


async def test_whoever_changes_details_second_sees_both_versions(team: ATeam, staff: Visitor) -> None:
    family_id = await accepted(team)
    leonie = await person_named(team, family_id, "Leonie Example")
    path = f"/families/{family_id}/people/{leonie.id}/details"
    first = typed_in((await staff.client.get(path)).text)

    await saved(staff, path, phone="07700 900456")
    answer = await staff.client.post(path, data=first | {"phone": "07700 900789"})

    assert answer.status_code == 409
    assert "07700900456" in answer.text
    assert "07700900789" in answer.text
    assert "Nothing that you entered was saved" in answer.text


async def test_a_dyad_says_that_a_dad_lives_elsewhere_and_is_involved(team: ATeam, staff: Visitor) -> None:
    family_id = await accepted(team)
    dyad = (await family_of(team, family_id)).dyads[1]

    page = await saved(
        staff,
        f"/families/{family_id}/people/{dyad.id}/dyad",
        involvement="involved",
        parental_responsibility="yes",
        lives_together="no",
        arrangements="Every Saturday at his mother's.",
    )

    assert "Every Saturday at his mother&#39;s." in page
    assert "Involved" in page


async def test_dad_is_invited_in_his_own_right(team: ATeam, staff: Visitor) -> None:
    family_id = await accepted(team)
    dan = await person_named(team, family_id, "Dan Example")

    page = await saved(staff, f"/families/{family_id}/people/{dan.id}/invite")

    assert "The invitation is recorded." in page
    assert page.count("Not invited yet") == 1


async def test_needs_wishes_consents_and_legal_status_are_recorded_and_shown(team: ATeam, staff: Visitor) -> None:
    family_id = await accepted(team)
    shannon = await person_named(team, family_id, "Shannon Example")
    leonie = await person_named(team, family_id, "Leonie Example")
    root = f"/families/{family_id}/people"

    needs = await saved(staff, f"{root}/{leonie.id}/needs", interpreter_language="pol", interpreter_gender="woman")
    wishes = await saved(staff, f"{root}/preferences", venue="home", network="Her sister, and the church.")
    consent = await saved(
        staff,
        f"{root}/add-consent",
        person_id=str(shannon.id),
        given_by=str(leonie.id),
        scope="filming",
        method="written",
    )
    taken_back = re.search(r"/people/([0-9a-f-]{36})/withdraw", consent)
    assert taken_back
    withdrawn = await saved(staff, f"{root}/{taken_back[1]}/withdraw")
    status = await saved(
        staff,
        f"{root}/{shannon.id}/legal-status",
        status="interim_care_order",
        local_authority="Blackpool Council",
        **day("from_on", date(2026, 2, 1)),
    )

    assert "interpreter: Polish" in needs
    assert "Her sister, and the church." in wishes
    assert "Filming for Video Interaction Guidance" in consent
    assert re.search(r"Taken back <time[^>]*>Mon 2 Mar</time>", withdrawn)
    assert re.search(r"Interim care order, from <time[^>]*>Sun 1 Feb</time>, Blackpool Council", status)


async def test_a_mother_who_was_a_baby_here_is_found_by_her_nhs_number_and_stays_one_person(
    team: ATeam, staff: Visitor
) -> None:
    earlier = await accepted(team, nhs_number="9990000026")
    olivia = await adds(team, earlier, MemberKind.SIBLING, name="Olivia Example", born_on=date(2010, 1, 5))
    family_id = await accepted(team, nhs_number="9990000034", other_caregiver=NoOtherCaregiver.NONE)
    path = f"/families/{family_id}/people/add-known"
    search = {"name": "olivia example", **day("born_on", date(2010, 1, 5)), "kind": "carer", "relationship": "parent"}

    by_name_only = await staff.posts(path, {"name": "Olivia Example", "kind": "carer"}, seen_on=path)
    found = await staff.posts(path, search, seen_on=path)
    answer = await staff.posts(path, search | {"person_id": str(olivia)}, seen_on=path)
    page = (await staff.client.get(answer.headers["location"])).text

    assert by_name_only.status_code == 422
    assert "born 5 January 2010" in found.text
    assert answer.status_code == 303
    assert "Olivia Example" in page
    assert f'href="/families/{earlier}/people"' in page
    assert {one.id for one in (await family_of(team, family_id)).carers} >= {olivia}


async def test_two_babies_of_one_name_and_age_warn_of_one_another(team: ATeam, staff: Visitor) -> None:
    family_id = await accepted(team)
    await accepted(team, subject=Baby("shannon example", date(2025, 11, 1)), nhs_number=None)
    other = await accepted(team, subject=Baby("Shannon Example", date(2026, 2, 1)), nhs_number=None)

    page = (await staff.client.get(f"/families/{family_id}/people")).text
    older = (await staff.client.get(f"/families/{other}/people")).text

    assert "Another family has a baby of this name and age" in page
    assert "Another family has a baby of this name and age" not in older


async def test_an_administrator_changes_a_telephone_number_and_judges_nothing(team: ATeam, visitor: Visitor) -> None:
    family_id = await accepted(team)
    leonie = await person_named(team, family_id, "Leonie Example")
    await visitor.signs_in(ADMINISTRATOR)
    root = f"/families/{family_id}/people"

    page = await saved(visitor, f"{root}/{leonie.id}/details", phone="07700 900456")
    opened = await visitor.client.get(f"{root}/no-flags", follow_redirects=True)
    refused = await visitor.posts(f"{root}/no-flags", {}, seen_on=f"{root}/no-flags")

    assert "07700900456" in page
    assert "Add a safety flag" not in page
    assert "Ask someone who may" in opened.text
    assert refused.status_code == 403
    assert "A practitioner or the team lead records this." in refused.text


async def test_a_page_that_is_not_there_or_is_about_nobody_is_not_found(team: ATeam, staff: Visitor) -> None:
    family_id, other = await accepted(team), await accepted(team)
    stranger = await person_named(team, other, "Leonie Example")
    root = f"/families/{family_id}/people"

    for path in (
        f"{root}/nowhere",
        f"{root}/details",
        f"{root}/{stranger.id}/details",
        f"{root}/{stranger.id}/add-baby",
        f"{root}/{stranger.id}/versions",
        f"{root}/{stranger.id}/flag",
        f"{root}/{stranger.id}/withdraw",
        f"{root}/{stranger.id}/dyad",
    ):
        assert (await staff.client.get(path)).status_code == 404, path


@pytest.mark.parametrize(
    "name", [name for name in DONE if name not in {"no-flags", "leave", "withdraw", "flag", "add-known"}]
)
async def test_every_error_leads_to_a_field_that_is_there(team: ATeam, staff: Visitor, name: str) -> None:
    family_id = await expecting(team)
    family = await family_of(team, family_id)
    subjects: dict[str, UUID] = {"dyad": family.dyads[0].id, "invite": family.carers[0].id}
    subject = f"{subjects.get(name, family.babies[0].id)}/"
    path = f"/families/{family_id}/people/" + ("" if name.startswith("add-") or name in WHOLE else subject) + name

    answer = await staff.posts(path, {"version": "", "surprise": "x"}, seen_on=path)

    targets = [part.split('"')[0] for part in answer.text.split('<a href="#')[1:]]
    assert answer.status_code == 422
    assert "<title>Error: " in answer.text
    assert all(answer.text.count(f'id="{target}"') == 1 for target in targets), targets


WHOLE = {"preferences", "resume-messages", "no-flags"}
