"""Who is signed in: sessions that the server keeps and can end.

The cookie holds 256 random bits and the database only their hash, so a copy of the database lets nobody in. A session
ends 30 minutes after it was last used, 12 hours after it began, at sign-out, and when the person signs in with other
roles; each sign-in makes a new one. Whose page it was that is sent after its session ended is known for two weeks: what
was typed there is kept for them.
"""

import hashlib
import secrets
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any, Protocol

from sqlalchemy import LargeBinary, Select, bindparam, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine
from starlette.requests import Request
from starlette.responses import Response

from shared.audit.trail import add_to_trail
from shared.contracts.vocabulary import Role
from shared.database.built_once import NOW, TODAY
from shared.kernel.actor import Actor
from shared.kernel.clock import Clock, london_date
from shared.kernel.settings import Settings
from shared.manifest import Person
from shared.web.openid.account import keep_account
from shared.web.session_end import IDLE, close_sessions, end_with_other_roles, subjects
from shared.web.tables import account, web_session
from shared.web.watch import MenuCount, StandingNotice, Watch, Watched

LONGEST = timedelta(hours=12)
AUTHOR_KNOWN = timedelta(days=14)
PROVED = timedelta(minutes=10)
"""How long after someone proved who they are they may do what asks for that again."""
LINK_USED = "sign_in_link.use"
BY_LINK = "urn:pairs:sign-in-link"
"""Where a provider says how somebody signed in."""
_NO_PROOF = StandingNotice(
    "You are signed in by a link. Sign in with your organisation’s account as soon as that works again.",
    "/sign-in/begin?next=/&how=again",
    is_urgent=False,
)
"""What the provider says then proves who they are, and the session goes on."""
_NOTED_EVERY = timedelta(minutes=1)
"""How exact `last_seen_at` is: a page that loads ten parts is not ten writes."""
_KEY = bindparam("key", type_=LargeBinary())
_FOR_EACH_REQUEST = [column for column in web_session.c if column.name != "id_token"]

AtStart = Callable[[AsyncConnection, Person], Awaitable[None]]
"""What a service does when someone signs in, or is refused as they hold no role any more, in the same transaction."""


@dataclass(frozen=True)
class Proof:
    """How it is known who someone is: what the provider said when they signed in."""

    issuer: str
    subject: str
    authenticated_at: datetime | None = None
    """When they last showed who they are, and not only that they had before; unknown of some providers."""
    sid: str | None = None
    """The provider's name for this sign-in, by which it says that it is over."""
    acr: str | None = None
    id_token: str | None = field(default=None, repr=False)
    """What the provider wants to see when they sign out."""


@dataclass(frozen=True)
class Session:
    """A person who is signed in."""

    actor: Actor
    name: str
    csrf_token: str
    key: bytes
    """Tells sessions apart; it is the token's hash, not the token."""
    seconds_left: int
    """Until it ends, unless it is used."""
    proof: Proof
    is_proved: bool
    """They showed who they are a few minutes ago."""
    notices: Sequence[StandingNotice] = ()
    counts: Mapping[str, MenuCount] = field(default_factory=dict[str, MenuCount])
    """Of the links in the header, by their addresses."""


class Over(Protocol):
    """Which sign-in is over, or whose."""

    def is_sid(self, sid: str) -> bool:
        """Whether it is the sign-in of this name."""
        ...

    def is_subject(self, subject: str) -> bool:
        """Whether it is this person's."""
        ...


class Sessions:
    """The sessions of one service of one team."""

    def __init__(self, engine: AsyncEngine, settings: Settings, clock: Clock) -> None:
        self._engine = engine
        self._each_by_itself = engine.execution_options(isolation_level="AUTOCOMMIT")
        """For what every request asks: a transaction around one statement takes two more round trips."""
        self._clock = clock
        self._is_https = settings.is_https
        self._issuer = settings.openid_issuer if settings.sign_in != "none" else ""
        self.cookie_name = cookie_name(settings)
        self.at_start: list[AtStart] = []
        self.watches: list[Watch] = []

    async def find(self, request: Request, *, is_use: bool = True) -> Session | None:
        """The session of the request's cookie, if there is one that has not ended.

        Args:
            is_use: the person did something; False when their page only asks how long they have.
        """
        token = request.cookies.get(self.cookie_name)
        if not token:
            return None
        now, key = self._clock(), _hash(token)
        async with self._each_by_itself.connect() as connection:
            sought = {_KEY.key: key, NOW.key: now, TODAY.key: london_date(now)}
            row = (await connection.execute(self._session_of_key, sought)).one_or_none()
            if row is None or row.issuer != self._issuer or _has_ended(row.created_at, row.last_seen_at, now):
                return None
            last_seen_at = row.last_seen_at
            if is_use and now - last_seen_at >= _NOTED_EVERY:
                last_seen_at = now
                seen = update(web_session).where(web_session.c.token_hash == key).values(last_seen_at=now)
                await connection.execute(seen)
        roles = frozenset(Role(role) for role in row.roles)
        left = int((min(last_seen_at + IDLE, row.created_at + LONGEST) - now).total_seconds())
        actor = Actor(row.actor_id, roles)
        watched = self._watched(row, actor, now)
        notices = [_NO_PROOF] if row.acr == BY_LINK else []
        notices += [notice for one in watched for notice in one.notices]
        counts = {href: count for one in watched for href, count in one.counts.items()}
        proof = Proof(row.issuer, row.subject, row.authenticated_at, row.sid, row.acr)
        is_proved = row.authenticated_at is not None and now - row.authenticated_at < PROVED
        return Session(actor, row.actor_name, row.csrf_token, key, left, proof, is_proved, notices, counts)

    @cached_property
    def _session_of_key(self) -> Select[Any]:
        """Built at the first request, when every watch is known."""
        columns = [watch.column().label(f"watched_{place}") for place, watch in enumerate(self.watches)]
        return select(*_FOR_EACH_REQUEST, *columns).where(web_session.c.token_hash == _KEY)

    def _watched(self, row: Any, actor: Actor, now: datetime) -> list[Watched]:
        values = [getattr(row, f"watched_{place}") for place in range(len(self.watches))]
        return [watch.watched(value, actor, now) for watch, value in zip(self.watches, values, strict=True)]

    async def find_author(self, csrf_token: str) -> Actor | None:
        """Who opened the page that has this token, also when their session has ended since; they hold no role."""
        async with self._engine.connect() as connection:
            actor_id = await connection.scalar(select(web_session.c.actor_id).filter_by(csrf_token=csrf_token))
        return Actor(actor_id, frozenset()) if actor_id else None

    async def start(self, request: Request, response: Response, person: Person, proof: Proof | None = None) -> None:
        """Sign the person in: the browser gets a new token, and what its old one opened is closed.

        Args:
            person: their id is what their account would be known by if it were new; that which is kept is taken.
            proof: without it they are known by their id, as in a test.
        """
        now, token = self._clock(), secrets.token_urlsafe(32)
        proof = proof or Proof("", str(person.id), now)
        async with self._engine.begin() as connection:
            await self._end(connection, request, now)
            kept = await keep_account(connection, person, proof.issuer, proof.subject, now)
            await connection.execute(
                insert(web_session),
                {
                    "token_hash": _hash(token),
                    "actor_id": kept,
                    "actor_name": person.name,
                    "roles": sorted(person.roles),
                    "csrf_token": secrets.token_urlsafe(32),
                    "created_at": now,
                    "last_seen_at": now,
                    **vars(proof),
                },
            )
            await end_with_other_roles(connection, kept, person.roles, now)
            for remember in self.at_start:
                await remember(connection, replace(person, id=kept))
        self._give(response, token)

    async def start_by_link(self, request: Request, response: Response, link_token: str) -> bool:
        """Sign in whomever an operator's link is for (`shared.web.sign_in_link`); False when it opens nothing any more.

        They hold the roles with which they last signed in, and have proved nothing: what asks for a proof still does.
        """
        now, token = self._clock(), secrets.token_urlsafe(32)
        opens = (
            web_session.c.token_hash == link_hash(link_token),
            web_session.c.issuer == self._issuer,
            web_session.c.last_seen_at > now - IDLE,
        )
        begins = {"token_hash": _hash(token), "created_at": now, "last_seen_at": now}
        async with self._engine.begin() as connection:
            begun = update(web_session).where(*opens).values(**begins).returning(web_session.c.actor_id)
            whose = await connection.scalar(begun)
            if whose is None:
                return False
            await self._end(connection, request, now)
            await add_to_trail(connection, now, whose, [(LINK_USED, whose)])
        self._give(response, token)
        return True

    def _give(self, response: Response, token: str) -> None:
        response.set_cookie(self.cookie_name, token, secure=self._is_https, httponly=True, samesite="lax")

    async def prove(self, session: Session, person: Person, proof: Proof) -> None:
        """The person of an open session has shown once more who they are; they hold the roles that they hold now."""
        own = web_session.c.token_hash == session.key
        async with self._engine.begin() as connection:
            await connection.execute(update(web_session).where(own).values(roles=sorted(person.roles), **vars(proof)))
            await end_with_other_roles(connection, session.actor.id, person.roles, self._clock())
            for remember in self.at_start:
                await remember(connection, replace(person, id=session.actor.id))

    async def note_no_role(self, person: Person, proof: Proof) -> None:
        """Their organisation gives whoever it is no role any more: what is remembered of somebody known says so too."""
        own = (account.c.issuer == proof.issuer, account.c.subject == proof.subject)
        async with self._engine.begin() as connection:
            known = await connection.scalar(select(account.c.id).where(*own))
            if known:
                await end_with_other_roles(connection, known, frozenset(), self._clock())
            for remember in self.at_start if known else ():
                await remember(connection, replace(person, id=known))

    async def id_token(self, session: Session) -> str | None:
        """What the provider said when they signed in."""
        own = web_session.c.token_hash == session.key
        async with self._each_by_itself.connect() as connection:
            return await connection.scalar(select(web_session.c.id_token).where(own))

    async def end(self, request: Request, response: Response) -> None:
        """Sign out: the session is gone, and so is what the browser kept."""
        async with self._engine.begin() as connection:
            await self._end(connection, request, self._clock())
        response.delete_cookie(self.cookie_name, secure=self._is_https, httponly=True, samesite="lax")
        # Not "cookies": that would also sign out of the other services of the same domain.
        response.headers["Clear-Site-Data"] = '"cache", "storage"'

    async def end_all(self, issuer: str, over: Over, *, begun_by: datetime | None = None) -> int:
        """A sign-in is over, or everything of one person. Gives how many sessions ended.

        Where it names the sign-in and none was begun with it, those of the person end; those by a link always do.

        Args:
            begun_by: those that began later stay.
        """
        now = self._clock()
        is_open = (web_session.c.issuer == issuer, web_session.c.last_seen_at > now - IDLE)
        in_time = web_session.c.created_at <= (begun_by or now)
        async with self._engine.begin() as connection:
            rows = (await connection.execute(select(web_session).where(*is_open, in_time))).all()
            begun_with_it = [row for row in rows if row.sid and over.is_sid(row.sid)]
            theirs = [row for row in rows if any(map(over.is_subject, subjects(row.subject, row.id_token)))]
            by_link = [row for row in theirs if row.acr == BY_LINK]
            meant = {row.token_hash for row in (*(begun_with_it or theirs), *by_link)}
            return await close_sessions(connection, now, web_session.c.token_hash.in_(meant))

    async def _end(self, connection: AsyncConnection, request: Request, now: datetime) -> None:
        """Ends what the browser's cookie opens, so that no token opens it, and forgets sessions that ended long ago."""
        own = web_session.c.token_hash == _hash(request.cookies.get(self.cookie_name, ""))
        await close_sessions(connection, now, own)
        await connection.execute(delete(web_session).where(web_session.c.last_seen_at <= now - AUTHOR_KNOWN))
        gone = (web_session.c.last_seen_at <= now - IDLE, web_session.c.id_token.is_not(None))
        await connection.execute(update(web_session).where(*gone).values(id_token=None))


def cookie_name(settings: Settings) -> str:
    """`__Host-` ties the cookie to its host and needs https.

    On http a machine's services share a host name, and cookies do not tell ports apart, so the port is in the name.
    """
    name = f"pairs-{settings.team or 'region'}"
    return f"__Host-{name}" if settings.is_https else f"{name}-{settings.port}"


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()


def link_hash(token: str) -> bytes:
    """Of an operator's link: no cookie opens what it does."""
    return _hash(f"link {token}")


def _has_ended(created_at: datetime, last_seen_at: datetime, now: datetime) -> bool:
    return now - last_seen_at >= IDLE or now - created_at >= LONGEST
