"""What was entered beside what is there: nothing is stored over the other, or a second time, without a question."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Generic

from sqlalchemy import func, select
from starlette.requests import Request
from starlette.responses import Response

from shared.kernel.errors import Conflict, Refusal, RuleBroken
from shared.staff.answer_words import Words, words_of
from shared.staff.draft import Draft
from shared.staff.form_page import AForm, FormPage, Place, Sent
from shared.staff.intention import OtherContent
from shared.web.form_body import TOO_FIELD, read_fields
from shared.web.forms import Form, fill_in
from shared.web.pages import render
from shared.web.questions import WholeNumber

_ALIKE = "alike_there"
CHANGING = "changing"
"""How a form is kept whose words someone goes on with."""


@dataclass(frozen=True)
class TwoVersions(Generic[Place, AForm]):
    page: FormPage[Place, AForm, Any]
    request: Request

    async def check_alike(self, sent: Sent[Place, AForm, Any]) -> None:
        """Raises Conflict where something like it is there, and nobody said that this is another one."""
        if self.page.alike is None or TOO_FIELD in await read_fields(self.request):
            return
        # Two forms that are sent at once see one another.
        here = func.hashtextextended(self.request.url.path, 0)
        await sent.work.session.execute(select(func.pg_advisory_xact_lock(here)))
        if await self.page.alike(sent):
            raise Conflict(_ALIKE, "Something like this is there already. What you entered now is not saved yet.")

    async def show(self, refusal: Conflict, sent: Sent[Place, AForm, Any], draft: Draft, *, is_open: bool) -> Response:
        """What was entered and is kept as this draft, and why it was not stored.

        Args:
            is_open: its page still asks it, so that someone can go on with what they entered.
        """
        place, form = sent.place, sent.form
        record = self.page.site.frame(place).get("back", "/")
        is_too, heading = False, ""
        if refusal.code == _ALIKE and self.page.alike:
            found = await self.page.alike(sent)
            is_too, heading = True, "Is this a second one?"
        elif isinstance(refusal, OtherContent):
            found = await self._first(sent, refusal)
            record = refusal.went_to or record
            is_too = not _seen_versions(form)
        else:
            found = self.page.stored_words(place)
        suggested = self.page.suggested(place)
        now = {name: [str(suggested[name])] for name in _seen_versions(form) if name in suggested}
        fields = {**draft.fields, **now, **({TOO_FIELD: ["yes"]} if is_too else {})}
        shown = {**self.page.site.frame(place), "refusal": refusal, "stored": found, "heading": heading}
        shown |= {"entered": self.page.entered_words(form, place), "record": record}
        shown |= {"is_too": is_too, "changing": CHANGING if is_open else ""}
        return self._render(shown, fields if is_too or is_open else {})

    async def _first(self, sent: Sent[Place, AForm, Any], refusal: OtherContent) -> Words:
        page = self.page
        first = page.first and await page.first(sent.work, sent.place, refusal.intention_id)
        return page.stored_words(sent.place) if first is None else first

    def show_entered(self, draft: Draft, refusal: Refusal) -> Response:
        """What the form is about is no more; for instance because the same form was sent before."""
        form = fill_in(self.request, self.page.form, draft.fields).form
        values = form.model_dump() if form else {name: "".join(values) for name, values in draft.fields.items()}
        entered = words_of(self.page.form, values, self.page.asks, {}, has_all=form is None)
        record = (refusal.went_to if isinstance(refusal, OtherContent) else "") or "/"
        status = 422 if isinstance(refusal, RuleBroken) else 409
        return self._render({"refusal": refusal, "stored": [], "entered": entered, "record": record}, {}, status)

    def _render(self, shown: Mapping[str, Any], again: Mapping[str, list[str]], status: int = 409) -> Response:
        return render(self.request, "both-versions.html", status=status, **shown, again=again)


def _seen_versions(form: Form) -> list[str]:
    """The fields that say which version of a record the page showed: the same again would be refused."""
    hidden = [name for name, one in form.questions().items() if isinstance(one, WholeNumber) and one.is_hidden]
    return [name for name in hidden if getattr(form, name) is not None]
