"""No address makes a page fail: whatever stands where a number, a day, a code or a word is asked for."""

import pytest

from shared.testing.page_walk import WalkedService, asked_for, failing
from tests.referral.web.every_page import addresses_of
from tests.referral.web.office import Office
from tests.referral.web.visitor import LEAD

FILES = ("/audit.csv", "/caseload.csv", "/messages.csv", "/search.csv")


@pytest.mark.timeout(300)
async def test_whatever_stands_in_an_address_no_page_fails(office: Office) -> None:
    lead = office.clients[LEAD]
    addresses = {**addresses_of(office.app, office.record), **{path: [path] for path in FILES}}

    names = await asked_for(office.app, [one for found in addresses.values() for one in found], lead)

    assert {"page", "done", "reference", "until_on", "state"} <= names
    assert await failing(WalkedService(office.app, {LEAD: lead}, addresses)) == []
