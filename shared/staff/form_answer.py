"""How every form is opened and answered: read, check, store, and where to go.

A form always leads on by a redirect. One that did nothing leads to its own page, which shows what was typed and what is
wrong with it: what was typed is kept as a draft (`shared.staff.draft`), so Back, a reload and a closed lid find it
again. When what the form is about has changed, or when the same form was sent before with other words, that page shows
both versions.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Generic
from uuid import UUID

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from shared.kernel.actor import Actor
from shared.kernel.capability import Capability
from shared.kernel.errors import Conflict, NotAllowed, NotSeen, Refusal, RuleBroken
from shared.kernel.identifiers import new_id
from shared.staff.address import address, draft_in, draft_page, own_address
from shared.staff.asking import ask_address, capabilities_of, colleagues_with
from shared.staff.draft import Draft, Drafts, Refused
from shared.staff.form_page import AForm, FormPage, Place, Sent
from shared.staff.intention import Intention, OtherContent, read_intention, went_to
from shared.staff.two_versions import CHANGING, TwoVersions
from shared.staff.unfinished import UNFINISHED
from shared.staff.work import begin
from shared.unit_of_work import UnitOfWork
from shared.web.form_body import KEEP_FIELD, number_in, read_fields, take_as_posted
from shared.web.forms import Filled, answers_in, fill_in
from shared.web.pages import DRAFT_SHOWN, FormShown, render
from shared.web.permissions import PUBLIC, is_proved, proof_address

_STATUS = {NotAllowed: 403, Conflict: 409}
"""Of a page that shows a form again, by what was refused; what is wrong with the answers is 422."""
_OUT_OF_DATE = "This page was out of date, so nothing was saved. Check what you entered, and send it again."
_TYPING = "typing"
_DONE = Conflict("form_done", "What this form is for was done or decided meanwhile, so it can no longer be sent.")

_PROVED = NotAllowed("prove_again", "You were asked to show who you are, so press the button again.")
_SIGNED_OUT = NotAllowed("signed_out", "You had been signed out when you pressed the button, so press it again.")


class _WrongAnswers(RuleBroken):
    """The form says what is wrong with them."""


@dataclass(frozen=True)
class FormVisit(Generic[Place, AForm]):
    """Someone at a form."""

    page: FormPage[Place, AForm, Any]
    request: Request
    actor: Actor
    at: Mapping[str, Any]
    """What the address says, by the names that the page's `read` gives it."""
    stands_on: str
    """The address of the page that the form stands on."""

    @property
    def _is_public(self) -> bool:
        """Nobody signs in here. Who does elsewhere, in the same browser, is not who fills in this form."""
        return self.page.may is PUBLIC

    @property
    def _kept_address(self) -> str:
        """Kept with a draft. A public page's address is a secret of its own, and is not."""
        return "" if self._is_public else own_address(self.request)

    @property
    def _kept_path(self) -> str:
        return "" if self._is_public else self.request.url.path

    async def open(self) -> Response:
        draft_id = draft_in(self.request)
        async with begin(self.request, self.actor) as work:
            drafts = self._drafts(work)
            draft = await drafts.find(draft_id) if draft_id else None
            if draft is not None and draft.path == self._kept_path:
                return await self._open_draft(work, draft)
            if draft_id is not None:
                return RedirectResponse(await went_to(work, draft_id) or self.stands_on, 303)
            place = await self.page.site.read(work, **self.at)
            begun = () if self._is_public else await drafts.of_path(self._kept_path)
        if where := self.page.elsewhere(place):
            return RedirectResponse(where, 303)
        self.page.needs(place)
        if (lacked := self._lacked(place)) and not self.page.is_read_by_all:
            return await self._show_who_may(place, lacked)
        return self._show(place, self.page.blank(place), begun_before=begun)

    async def answer(self) -> Response:
        fields = await read_fields(self.request)
        intention = await read_intention(self.request, self.actor)
        if (keep := fields.get(KEEP_FIELD)) and intention:
            return await self._keep(intention, keep)
        try:
            async with begin(self.request, self.actor) as work:
                if intention and (where := await intention.find_answer(work)):
                    return RedirectResponse(where, 303)
                place = await (self.page.site.read_to_store or self.page.site.read)(work, **self.at)
                filled = self._fill(place, answers_in(fields))
                if filled.form is None and not filled.errors:
                    return await self._to_draft(work, intention, None)
                if intention is None or filled.form is None:
                    raise _WrongAnswers("form_wrong", filled.errors[0].sentence if filled.errors else _OUT_OF_DATE)
                return RedirectResponse(await self._store(work, intention, place, filled.form), 303)
        except Refusal as refusal:
            return await self._refused(refusal, intention)

    def _drafts(self, work: UnitOfWork) -> Drafts:
        return Drafts(work.session, work.actor.id, work.now)

    @property
    def _versions(self) -> TwoVersions[Place, AForm]:
        return TwoVersions(self.page, self.request)

    def _fill(self, place: Place, posted: Mapping[str, list[str]]) -> Filled[AForm]:
        return self.page.check(fill_in(self.request, self.page.form_on(place), dict(posted)), place)

    async def _store(self, work: UnitOfWork, intention: Intention, place: Place, form: AForm) -> str:
        self.page.needs(place)
        if lacked := self._lacked(place):
            raise NotAllowed(lacked.code, lacked.refusal)
        if self.page.asks_for_proof and not is_proved(self.request):
            return await self._proof(work, intention)
        if where := await intention.begin(work):
            return where
        sent = Sent(form, place, work, intention.id)
        await self._versions.check_alike(sent)
        where = await self.page.store(sent) or self.page.leads_to(place)
        if work.alarms and not self._is_public:
            where = address(work.alarms[0], then=where)  # what must be answered at once comes before everything else
        await intention.keep(work, where)
        await self._drafts(work).forget_stored(await self._draft(intention.id, 0))
        return where

    async def _keep(self, intention: Intention, keep: Sequence[str]) -> Response:
        """It is not sent: it is kept as it is, right or wrong."""
        is_typing = keep == [_TYPING]
        async with begin(self.request, self.actor) as work:
            number = number_in(await read_fields(self.request)) if is_typing else 0
            draft = await self._unsent(work, intention, number)
            if draft is None:
                return RedirectResponse(await intention.find_answer(work) or self.stands_on, 303)
            is_kept = await self._drafts(work).keep(draft)
        if not is_typing:
            goes_on = self._is_public or keep == [CHANGING]
            return RedirectResponse(self._page_of(draft) if goes_on else UNFINISHED, 303)
        # In another tab the same draft has gone on: this page makes one of its own.
        return Response(status_code=204 if is_kept else 409, headers={"Content-Location": self._page_of(draft)})

    async def keep_unsent(self) -> str | None:
        """Keep what came when the session had ended; where whoever opened the page finds it, or what became of it."""
        intention = await read_intention(self.request, self.actor)
        if intention is None or not self.page.template:
            return None
        async with begin(self.request, self.actor) as work:
            draft = await self._unsent(work, intention)
            if draft is None:
                return await intention.find_answer(work)
            if KEEP_FIELD not in await read_fields(self.request) and not draft.was_sent:
                draft = replace(draft, refused=Refused(_SIGNED_OUT, {}))
            await self._drafts(work).keep(draft)
        return self._page_of(draft)

    async def _unsent(self, work: UnitOfWork, intention: Intention, number: int = 0) -> Draft | None:
        """What was typed, to be kept as it is; None when just this is stored."""
        drafts = self._drafts(work)
        try:
            if await intention.find_answer(work):
                return None
        except OtherContent as stored:
            return await self._beside(drafts, stored)
        return await self._draft(intention.id, number or await drafts.number(intention.id) + 1)

    async def _refused(self, refusal: Refusal, intention: Intention | None) -> Response:
        """The one place that answers a form which did nothing."""
        async with begin(self.request, self.actor) as work:
            if intention and not isinstance(refusal, OtherContent) and (where := await intention.find_answer(work)):
                return RedirectResponse(where, 303)  # the same form was stored a moment ago
            is_told_here = isinstance(refusal, RuleBroken | NotAllowed | Conflict) and not isinstance(refusal, NotSeen)
            if self.page.template and is_told_here:
                return await self._to_draft(work, intention, refusal)
            if self.page.template and self.page.is_typed and intention:
                await self._to_draft(work, intention, None)
        raise refusal

    async def _to_draft(self, work: UnitOfWork, intention: Intention | None, refusal: Refusal | None) -> Response:
        """To the page that shows what was typed."""
        drafts = self._drafts(work)
        if isinstance(refusal, OtherContent):
            draft = await self._beside(drafts, refusal)
        else:
            draft_id = intention.id if intention else new_id()
            told = Refused(refusal, self.page.tells(refusal)) if refusal else None
            if isinstance(refusal, _WrongAnswers):  # which the page finds again
                told = None if intention else Refused(RuleBroken(refusal.code, _OUT_OF_DATE), {})
            draft = await self._draft(draft_id, await drafts.number(draft_id) + 1, was_sent=True, refused=told)
        await drafts.keep(draft)
        return RedirectResponse(self._page_of(draft), 303)

    async def _proof(self, work: UnitOfWork, intention: Intention) -> str:
        """Where they show once more who they are, and are led back to what they typed."""
        if not self.page.template:
            return proof_address(self.stands_on)
        drafts = self._drafts(work)
        draft = await self._draft(intention.id, await drafts.number(intention.id) + 1, refused=Refused(_PROVED, {}))
        await drafts.keep(draft)
        return proof_address(self._page_of(draft))

    async def _beside(self, drafts: Drafts, stored: OtherContent) -> Draft:
        """What was typed into a form that is stored already, with other words."""
        draft_id = await drafts.beside(stored.intention_id)
        number = await drafts.number(draft_id) + 1
        return await self._draft(draft_id, number, was_sent=True, refused=Refused(stored, {}))

    async def _draft(
        self, draft_id: UUID, number: int, *, was_sent: bool = False, refused: Refused | None = None
    ) -> Draft:
        posted = answers_in(await read_fields(self.request))
        return Draft(draft_id, self._kept_address, self.page.title, posted, number, was_sent, refused)

    def _page_of(self, draft: Draft) -> str:
        return draft_page(own_address(self.request), draft.id)

    async def _open_draft(self, work: UnitOfWork, draft: Draft) -> Response:
        """What was typed, and what is wrong with it."""
        setattr(self.request.state, DRAFT_SHOWN, FormShown(draft.id, self.request.url.path, draft.number))
        take_as_posted(self.request, draft.fields)
        refusal = draft.refused.refusal if draft.refused and draft.was_sent else None
        try:
            place = await self.page.site.read(work, **self.at)
        except Refusal as gone:
            if isinstance(gone, NotSeen):
                raise
            return self._versions.show_entered(draft, refusal if isinstance(refusal, OtherContent) else gone)
        filled = self._fill(place, draft.fields) if draft.was_sent else Filled[AForm](draft.fields)
        if draft.was_sent and isinstance(refusal, Conflict) and filled.form is not None:
            is_open = self._has_form_still(place, draft)
            return await self._versions.show(refusal, Sent(filled.form, place, work, draft.id), draft, is_open=is_open)
        page = self._show_again(place, filled, draft)
        # The page may have no place for the form any more, as of a task that is answered; the form has the draft's id.
        is_told = str(draft.id).encode() in page.body or filled.errors or isinstance(refusal, RuleBroken | NotAllowed)
        if is_told and not isinstance(refusal, OtherContent):
            return page
        return self._versions.show_entered(draft, refusal or _DONE)

    def _has_form_still(self, place: Place, draft: Draft) -> bool:
        """The page still asks what was answered."""
        try:
            self.page.needs(place)
        except Refusal:
            return False
        is_shown = not self.page.elsewhere(place) and not self._lacked(place)
        return is_shown and str(draft.id).encode() in self._show(place, Filled(draft.fields), draft=draft).body

    def _show_again(self, place: Place, filled: Filled[AForm], draft: Draft) -> Response:
        """The page with what was typed, and with what is wrong with it if it was sent; not what was done before."""
        refusal = draft.refused.refusal if draft.refused else None
        if not draft.was_sent or refusal is None:
            return self._show(place, filled, status=422 if filled.errors else 200, draft=draft, done="")
        if not filled.errors:
            filled = filled.refused(refusal, field=self.page.field_of(refusal.field or "", place))
        status = next((status for kind, status in _STATUS.items() if isinstance(refusal, kind)), 422)
        tells = {**draft.refused.tells, **self._asks_instead(refusal, place)} if draft.refused else {}
        return self._show(place, filled, status=status, draft=draft, done="", **tells)

    def _asks_instead(self, refusal: Refusal, place: Place) -> Mapping[str, Any]:
        """Who may is asked where the refusal depends on what was entered, too."""
        frame = self.page.site.frame(place)
        needed = capabilities_of(self.request).named(refusal.code) if "ask" in frame else None
        return {"ask_instead": ask_address(frame["ask"], self.request, needed)} if needed else {}

    def _lacked(self, place: Place) -> Capability | None:
        """What the actor would need for the form to be stored."""
        needed = self.page.needed(place)
        return needed if needed and not capabilities_of(self.request).holds(self.actor.roles, needed) else None

    async def _show_who_may(self, place: Place, lacked: Capability) -> Response:
        frame = self.page.site.frame(place)
        if "ask" in frame:
            return RedirectResponse(self._ask_for(frame["ask"], lacked), 303)
        async with begin(self.request, self.actor) as work:
            names = await colleagues_with(self.request, work, lacked)
        return render(self.request, "ask-somebody.html", **frame, title=self.page.title, needed=lacked, names=names)

    def _ask_for(self, ask: str, lacked: Capability) -> str:
        return ask_address(ask, self.request, None if lacked is self.page.capability else lacked)

    def _show(self, place: Place, filled: Filled[AForm], *, status: int = 200, **more: Any) -> Response:
        context: dict[str, Any] = {**self.page.context(place), "filled": filled, self.page.called: filled, **more}
        if "ask" in context and (lacked := self._lacked(place)):
            context |= {"lacked": lacked, "ask": self._ask_for(context["ask"], lacked)}
        return render(self.request, self.page.template, status=status, **context)
