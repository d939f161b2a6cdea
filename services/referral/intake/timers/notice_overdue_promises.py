"""Every minute: that a promise is overdue is noticed once, and told to the address of the team's duty."""

from services.referral.people.commands.queue_message import queue_message
from services.referral.people.domain.message import MessageKind
from services.referral.people.domain.message_words import promise_overdue_words
from services.referral.staff.database.open_promises import OpenPromises
from services.referral.team.database.team_work import TeamUnits
from shared.contracts.pathway_codes import PromiseKind
from shared.kernel.actor import system
from shared.staff.message import QueueMessage, ToAddress


async def notice_overdue_promises(units: TeamUnits) -> int:
    """Give how many; one stays open, and on every page of the team, until it is answered."""
    team = units.team
    async with units.begin(system()) as work:
        promises = OpenPromises(work)
        overdue = await promises.overdue(work.now)
        for one in overdue:
            await promises.save_noticed(one, work.now)
            if team.mail_server and team.duty_address:
                words = promise_overdue_words(is_danger=one.kind is PromiseKind.DANGER_SAID)
                to = ToAddress(team.duty_address)
                await queue_message(QueueMessage(MessageKind.PROMISE_OVERDUE, to, str(one.id), words), work)
    return len(overdue)
