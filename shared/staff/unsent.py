"""What comes when the session of its page has ended: it is kept for whoever opened the page, and nothing is stored."""

from starlette.requests import Request

from shared.kernel.actor import Actor
from shared.staff.address import own_address
from shared.staff.draft import Draft, Drafts, Refused
from shared.staff.form_routes import FormEndpoint
from shared.staff.intention import OtherContent, read_intention
from shared.staff.work import begin
from shared.web.form_body import read_fields
from shared.web.forms import answers_in


async def keep_unsent(request: Request, author: Actor) -> str | None:
    """The address at which they find what they typed; None when it was no form of ours."""
    endpoint, intention = request.scope.get("endpoint"), await read_intention(request, author)
    if intention is None or not isinstance(endpoint, FormEndpoint) or not endpoint.page.template:
        return None
    async with begin(request, author) as work:
        drafts = Drafts(work.session, author.id, work.now)
        try:
            if where := await intention.find_answer(work):
                return where
            draft_id, refused = intention.id, None
        except OtherContent as stored:
            draft_id, refused = await drafts.beside(intention.id), Refused(stored, {})
        address, title, fields = own_address(request), endpoint.page.title, answers_in(await read_fields(request))
        number = await drafts.number(draft_id) + 1
        draft = Draft(draft_id, address, title, fields, number, was_sent=refused is not None, refused=refused)
        await drafts.keep(draft)
    return draft.page
