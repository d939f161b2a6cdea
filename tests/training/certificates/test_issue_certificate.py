"""A certificate is signed, published as a digest, and verified by whoever likes to."""

import json
from base64 import urlsafe_b64decode

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from sqlalchemy import select

from services.training.database.course_tables import booking, certificate
from shared.testing.visitor import client_of
from tests.training.a_course import TeachingTeam
from tests.training.conftest import NOW, TrainedTeam


async def test_what_goes_to_the_network_leads_to_nobody(teaching: TeachingTeam) -> None:
    await teaching.completed(1)
    [one] = await teaching.rows(select(certificate))
    team, network = await teaching.told(), await teaching.told(audience="network")

    assert {row.type for row in network} == {
        "uk.pairs.network.key_published.v1",
        "uk.pairs.network.certificate_issued.v1",
    }
    ours = {str(row.event_id) for row in team} | {str(row.aggregate_id) for row in team}
    assert not any(str(row.subject) in ours or str(row.event_id) in ours for row in network)
    text = json.dumps([row.body for row in network])
    assert not any(word in text for word in ("Ada1", "Example", one.code, "bispham", str(one.completion_id)))


async def test_a_stranger_verifies_a_signed_copy_with_the_published_key(trained: TrainedTeam) -> None:
    own = TeachingTeam(trained.engine, now=NOW)
    await own.completed(1)
    [held] = await own.completions()
    [booked] = await own.rows(select(booking.c.secret).where(booking.c.id == held.booking_id))
    async with client_of(trained.walked.app) as stranger:
        keys = (await stranger.get("/check/keys.json")).json()["keys"]
        file = await stranger.get(f"/place/{booked.secret}/certificate.txt")

    head, said, signature = file.text.split(".")
    public = next(key for key in keys if key["kid"] == json.loads(decoded(head))["kid"])
    Ed25519PublicKey.from_public_bytes(decoded(public["x"])).verify(decoded(signature), f"{head}.{said}".encode())
    assert json.loads(decoded(said))["name"] == "Ada1 Example"


def decoded(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))
