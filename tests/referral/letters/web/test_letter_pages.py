"""Letters as a practitioner writes, edits, issues and prints them; and the words of the team's templates."""

import csv
import io
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from pypdf import PdfReader
from sqlalchemy import event

from services.referral.intake.commands.close_referral import CloseReferral, close_referral
from services.referral.intake.commands.make_promise import MakePromise, make_promise
from services.referral.letters.domain.letter_kind import ALL_TEMPLATES, LetterKind
from services.referral.letters.packs.letters import shipped_template
from services.referral.people.commands.record_death import RecordDeath, record_death
from services.referral.people.domain.message import MessageKind
from services.referral.people.domain.people import Referrer
from shared.contracts.pathway_codes import PromiseKind
from shared.contracts.vocabulary import DeclineReason, Role, SourceGroup, TriageOutcome
from shared.kernel.actor import public_form
from shared.kernel.identifiers import new_id
from tests.referral.a_team import ATeam
from tests.referral.builders import NOW, TODAY, an_actor
from tests.referral.contacts.builders import AFamily, a_family
from tests.referral.letters.builders import referral_of, write
from tests.referral.messages import a_family_with_email, stored
from tests.referral.web.visitor import LEAD, PRACTITIONER, Visitor, hidden_in

WORDS = "# We would like to see you\n\nDear Leonie\n\n## What happens now\n\nWe call you.\n\n- On Monday"


async def starts(staff: Visitor, root: str, kind: str, **fields: str) -> str:
    """Write a draft on its page; gives the letter's address."""
    path = f"{root}/letters/new?kind={kind}"
    answer = await staff.posts(path, fields, seen_on=path)
    assert answer.status_code == 303, answer.text
    return answer.headers["location"].partition("?")[0]


async def words(staff: Visitor, letter: str, text: str = WORDS, version: str = "1", **fields: str) -> Any:
    return await staff.posts(f"{letter}/edit", {"version": version, "text": text, **fields}, seen_on=f"{letter}/edit")


async def a_letter(staff: Visitor, family: AFamily) -> str:
    """A draft to Leonie without gaps, of version 2."""
    letter = await starts(staff, f"/families/{family.family_id}", "family_missed", recipient=str(family.leonie))
    assert (await words(staff, letter)).status_code == 303
    return letter


async def test_a_practitioner_writes_fills_in_issues_and_prints_a_letter(team: ATeam, staff: Visitor) -> None:
    family = await a_family(team)
    root = f"/families/{family.family_id}"

    letters = (await staff.client.get(f"{root}/letters")).text
    assert "To the family: we will work with you" in letters.partition('<div class="pairs-sheet">')[0]
    letter = await starts(staff, root, "family_accepted", recipient=str(family.leonie))
    draft = (await staff.client.get(letter)).text
    assert "Draft: not sent" in draft
    assert "what holds the family while they wait" in draft
    assert "Finish and lock" not in draft
    await words(staff, letter)
    whole = (await staff.client.get(letter)).text
    assert "Finish and lock" in whole
    answer = await staff.posts(f"{letter}/issue", {"version": "2"}, seen_on=letter)
    assert answer.headers["location"] == f"{letter}?done=issued"

    issued = (await staff.client.get(answer.headers["location"])).text
    assert "Our reference: TEA-2026-000001-L1" in issued
    assert f"Finished and locked 2 March 2026, 10:30am by {PRACTITIONER.name}" in issued
    assert "Draft" not in issued
    pdf = await staff.client.get(f"{letter}.pdf")
    assert (pdf.headers["content-type"], pdf.headers["content-disposition"]) == (
        "application/pdf",
        'inline; filename="letter-1.pdf"',
    )
    printed = PdfReader(io.BytesIO(pdf.content)).pages[0].extract_text()
    alone = (await staff.client.get(f"{letter}.html")).text
    for said in ("We would like to see you", "What happens now", "TEA-2026-000001-L1", "Leonie Example"):
        assert said in printed
        assert said in alone


async def test_what_was_written_is_not_asked_for_again(team: ATeam, staff: Visitor) -> None:
    family = await a_family(team)
    root = f"/families/{family.family_id}"

    await starts(staff, root, "family_accepted", recipient=str(family.leonie))

    after = (await staff.client.get(f"{root}/letters")).text.partition('<div class="pairs-sheet">')[0]
    assert "To the family: we will work with you" not in after
    assert "To the referrer: what we decided" in after


async def test_a_draft_and_a_demonstration_are_marked_on_paper(team: ATeam, staff: Visitor) -> None:
    letter = await a_letter(staff, await a_family(team))

    pdf = await staff.client.get(f"{letter}.pdf")

    text = PdfReader(io.BytesIO(pdf.content)).pages[0].extract_text()
    assert text.startswith("Invented data. This is a demonstration.\nDraft: not sent")
    assert 'filename="letter-draft.pdf"' in pdf.headers["content-disposition"]


async def test_a_closed_referral_has_letters_without_a_family(team: ATeam, staff: Visitor) -> None:
    receipt = await team.receives()
    async with team.begin(an_actor(Role.TEAM_LEAD)) as work:
        closing = CloseReferral(
            receipt.referral_id, 1, TriageOutcome.DECLINED, DeclineReason.OUT_OF_AREA, "You live near another team."
        )
        await close_referral(closing, work)
    root = f"/referrals/{receipt.referral_id}"

    page = (await staff.client.get(f"{root}/letters")).text
    letter = await starts(staff, root, "family_closed", recipient="carer")
    written = (await staff.client.get(letter)).text
    after = (await staff.client.get(f"{root}/letters")).text

    to_write = page.partition('<div class="pairs-sheet">')[0]
    assert "To the family: advice, another service, or no" in to_write
    assert "To the referrer: what we decided" in to_write
    assert "You live near another team." in written
    assert "To the family: advice, another service, or no" not in after.partition('<div class="pairs-sheet">')[0]


async def test_somebody_who_must_not_be_contacted_cannot_be_chosen(team: ATeam, staff: Visitor) -> None:
    family = await a_family(team)
    async with team.begin(an_actor(Role.TEAM_LEAD)) as work:
        await record_death(RecordDeath(family.family_id, family.shannon, 1, TODAY), work)
    path = f"/families/{family.family_id}/letters/new?kind=family_missed"

    page = (await staff.client.get(path)).text
    answer = await staff.posts(path, {"recipient": str(family.leonie)}, seen_on=path)

    assert page.count("Messages to this family are stopped") == 2
    assert answer.status_code == 422
    assert "Nothing is sent about this family since a loss was recorded." in answer.text


async def test_a_letter_to_the_gp_keeps_the_name_and_place_that_were_typed(team: ATeam, staff: Visitor) -> None:
    family = await a_family(team)

    letter = await starts(
        staff,
        f"/families/{family.family_id}",
        "professional_discharged",
        recipient="gp",
        name="Dr Sam Sample",
        address="Sample Surgery\r\nBlackpool",
    )

    page = (await staff.client.get(letter)).text
    assert "Dr Sam Sample<br>Sample Surgery<br>Blackpool" in page
    answer = await words(staff, letter, name="Dr Another", address="")
    assert answer.status_code == 303
    assert "Dr Another" in (await staff.client.get(letter)).text


async def test_a_familys_form_takes_no_typed_address(team: ATeam, staff: Visitor) -> None:
    family = await a_family(team)
    letter = await starts(staff, f"/families/{family.family_id}", "family_missed", recipient=str(family.leonie))

    answer = await words(staff, letter, name="Someone", address="1 Other Street")

    assert answer.status_code == 422
    assert "1 Other Street" not in (await staff.client.get(letter)).text


async def test_words_that_are_no_letter_are_kept_and_refused(team: ATeam, staff: Visitor) -> None:
    letter = await a_letter(staff, await a_family(team))

    answer = await words(staff, letter, "Without a title", version="2")

    assert answer.status_code == 422
    assert "Begin with a title" in answer.text
    assert "Without a title" in answer.text
    assert 'href="#text"' in answer.text


async def test_of_two_who_edit_at_once_the_second_sees_both_versions(team: ATeam, staff: Visitor) -> None:
    letter = await a_letter(staff, await a_family(team))

    answer = await words(staff, letter, "# Other\n\nWhat I typed", version="1")

    assert answer.status_code == 409
    assert "What I typed" in answer.text
    assert "We call you." in answer.text


async def test_a_second_press_of_issue_says_so(team: ATeam, staff: Visitor) -> None:
    letter = await a_letter(staff, await a_family(team))
    pages = [hidden_in((await staff.client.get(letter)).text) for _ in range(2)]

    answers = [await staff.client.post(f"{letter}/issue", data={"version": "2", **page}) for page in pages]

    assert [answer.status_code for answer in answers] == [303, 409]
    assert "This letter was finished and locked meanwhile" in answers[1].text


async def test_an_e_mail_says_that_a_letter_comes_only_to_somebody_who_agreed(team: ATeam, staff: Visitor) -> None:
    reached, other = await a_family_with_email(team), await a_family(team, request={"nhs_number": None})
    fields = {"version": "2", "telling": "email"}

    letter = await a_letter(staff, reached)
    told = await staff.posts(f"{letter}/issue", fields, seen_on=letter)
    second = await a_letter(staff, other)
    refused = await staff.posts(f"{second}/issue", fields, seen_on=second)

    assert told.status_code == 303
    assert [message.kind for message in await stored(team)] == [MessageKind.LETTER_READY]
    assert refused.status_code == 422
    assert "agrees to email" in refused.text
    assert "Finish and lock" in (await staff.client.get(second)).text


async def test_a_draft_is_put_aside(team: ATeam, staff: Visitor) -> None:
    family = await a_family(team)
    letter = await a_letter(staff, family)

    answer = await staff.posts(f"{letter}/discard", {"version": "2"}, seen_on=letter)

    assert answer.headers["location"] == f"/families/{family.family_id}/letters?done=discarded"
    assert "Draft discarded" in (await staff.client.get(answer.headers["location"])).text
    assert "It was not sent." in (await staff.client.get(letter)).text


async def test_the_list_is_filtered_by_its_address_and_downloaded(team: ATeam, staff: Visitor) -> None:
    family = await a_family(team)
    root = f"/families/{family.family_id}/letters"
    empty = (await staff.client.get(root)).text
    for _ in range(26):
        await write(
            team,
            family.practitioner,
            await referral_of(team, family.family_id),
            LetterKind.REFERRER_RECEIVED,
            "referrer",
        )

    first, second = (await staff.client.get(root)).text, (await staff.client.get(f"{root}?page=2")).text
    issued = (await staff.client.get(f"{root}?state=issued")).text
    beyond = await staff.client.get(f"{root}?page=9")
    rows = list(csv.reader(io.StringIO((await staff.client.get(f"{root}.csv")).text.removeprefix("\ufeff"))))
    wrong = await staff.client.get(f"{root}?state=lost")

    assert "No letter has been written yet." in empty
    assert (first.count("<th scope=row role=rowheader"), second.count("<th scope=row role=rowheader")) == (25, 1)
    assert "26 letters" in first
    assert "No letter fits this filter." in issued
    assert (beyond.status_code, beyond.headers["location"]) == (303, root)
    assert len(rows) == 27
    assert rows[1][:3] == ["To the referrer: we have the referral", "Ola Sample", "Draft"]
    assert wrong.status_code == 422


async def test_the_number_of_statements_does_not_depend_on_the_letters(team: ATeam, staff: Visitor) -> None:
    family = await a_family(team)
    referral_id = await referral_of(team, family.family_id)
    letters = f"/families/{family.family_id}/letters"

    counts = []
    for _ in range(2):
        await write(team, family.practitioner, referral_id, LetterKind.REFERRER_RECEIVED, "referrer")
        counts.append(await statements(team, staff, letters))

    assert counts[0] == counts[1]


async def statements(team: ATeam, staff: Visitor, path: str) -> int:
    seen: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        seen.append(statement)

    event.listen(team.engine.sync_engine, "before_cursor_execute", note)
    await staff.client.get(path)
    event.remove(team.engine.sync_engine, "before_cursor_execute", note)
    return len(seen)


async def test_what_is_not_there_is_not_found(staff: Visitor) -> None:
    for path in (
        f"/letters/{new_id()}",
        f"/letters/{new_id()}.pdf",
        f"/families/{new_id()}/letters",
        f"/referrals/{new_id()}/letters/new",
        "/settings/letters/nothing",
    ):
        assert (await staff.client.get(path)).status_code == 404


async def test_every_look_at_a_letter_is_in_the_audit_trail(team: ATeam, staff: Visitor) -> None:
    family = await a_family(team)
    letter = await a_letter(staff, family)
    before = len(await team.audited())

    for path in (letter, f"{letter}.pdf", f"{letter}.html", f"/families/{family.family_id}/letters"):
        await staff.client.get(path)

    looked: list[tuple[str, UUID]] = (await team.audited())[before:]
    assert looked == [
        ("letter.read", family.family_id),
        ("letter.export", family.family_id),
        ("letter.export", family.family_id),
        ("letter.list", family.family_id),
    ]


@pytest.fixture
async def lead(staff: Visitor) -> Visitor:
    await staff.signs_in(LEAD)
    return staff


async def test_each_of_the_teams_letters_is_shown_with_invented_facts(lead: Visitor) -> None:
    listed = (await lead.client.get("/settings/letters")).text

    for name in ALL_TEMPLATES:
        assert f'href="/settings/letters/{name.value}"' in listed
        page = await lead.client.get(f"/settings/letters/{name.value}")
        assert page.status_code == 200
        sample = page.text.partition('aria-label="A letter with these words"')[2]
        assert "Invented facts" in sample
        assert "[[" not in sample
        assert "{{" not in sample


async def test_the_lead_words_a_letter_tries_it_stores_it_and_goes_back(lead: Visitor) -> None:
    path = "/settings/letters/family_missed"
    own = shipped_template(LetterKind.FAMILY_MISSED).text.replace("We are not cross", "We think of {{ baby_name }}")
    tried = await lead.posts(path, {"number": "0", "text": own, "act": "try"}, seen_on=path)
    not_stored = (await lead.client.get(path)).text
    await lead.posts(path, {"number": "0", "text": own, "act": "store"}, seen_on=path)
    stored_page = (await lead.client.get(path)).text
    await lead.posts(path, {"number": "1", "text": own, "act": "go_back"}, seen_on=path)
    back = (await lead.client.get(path)).text

    assert "We think of Shannon" in tried.text
    assert "We think of" not in not_stored
    assert "We think of Shannon" in stored_page
    assert "Your team changed these words." in stored_page
    assert "We are not cross" in back
    assert "These are the original words." in back


async def test_a_wrong_template_is_kept_in_the_box_and_says_what_to_write(lead: Visitor) -> None:
    path = "/settings/letters/family_missed"
    wrong = "# Hello\n\n{{ safety_net }}\n\n{{ nhs_number }}"

    for act in ("store", "try"):
        answer = await lead.posts(path, {"number": "0", "text": wrong, "act": act}, seen_on=path)
        assert answer.status_code == 422
        assert "Line 5: this letter cannot say that." in answer.text
        assert "{{ nhs_number }}" in answer.text


async def test_two_leads_who_edit_at_once_see_both_versions(lead: Visitor) -> None:
    path = "/settings/letters/family_missed"
    for text, status in (("# One\n\n{{ safety_net }}", 303), ("# Two\n\n{{ safety_net }}", 409)):
        answer = await lead.posts(path, {"number": "0", "text": text, "act": "store"}, seen_on=path)
        assert answer.status_code == status

    assert "# One" in answer.text
    assert "# Two" in answer.text


async def test_a_practitioner_reads_the_teams_words_and_does_not_change_them(staff: Visitor) -> None:
    path = "/settings/letters/family_missed"

    page = (await staff.client.get(path)).text
    answer = await staff.client.post(
        path, data={**hidden_in(page), "number": "0", "text": "# A\n\n{{ safety_net }}", "act": "store"}
    )

    assert "The team lead or a team administrator changes the words." in page
    assert answer.status_code == 403


async def test_a_letter_starts_filled_in_and_its_gaps_are_yellow_and_counted(team: ATeam, staff: Visitor) -> None:
    family = await a_family(team)

    letter = await starts(staff, f"/families/{family.family_id}", "family_missed", recipient=str(family.leonie))
    page = (await staff.client.get(letter)).text

    body = page[page.index("<article") : page.index("</article>")]
    for known in ("Dear Leonie Example", "Our reference: TEA-2026-000001", "Practitioner"):
        assert known in body
    gaps = body.count('<mark class="pairs-gap">')
    assert gaps > 0
    assert body.count("[[") == gaps
    assert f"{gaps} gap" in page
    assert "Finish and lock" not in page
    assert "Fill in the gaps" in page


async def test_a_postcode_without_a_street_is_said_before_the_letter_is_written_and_beside_it(
    team: ATeam, staff: Visitor
) -> None:
    family = await a_family(team)
    root = f"/families/{family.family_id}"
    choosing = (await staff.client.get(f"{root}/letters/new?kind=family_missed")).text
    letter = await starts(staff, root, "family_missed", recipient=str(family.leonie))

    assert "no street on record" in choosing
    assert "No street on record" in (await staff.client.get(letter)).text


async def test_a_letter_says_by_when_the_family_was_told_that_they_would_hear_from_us(
    team: ATeam, staff: Visitor
) -> None:
    family = await a_family(team)
    referral_id = await referral_of(team, family.family_id)
    async with team.begin(public_form()) as work:
        await make_promise(MakePromise(PromiseKind.HEARD_BY, NOW + timedelta(5), referral_id), work)

    letter = await starts(staff, f"/families/{family.family_id}", "family_missed", recipient=str(family.leonie))

    assert "We will get in touch again by 7 March 2026." in (await staff.client.get(letter)).text


async def test_a_mother_who_refers_herself_is_written_to_as_a_family_and_not_as_a_referrer(
    team: ATeam, staff: Visitor
) -> None:
    about = Referrer("Leonie Example", SourceGroup.SELF, phone="01632 960001")
    family = await a_family(team, request={"referrer": about})
    root = f"/families/{family.family_id}"

    shown = (await staff.client.get(root)).text
    offered = (await staff.client.get(f"{root}/letters/choose")).text
    typed = await staff.client.get(f"{root}/letters/new?kind=referrer_decided")

    assert "To the family: we will work with you" in shown
    assert "To the family: we will work with you" in offered
    assert "To the referrer" not in shown + offered
    assert typed.headers["location"] == f"{root}/letters/choose"
