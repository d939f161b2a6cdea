"""What another system sent is before whoever decides, all of it, at any width."""

from playwright.async_api import Browser
from sqlalchemy import text

from shared.testing.axe import faults_at_every_width
from tests.referral.fhir.web.bars_messages import add, bars, put, ref
from tests.referral.web.fhir_api import FhirApi
from tests.referral.web.test_in_a_browser import sign_in, visit

SENT = bars(
    add("flag", "Flag", status="active", subject=ref("baby"), code={"text": "Do not visit alone: violent dog"}),
    add("consent", "Consent", status="active", patient=ref("baby"), provision={"type": "deny"}),
    put(
        "mother",
        telecom=[
            {"system": "phone", "value": "07700 900999", "period": {"end": "2021"}},
            {"system": "phone", "value": "07700 900123 or 01253 960001 ext 2"},
        ],
        communication=[{"language": {"text": "Urdu"}, "preferred": True}],
    ),
    put("request", reasonCode=[{"text": "She does not dare to hold her baby"}]),
)


async def test_what_a_system_sent_stands_on_the_referral_alerts_first(
    fhir: FhirApi, address: str, browser: Browser
) -> None:
    answer = await fhir.send(SENT)
    async with fhir.team.engine.connect() as connection:
        referral_id = await connection.scalar(text("SELECT id FROM referral"))

    async with visit(browser, address) as page:
        await sign_in(page, f"/referrals/{referral_id}")
        sent = await page.locator("section", has=page.get_by_role("heading", name="What else the sender")).inner_text()
        links = await page.locator('a[href^="tel:"]').evaluate_all("all => all.map(one => one.getAttribute('href'))")
        faults = await faults_at_every_width(page)

    assert answer.status_code == 200, answer.text
    assert sent.index("violent dog") < sent.index("deny") < sent.index("Urdu") < sent.index("dare to hold")
    assert "07700 900999" in sent
    assert links == ["tel:01632960001"]  # the referrer's alone: nobody asked whether it is safe to ring the family
    assert faults == []
