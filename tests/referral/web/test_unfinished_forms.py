"""Forms that someone has not finished: each says whom it is about and when, and is gone once the same is saved."""

import html
import re
from datetime import timedelta

import httpx

from services.referral.staff.domain.restricted_record import RESTRICTED
from shared.kernel.identifiers import new_id
from shared.testing.office import OpenForm
from tests.referral.governance.builders import restrict
from tests.referral.web.every_form import FORMS
from tests.referral.web.office import Office
from tests.referral.web.visitor import LEAD, PRACTITIONER


async def opens(office: Office, path: str, *, who: object = PRACTITIONER) -> OpenForm:
    form = next(one for one in FORMS if one.path == path)
    return await office.opens(LEAD if who is LEAD else PRACTITIONER, form)


async def keeps(opened: OpenForm, **fields: list[str]) -> None:
    own = {"intention": [str(new_id())], "keep_as": ["typing"], "keep_number": ["1"]}
    assert (await opened.sends(opened.right | own | fields)).status_code == 204


def lines(page: httpx.Response) -> list[list[str]]:
    rows = re.findall("<tr class=.nhsuk-table__row.>(.*?)</tr>", page.text, re.DOTALL)
    return [
        [html.unescape(re.sub("<[^>]*>", " ", one)).strip() for one in re.findall("<td.*?</td>", row, re.DOTALL)]
        for row in rows
    ]


async def test_each_unfinished_form_says_whom_it_is_about(office: Office) -> None:
    await keeps(await opens(office, "/families/{family_id}/sessions/new"))
    await keeps(await opens(office, "/referrals/{referral_id}/ask"))
    await keeps(await opens(office, "/groups/{group_id}/sessions/new"))

    page = await office.clients[PRACTITIONER].get("/unfinished")

    whom = {form.partition("  ")[0]: about for form, about, *_ in lines(page)}
    assert whom["Record a session"] == "Shannon Example and Sian Example"
    assert all(whom.values()), whom


async def test_whom_it_is_about_is_not_said_to_whom_the_record_is_kept_from_since(office: Office) -> None:
    await keeps(await opens(office, "/families/{family_id}/sessions/new"))
    await restrict(office.team, office.record.family.family_id, LEAD.id)

    page = await office.clients[PRACTITIONER].get("/unfinished")

    assert [about for _, about, *_ in lines(page)] == [RESTRICTED]


async def test_two_that_were_typed_within_a_minute_are_told_apart(office: Office) -> None:
    opened = await opens(office, "/families/{family_id}/sessions/new")
    was = office.team.now
    await keeps(opened, note=["The first."])
    office.team.now = was + timedelta(seconds=7)
    await keeps(opened, note=["The second."])

    listed = lines(await opened.client.get("/unfinished"))
    form = await opened.client.get(opened.page)
    office.team.now = was

    assert len({when for _, _, when, *_ in listed}) == 2
    links = re.findall("Go on with what you typed ([^<]+)<", form.text)
    assert len(links) == len(set(links)) == 2


async def test_what_is_saved_by_another_tab_is_unfinished_no_more(office: Office) -> None:
    opened = await opens(office, "/families/{family_id}/sessions/new")
    await keeps(opened)
    await keeps(opened, note=["Something else."])

    assert (await opened.sends()).status_code == 303

    (left,) = await office.connection.fetch("SELECT fields FROM public.form_draft")
    assert "Something else." in left["fields"]
