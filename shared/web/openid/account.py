"""Whose account it is: a person is one issuer's subject, and has an id of ours that says neither.

A team's services keep an account each and never ask one another, so the id is reckoned: the same account of the same
team is the same colleague in each of them. Once kept, the id stays, whatever it would be reckoned to.
"""

import hashlib
from datetime import datetime
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from shared.manifest import Person
from shared.web.tables import account


def colleague_id(issuer: str, subject: str, team: str) -> UUID:
    """A UUID of version 8 (RFC 9562)."""
    digest = hashlib.sha256("\0".join(("pairs colleague", issuer, subject, team)).encode()).digest()
    return UUID(bytes=digest[:6] + bytes([0x80 | digest[6] & 0x0F, digest[7], 0x80 | digest[8] & 0x3F]) + digest[9:16])


async def keep_account(connection: AsyncConnection, person: Person, issuer: str, subject: str, now: datetime) -> UUID:
    """Note that someone signed in with it; gives the id that they are known by, which is theirs if they are new."""
    row = {
        "issuer": issuer,
        "subject": subject,
        "id": person.id,
        "name": person.name,
        "first_sign_in_at": now,
        "last_sign_in_at": now,
    }
    kept = insert(account).values(row)
    kept = kept.on_conflict_do_update(
        index_elements=["issuer", "subject"], set_={"name": person.name, "last_sign_in_at": now}
    )
    return (await connection.execute(kept.returning(account.c.id))).scalar_one()
