"""One figure of a subscription is not told for a while."""

from datetime import date

import pytest

from services.reporting.subscription.commands.mute_cell import MuteCell, mute_cell
from services.reporting.subscription.database.subscription_tables import watched_cell
from shared.kernel.errors import NotFound, RuleBroken
from tests.reporting.subscription.a_subscriber import ASubscriber

MAY = date(2026, 5, 1)


async def test_one_figure_is_muted_and_told_again_when_somebody_says_so(maya: ASubscriber) -> None:
    one = await maya.subscribes()
    await maya.does(mute_cell, MuteCell(one, 9, "preston", MAY))
    muted = {row.team: row.muted_until for row in await maya.rows(watched_cell)}

    await maya.does(mute_cell, MuteCell(one, 9, "preston", None))

    assert muted == {"": None, "burnley": None, "preston": MAY}
    assert {row.muted_until for row in await maya.rows(watched_cell)} == {None}


async def test_what_it_is_not_about_cannot_be_muted_nor_what_has_come(maya: ASubscriber) -> None:
    one = await maya.subscribes()

    with pytest.raises(NotFound):
        await maya.does(mute_cell, MuteCell(one, 1, "preston", MAY))
    with pytest.raises(RuleBroken, match="mute_day"):
        await maya.does(mute_cell, MuteCell(one, 9, "preston", date(2026, 3, 1)))
