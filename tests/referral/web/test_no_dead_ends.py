"""Every page can be reached by links from where a colleague begins, and the header stays short."""

import re

from shared.manifest import Person
from shared.testing.page_walk import crawl, form_of
from tests.referral.web.every_page import addresses_of, page_routes
from tests.referral.web.office import Office
from tests.referral.web.visitor import ADMINISTRATOR, LEAD, PRACTITIONER

MOST_IN_THE_HEADER = 8

ONLY_THE_LEAD = {
    "/audit",
    "/audit/check",
    "/break-glass",
    "/break-glass/{break_glass_id}",
    "/caseload/import",
    "/colleagues/{colleague_id}/capacity",
    "/colleagues/{colleague_id}/training",
    "/extract",
    "/families/{family_id}/restriction",
    "/needs-me",
    "/record-keeping",
    "/retention",
    "/retention/{destruction_id}",
}
ONLY_WHO_DECIDES = {"/groups/new"}
IMPORTS = {"/caseload/import"}
ONLY_WHO_EDITS = {"/settings/notes/usual_visit"}

FROM_OUTSIDE = {"/m/{token}", "/sign-in", "/refer"}
"""Where a family, someone who is not signed in, and the public begin."""

AFTER_A_FORM = {
    "/m/thanks",
    "/families/{family_id}/ask",
    "/families/{family_id}/measures/links/{request_id}",
}
"""Where a form leads, by its answer or because someone may not send it, and nothing else."""

FOUND_BY_SEARCH = {
    "/families/{family_id}/destruction",
    "/referrals/{referral_id}/letters",
    "/referrals/{referral_id}/letters/choose",
    "/referrals/{referral_id}/reopen",
}
"""Of a family whose work ended long ago, and of a referral that was closed without becoming a family."""


async def missed_by(person: Person, office: Office, *not_reached: set[str]) -> str:
    """Pages that are not found, but for those to which no link leads for them; and links that are refused."""
    keys = {form_of(route, one) for route, all_of in addresses_of(office.app, office.record).items() for one in all_of}
    wanted = keys.difference(FROM_OUTSIDE, AFTER_A_FORM, *not_reached)
    found = await crawl(office.app, office.clients[person], "/my-day", says_no="/break-glass", wanted=wanted)
    return "\n".join([*sorted(wanted - found.pages), *found.refused])


async def test_the_lead_reaches_every_page_by_links_and_no_link_is_refused(office: Office) -> None:
    assert await missed_by(LEAD, office, FOUND_BY_SEARCH) == ""


async def test_a_practitioner_reaches_all_but_what_the_lead_decides(office: Office) -> None:
    assert await missed_by(PRACTITIONER, office, ONLY_THE_LEAD, ONLY_WHO_EDITS, FOUND_BY_SEARCH) == ""


async def test_an_administrator_reaches_every_list_and_no_link_is_refused(office: Office) -> None:
    of_a_record = {path for path in page_routes(office.app) if "/{" in path}
    assert await missed_by(ADMINISTRATOR, office, ONLY_THE_LEAD - IMPORTS, ONLY_WHO_DECIDES, of_a_record) == ""


async def test_the_header_holds_at_most_eight_entries(office: Office) -> None:
    page = (await office.clients[LEAD].get("/more")).text

    assert 0 < len(re.findall(r'class="pairs-bar__link"', page)) <= MOST_IN_THE_HEADER
