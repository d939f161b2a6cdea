"""What somebody wants to hear of: figures, places, a condition, and a way by which it reaches them."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from services.reporting.publication.domain.published_point import Audience
from services.reporting.publication.domain.reach import ALL_OF_IT, Reach, Remit
from services.reporting.subscription.domain.key import key_of
from services.reporting.variation.domain.xmr import Rule
from shared.contracts.vocabulary import Code
from shared.kernel.calendar import london_start
from shared.kernel.clock import LONDON
from shared.kernel.errors import RuleBroken

MONDAY_AT = timedelta(hours=7, minutes=30)
"""In London: it is there when the week begins."""
MOST_ADDRESSES = 50
BOTH_HOLD_FOR = timedelta(days=7)
"""While a receiver or a program learns a new key."""
SHOWN_FOR = timedelta(minutes=10)
"""To whoever made it."""


class Condition(Code):
    """When it is told. Each is asked of a month that is frozen, never of one that goes on."""

    ANY_RULE = "any_rule", "A signal starts, by any rule"
    OUTSIDE = "outside", "A month is outside its limits"
    TREND = "trend", "7 months rise or fall in a row"
    NEAR = "near", "2 of 3 months are near a limit"
    SHIFT = "shift", "7 months are on one side of the average"
    OVER_TARGET = "over_target", "A month misses its target"
    EVERY_MONDAY = "every_monday", "Every Monday at 7:30am"
    MONTH_END = "month_end", "Whenever a month is frozen"

    @property
    def rules(self) -> frozenset[Rule]:
        """Those of `mdc-2026.1` by which a cell is in it. What is told at set times marks any of them."""
        return frozenset({Rule(self.value)}) if self.value in list(Rule) else frozenset(Rule)

    @property
    def is_at_set_times(self) -> bool:
        """It is told whether or not anything is new."""
        return self in {Condition.EVERY_MONDAY, Condition.MONTH_END}


class Channel(Code):
    PAGE = "page", "Its own page, which moves by itself"
    EMAIL = "email", "Email"
    WEBHOOK = "webhook", "Webhook"
    STREAM = "stream", "Redis stream"
    API = "api", "API, where a program asks"

    @property
    def audience(self) -> Audience:
        """What leaves is for those outside, whoever asked for it."""
        return Audience.INSIDE if self is Channel.PAGE else Audience.OUTSIDE

    @property
    def has_key(self) -> bool:
        """It is signed or asked by a key."""
        return self in {Channel.WEBHOOK, Channel.API}

    @property
    def writes(self) -> bool:
        """It has addresses: whom it tells, or who is told when a webhook fails."""
        return self in {Channel.EMAIL, Channel.WEBHOOK}


@dataclass(frozen=True)
class Terms:
    """What somebody chose."""

    name: str
    condition: Condition
    channel: Channel
    indicators: tuple[int, ...] = ()
    """By number; empty: all of them, and those to come."""
    teams: tuple[str, ...] = ()
    """Slugs, and the empty one for the region; none: the region and every team, also those to come."""
    webhook: str = ""
    """https address; of the channel that has one."""


@dataclass
class Subscription:
    id: UUID
    version: int
    terms: Terms
    owned_by: UUID
    made_at: datetime
    looked_at: datetime
    """When it was last evaluated; UTC, as the other moments."""
    snapshot: int
    """The newest frozen snapshot at that time; 0: there was none."""
    key_number: int = 0
    """Which of its keys it has now, by which a webhook is signed or the API is asked; 0: it has none."""
    keyed_at: datetime | None = None
    """Since when."""
    keyed_by: UUID | None = None
    """Who made it, and is shown it."""
    earlier_number: int = 0
    """Which of its keys the other side had when the week began in which two hold."""
    earlier_until: datetime | None = None
    """Until when that one holds too."""
    paused_until: date | None = None
    """It begins again on that day."""
    asleep_since: datetime | None = None
    """It paused itself then, as its owner had not signed in for months; it goes on when they do."""
    ended_at: datetime | None = None
    why_ended: str = ""
    remit: Remit = ALL_OF_IT
    """What its owner has of the region: it tells of nothing else, whoever looks at it."""

    @property
    def audience(self) -> Audience:
        """As whom it sees figures: as its owner does, and outside what is told outside."""
        return self.reach(0).audience

    def reach(self, largest_group: int) -> Reach:
        """How far it sees, and so what it can tell.

        Args:
            largest_group: how many localities a lead has at most.
        """
        return self.remit.reach(largest_group, self.terms.channel.audience)

    def follow(self, remit: Remit, now: datetime) -> None:
        """Its owner has this remit now: it is about what they see, or ends."""
        self.remit = remit
        if why := self._why_it_cannot_go_on():
            self.end(now, why)

    def _why_it_cannot_go_on(self) -> str:
        """Empty: it can."""
        seen = self.remit.localities
        if seen is None:
            return ""
        if self.terms.channel is Channel.STREAM:
            return "Whoever made it leads some localities now, and the stream is one for the whole region."
        if self.terms.teams and not {*self.terms.teams} & {"", *seen}:
            return "Whoever made it sees none of its places any more."
        return ""

    def is_paused(self, today: date) -> bool:
        return self.paused_until is not None and self.paused_until > today

    def give_key(self, now: datetime, by: UUID) -> None:
        """A new one; the one before holds for a week too. A further one within that week ends nothing of it.

        Raises:
            RuleBroken: its channel has no key.
        """
        if not self.terms.channel.has_key:
            raise RuleBroken("no_key", "This channel has no key, so there is none to change.")
        if self.earlier_until is None or now >= self.earlier_until:
            self.earlier_number = self.key_number
            self.earlier_until = now + BOTH_HOLD_FOR if self.key_number else None
        self.key_number, self.keyed_at, self.keyed_by = self.key_number + 1, now, by

    def keys(self, now: datetime, service_key: bytes) -> list[str]:
        """Those that hold; none while it sleeps.

        The present one, and while it is learned the one from which the week began.
        """
        if not self.terms.channel.has_key or not self.key_number or self.asleep_since:
            return []
        earlier = self.earlier_until is not None and now < self.earlier_until
        numbers = [self.key_number, *([self.earlier_number] if earlier else [])]
        return [key_of(service_key, self.terms.channel, self.id, number) for number in numbers]

    def is_key_shown(self, now: datetime, to: UUID) -> bool:
        """Whoever made it has a few minutes to copy it, and nobody is shown it after that."""
        return self.keyed_at is not None and self.keyed_by == to and now < self.keyed_at + SHOWN_FOR

    def pause(self, until: date | None, today: date) -> None:
        """Until that day; None: it goes on.

        Raises:
            RuleBroken: the day has come already, or is more than a year away, or it has ended.
        """
        self.check_goes_on()
        if until is not None and not today < until <= today + timedelta(days=366):
            raise RuleBroken("pause_day", "Choose a day after today, within a year.", field="until")
        self.paused_until = until

    def end(self, now: datetime, why: str) -> None:
        """For good; twice is once."""
        if self.ended_at is None:
            self.ended_at, self.why_ended = now, why

    def check_goes_on(self) -> None:
        """Raises RuleBroken when it has ended."""
        if self.ended_at is not None:
            raise RuleBroken("subscription_ended", "This subscription has ended. Make a new one.")

    def check_tells(self) -> None:
        """Raises RuleBroken when it has ended, or paused itself."""
        self.check_goes_on()
        if self.asleep_since is not None:
            sentence = "It paused itself, as whoever made it has not signed in for long. It goes on when they do."
            raise RuleBroken("subscription_asleep", sentence)


def monday_of(now: datetime) -> datetime:
    """The last Monday 7:30am in London that has come."""
    local = now.astimezone(LONDON)
    monday = local.date() - timedelta(days=local.weekday())
    at = london_start(monday) + MONDAY_AT
    return at if at <= now else london_start(monday - timedelta(days=7)) + MONDAY_AT


def next_monday(now: datetime) -> datetime:
    """The next one."""
    return london_start(monday_of(now).date() + timedelta(days=7)) + MONDAY_AT
