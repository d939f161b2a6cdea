"""A team's FHIR API with a client that has its credentials, and the messages in `tests/referral/fhir/`."""

import json
from pathlib import Path
from typing import Any

import httpx
from fastapi import FastAPI
from sqlalchemy import func, select

from services.referral.contents import SERVICE
from services.referral.database.tables import api_message, referral
from services.referral.fhir.commands.register_api_client import RegisterApiClient, register_api_client
from services.referral.fhir.database.api_clients import ApiCredentials
from services.referral.settings import ReferralSettings
from shared.kernel.actor import system
from shared.outbox.tables import outbox
from shared.process import create_pages
from shared.testing.direct_sign_in import direct_sign_in
from tests.referral.a_team import REGION_KEY, ATeam

PUBLIC_URL = "http://127.0.0.1:8000"
MESSAGES = Path(__file__).parents[1] / "fhir" / "messages"
PROCESS = "/fhir/$process-message"
SERVICE_REQUEST = "/fhir/ServiceRequest"


def example(name: str) -> dict[str, Any]:
    """A fresh copy of one of the messages."""
    return json.loads((MESSAGES / f"{name}.json").read_text())


def resource(message: dict[str, Any], kind: str) -> dict[str, Any]:
    """The first resource of a kind, in a bundle or contained."""
    found = [entry["resource"] for entry in message.get("entry", [])] + message.get("contained", [])
    return next(item for item in found if item["resourceType"] == kind)


def create_app(team: ATeam, **settings: Any) -> FastAPI:
    values = {
        "team": team.slug,
        "database_url": "postgresql://unused@127.0.0.1/unused",
        "redis_url": "redis://127.0.0.1",
        "region_key": REGION_KEY.hex(),
        "port": 8000,
        "private_port": 8001,
        "public_url": PUBLIC_URL,
        "sign_in": "demonstration",
    }
    given = ReferralSettings(**(values | settings))
    return create_pages(SERVICE, given, team.engine, lambda: team.now, signs_in=direct_sign_in(given, ()))


async def register(team: ATeam, name: str = "royal-neonatal") -> ApiCredentials:
    async with team.begin(system()) as work:
        return await register_api_client(RegisterApiClient(name), work)


class FhirApi:
    """Speaks to one team's API as one of its clients."""

    def __init__(self, team: ATeam, http: httpx.AsyncClient, credentials: ApiCredentials, token: str = "") -> None:
        self.team = team
        self.http = http
        self.credentials = credentials
        self.token = token

    async def ask_token(self, **changes: str) -> httpx.Response:
        given = (str(self.credentials.client_id), self.credentials.secret)
        return await self.http.post("/oauth2/token", data={"grant_type": "client_credentials"} | changes, auth=given)

    async def sign_in(self) -> None:
        self.token = (await self.ask_token()).json()["access_token"]

    async def send(self, message: Any, path: str = PROCESS, **headers: str) -> httpx.Response:
        """A message as JSON, or bytes as they are."""
        body = message if isinstance(message, bytes) else json.dumps(message).encode()
        usual = {"content-type": "application/fhir+json", "authorization": f"Bearer {self.token}"}
        return await self.http.post(path, content=body, headers=usual | headers)

    async def get(self, path: str) -> httpx.Response:
        return await self.http.get(path, headers={"authorization": f"Bearer {self.token}"})

    async def rows(self) -> tuple[int, int, int]:
        """Referrals, messages and events that are stored."""
        async with self.team.engine.connect() as connection:
            counts = [
                await connection.scalar(select(func.count()).select_from(t)) for t in (referral, api_message, outbox)
            ]
        return counts[0] or 0, counts[1] or 0, counts[2] or 0
