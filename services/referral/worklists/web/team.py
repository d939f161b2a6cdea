"""The team: who carries how much, beside how much they can, by name. It is never a ranking."""

from collections.abc import Sequence
from typing import Any

from fastapi import APIRouter
from markupsafe import Markup

from services.referral.staff.domain.capabilities import CAPABILITIES, LEAD_WORK
from services.referral.staff.web.access import STAFF
from services.referral.staff.web.asking import asking_of
from services.referral.staff.web.work import settings_of
from services.referral.worklists.queries.team_list import TIERS, TeamLine, team_list
from shared.staff.column import Column
from shared.staff.list_page import Asked, ListPage, Mark, Unfiltered
from shared.staff.list_routes import add_list
from shared.staff.listing import Lines, Listing
from shared.web.line_drawing import Colour, shares, wait_bar

router = APIRouter()


async def _find(asked: Asked[Unfiltered]) -> Listing[TeamLine]:
    return Lines(await team_list(asked.work.session, asking_of(asked.request, asked.work)))


async def _more(asked: Asked[Unfiltered]) -> dict[str, Any]:
    is_lead = CAPABILITIES.holds(asked.work.actor.roles, LEAD_WORK)
    return {"load_bar": load_bar, "tier_bar": tier_bar, "tiers": TIERS, "is_lead": is_lead}


def load_words(line: TeamLine) -> str:
    """How many families, of how many that they can carry."""
    if line.capacity is None:
        return str(line.open_families)
    over = line.open_families - line.capacity
    return f"{line.open_families} of {line.capacity}" + (f", {over} over" if over > 0 else "")


def load_bar(line: TeamLine) -> Markup:
    """The tick is what they can carry; nothing where nobody said."""
    if line.capacity is None:
        return Markup()
    over = line.open_families - line.capacity
    colour = Colour.LATE if over > 0 else Colour.NEAR if over == 0 else Colour.OK
    return wait_bar(line.open_families, line.capacity, colour, f"Families: {load_words(line)}", targets=2)


def tier_bar(line: TeamLine) -> Markup:
    numbers = {tier.value: line.tiers[tier] for tier in TIERS}
    return shares(numbers, "; ".join(f"{tier.label}: {line.tiers[tier]}" for tier in TIERS))


def _mark(line: TeamLine) -> Mark | None:
    is_over = line.capacity is not None and line.open_families > line.capacity
    return Mark.LATE if is_over or (line.colleague_id is None and line.open_families) else None


def _columns(asked: Asked[Unfiltered]) -> Sequence[Column[TeamLine]]:
    quiet_days = settings_of(asked.request).no_contact_days
    return (
        Column("Practitioner", lambda line: line.name, cell="practitioner", heads_row=True, place="who"),
        Column("Open families", lambda line: line.open_families, cell="load", place="needs"),
        Column("Families they can have", lambda line: line.capacity),
        Column("Tiers", cell="tiers", place="mix"),
        *(Column(tier.label, lambda line, tier=tier: line.tiers[tier]) for tier in TIERS),
        Column("Sessions this week", lambda line: line.sessions_this_week, cell="sessions", is_number=True),
        Column("Reviews overdue", lambda line: line.reviews_overdue, cell="reviews", is_number=True),
        Column(f"No contact > {quiet_days} days", lambda line: line.long_without_contact, cell="quiet", is_number=True),
        Column("Over target", lambda line: line.over_target, cell="waits", is_number=True),
    )


TEAM = ListPage(
    path="/team",
    may=STAFF,
    reads="team.read",
    exports="team.export",
    find=_find,
    columns=_columns,
    marks=_mark,
    template="worklists/team.html",
    more=_more,
    file_name="team.csv",
)
add_list(router, TEAM)
