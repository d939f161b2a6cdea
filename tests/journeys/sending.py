"""What a sender can choose beside what a form or a message asks: headers, ids, names of things, moments."""

import json
from pathlib import Path
from typing import Any

import httpx

from services.referral.fhir.commands.register_api_client import RegisterApiClient, register_api_client
from shared.database.engines import create_engine
from shared.kernel.actor import system
from shared.kernel.clock import machine_clock
from shared.unit_of_work import UnitOfWork, UnitsOfWork
from tests.journeys.network import Running

_MESSAGE = Path(__file__).parents[1] / "referral" / "fhir" / "messages" / "baby_message.json"
_NUMBER = "9990000050"
"""The NHS number of the canaries, in hexadecimal."""

TRACEPARENT = f"00-cafe{_NUMBER}deadbeefcafe000000-face{_NUMBER}00-a5"
HEADERS = {
    "traceparent": TRACEPARENT,
    "tracestate": "canary=finchley",
    "baggage": "canary=finchley",
    "X-Request-ID": f"00000000-0000-4000-8000-{_NUMBER}01",
    "X-Correlation-ID": f"00000000-0000-4000-8000-{_NUMBER}02",
    "User-Agent": "canary/finchley",
    "Referer": "https://canary.example/finchley",
    "From": "canary.perch@example.org",
    "Forwarded": "for=canary",
    "X-Forwarded-For": "canary",
    "Accept": "text/html, canary/finchley",
    "Accept-Encoding": "canary",
    "Accept-Language": "canary",
    "Idempotency-Key": "canary",
    "Cookie": "canary=finchley",
}
"""Sent with every request, whatever else it has."""

_META = {
    "versionId": "canary.finchley",
    "source": "urn:canary:finchley",
    "lastUpdated": "2026-03-02T09:15:00.999000005+00:00",
    "tag": [{"system": "urn:canary", "code": "finchley", "display": "Canaria Finchley"}],
}
_WORDS = {
    "-8000-0000000000": f"-8000-{_NUMBER}",
    "Shannon": "Canaria",
    "Example": "Finchley",
    "Leonie": "Zebedee",
    "9990000026": _NUMBER,
    "Neonatal record": "Canary record",
    "neonatal.example.org": "canary.example.org",
}


def a_message() -> dict[str, Any]:
    """A BaRS message with a canary in every place that its sender may fill."""
    text = _MESSAGE.read_text()
    for usual, canary in _WORDS.items():
        assert usual in text, usual
        text = text.replace(usual, canary)
    message: dict[str, Any] = json.loads(text)
    resources = [entry["resource"] for entry in message["entry"]]
    for place, resource in enumerate((message, *resources)):
        resource["meta"] = resource.get("meta", {}) | _META
        resource["language"] = "canary"
        resource.setdefault("id", f"canary.{_NUMBER}.{place}")
    message["timestamp"] = _META["lastUpdated"]
    return message


async def send_by_fhir(team: Running) -> None:
    """Send the message as another system does."""
    engine = create_engine(team.database_url)
    async with UnitsOfWork(engine, UnitOfWork, region_key=b"", clock=machine_clock).begin(system()) as work:
        credentials = await register_api_client(RegisterApiClient("canary-finchley"), work)
    await engine.dispose()
    async with httpx.AsyncClient(base_url=team.url, headers=HEADERS) as http:
        asked = await http.post(
            "/oauth2/token",
            data={"grant_type": "client_credentials", "scope": "canary"},
            auth=(str(credentials.client_id), credentials.secret),
        )
        answer = await http.post(
            "/fhir/$process-message",
            json=a_message(),
            headers={"Authorization": f"Bearer {asked.json()['access_token']}"},
        )
    assert answer.status_code == 200, answer.text
