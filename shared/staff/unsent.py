"""What comes when the session of its page has ended: it is kept for whoever opened the page, and nothing is stored."""

from uuid import UUID

from starlette.requests import Request

from shared.kernel.actor import Actor
from shared.staff.address import own_address
from shared.staff.draft import Draft, Drafts
from shared.staff.form_routes import FormEndpoint
from shared.staff.intention import went_to
from shared.staff.work import begin
from shared.web.form_body import INTENTION_FIELD, read_fields
from shared.web.forms import answers_in


async def keep_unsent(request: Request, author: Actor) -> str | None:
    """The address at which they find what they typed; None when it was no form of ours."""
    endpoint = request.scope.get("endpoint")
    posted = await read_fields(request)
    if not isinstance(endpoint, FormEndpoint) or not endpoint.page.template:
        return None
    try:
        (text,) = posted.get(INTENTION_FIELD, [])
        intention_id = UUID(text)
    except ValueError:
        return None
    async with begin(request, author) as work:
        if where := await went_to(work, intention_id):
            return where
        drafts = Drafts(work.session, author.id, work.now)
        number = await drafts.number(intention_id) + 1
        address, title, fields = own_address(request), endpoint.page.title, answers_in(posted)
        draft = Draft(intention_id, address, title, fields, number, was_sent=False, refused=None)
        await drafts.keep(draft)
    return draft.page
