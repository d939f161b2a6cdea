"""How every form is opened and answered: read, check, store, and where to go.

A form that did something always leads on by a redirect. All other answers are made by `_failed`: the same page with
what was typed, when something is wrong with it; a page with both versions, when what it is about has changed, or when
the same form was sent before with other words; else the refusal itself, as a page of its own.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Generic

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from shared.kernel.actor import Actor
from shared.kernel.capability import Capability
from shared.kernel.errors import Conflict, NotAllowed, NotSeen, Refusal, RuleBroken
from shared.staff.answer_words import words_of
from shared.staff.asking import ask_address, capabilities_of, colleagues_with
from shared.staff.form_page import AForm, FormPage, Place, Sent
from shared.staff.intention import Intention, OtherContent, read_intention
from shared.staff.work import begin
from shared.unit_of_work import UnitOfWork
from shared.web.form_body import read_fields
from shared.web.forms import Filled, Form, answers_in, read_form
from shared.web.pages import render
from shared.web.questions import WholeNumber

_STATUS = {NotAllowed: 403, Conflict: 409}
"""Of a page that shows a form again, by what was refused; what is wrong with the answers is 422."""
_OUT_OF_DATE = "This page was out of date, so nothing was stored. Check what you entered, and send it again."


class _WrongAnswers(RuleBroken):
    """The form says what is wrong with them."""


@dataclass(frozen=True)
class FormVisit(Generic[Place, AForm]):
    """Somebody at a form."""

    page: FormPage[Place, AForm, Any]
    request: Request
    actor: Actor
    at: Mapping[str, Any]
    """What the address says, by the names that the page's `read` gives it."""

    async def open(self) -> Response:
        async with begin(self.request, self.actor) as work:
            place = await self.page.site.read(work, **self.at)
        if where := self.page.elsewhere(place):
            return RedirectResponse(where, 303)
        self.page.needs(place)
        if (lacked := self._lacked(place)) and not self.page.is_read_by_all:
            return await self._show_who_may(place, lacked)
        return self._show(place, self.page.blank(place))

    async def answer(self) -> Response:
        intention = await read_intention(self.request, self.actor)
        try:
            async with begin(self.request, self.actor) as work:
                if intention and (where := await intention.find_answer(work)):
                    return RedirectResponse(where, 303)
                place = await self.page.site.read(work, **self.at)
                filled = await self._read_form(place)
                if filled.form is None and not filled.errors:
                    return self._show(place, filled)
                if intention is None or filled.form is None:
                    raise _WrongAnswers("form_wrong", filled.errors[0].sentence if filled.errors else _OUT_OF_DATE)
                return RedirectResponse(await self._store(work, intention, place, filled.form), 303)
        except Refusal as refusal:
            return await self._failed(refusal, intention)

    async def _read_form(self, place: Place) -> Filled[AForm]:
        return self.page.check(await read_form(self.request, self.page.form_on(place)), place)

    async def _store(self, work: UnitOfWork, intention: Intention, place: Place, form: AForm) -> str:
        self.page.needs(place)
        if where := await intention.begin(work):
            return where
        where = await self.page.store(Sent(form, place, work, intention.id)) or self.page.leads_to(place)
        await intention.keep(work, where)
        return where

    async def _failed(self, refusal: Refusal, intention: Intention | None) -> Response:
        """The one place that answers a form which did nothing."""
        async with begin(self.request, self.actor) as work:
            if intention and not isinstance(refusal, OtherContent) and (where := await intention.find_answer(work)):
                return RedirectResponse(where, 303)  # the same form was stored a moment ago
            is_told_here = isinstance(refusal, RuleBroken | NotAllowed | Conflict) and not isinstance(refusal, NotSeen)
            if not self.page.template or not is_told_here:
                raise refusal
            try:
                place = await self.page.site.read(work, **self.at)
            except Refusal as gone:
                if isinstance(gone, NotSeen) or not isinstance(refusal, OtherContent):
                    raise
                return await self._show_entered(refusal)
            filled = await self._read_form(place)
            if isinstance(refusal, Conflict) and filled.form is not None:
                return await self._show_both(work, refusal, place, filled.form)
        if not filled.errors:
            filled = filled.refused(refusal, field=self.page.field_of(refusal.field or "", place))
        status = next((status for kind, status in _STATUS.items() if isinstance(refusal, kind)), 422)
        return self._show(place, filled, status=status, **self._tells(refusal, place))

    def _tells(self, refusal: Refusal, place: Place) -> Mapping[str, Any]:
        """Who may is asked where the refusal depends on what was entered, too."""
        frame, needed = self.page.site.frame(place), capabilities_of(self.request).named(refusal.code)
        asks = {"ask_instead": ask_address(frame["ask"], self.request, needed)} if needed and "ask" in frame else {}
        return {**self.page.tells(refusal), **asks}

    async def _show_entered(self, refusal: OtherContent) -> Response:
        """The same form was sent before, and that ended what it is about."""
        form = (await read_form(self.request, self.page.form)).form
        entered = words_of(self.page.form, form.model_dump(), self.page.asks, {}) if form else []
        return render(
            self.request,
            "both-versions.html",
            status=409,
            refusal=refusal,
            stored=[],
            entered=entered,
            record=refusal.went_to or "/",
        )

    def _lacked(self, place: Place) -> Capability | None:
        """What the actor would need for the form to be stored."""
        needed = self.page.needed(place)
        return needed if needed and not capabilities_of(self.request).holds(self.actor.roles, needed) else None

    async def _show_who_may(self, place: Place, lacked: Capability) -> Response:
        frame = self.page.site.frame(place)
        if "ask" in frame:
            return RedirectResponse(ask_address(frame["ask"], self.request), 303)
        async with begin(self.request, self.actor) as work:
            names = await colleagues_with(self.request, work, lacked)
        return render(self.request, "ask-somebody.html", **frame, title=self.page.title, needed=lacked, names=names)

    def _show(self, place: Place, filled: Filled[AForm], *, status: int = 200, **more: Any) -> Response:
        context: dict[str, Any] = {**self.page.context(place), "filled": filled, self.page.called: filled, **more}
        if "ask" in context and (lacked := self._lacked(place)):
            context |= {"lacked": lacked, "ask": ask_address(context["ask"], self.request)}
        return render(self.request, self.page.template, status=status, **context)

    async def _show_both(self, work: UnitOfWork, refusal: Conflict, place: Place, form: AForm) -> Response:
        page, record, again = self.page, "", {}
        stored = page.stored_words(place)
        if isinstance(refusal, OtherContent):
            record = refusal.went_to
            stored = await page.first(work, place, refusal.intention_id) if page.first else stored
            again = {} if _changes_something(form) else answers_in(await read_fields(self.request))
        frame = page.site.frame(place)
        return render(
            self.request,
            "both-versions.html",
            status=409,
            **frame,
            refusal=refusal,
            stored=stored,
            entered=page.entered_words(form, place),
            record=record or frame.get("back", "/"),
            again=again,
        )


def _changes_something(form: Form) -> bool:
    """It is about the version of a record that the page showed: the same again would be refused."""
    hidden = (name for name, one in form.questions().items() if isinstance(one, WholeNumber) and one.is_hidden)
    return any(getattr(form, name) is not None for name in hidden)
