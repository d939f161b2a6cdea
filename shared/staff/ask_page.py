"""Where someone asks a colleague for what their own role does not include: a form that they may not send is a request.

async def _read(work, request, parcel_id: UUID, page: PageAskedFor = "", need: str = "") -> ParcelAsked:
    return ParcelAsked(parcel_id, await form_asked(work, request, ("parcel_id", parcel_id), page, need))

add_forms(router, ask_page(path="/parcels/{parcel_id}/ask", may=STAFF, site=Site(_read, _frame), store=_ask, to=_to))
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Protocol, TypeVar
from uuid import UUID

from fastapi import Query
from starlette.requests import Request
from starlette.routing import compile_path

from shared.kernel.capability import Capability
from shared.kernel.errors import NotFound
from shared.staff.answer_words import Ask
from shared.staff.asking import capabilities_of, colleagues_with
from shared.staff.form_page import FormPage, Sent, Site
from shared.staff.form_routes import forms_of
from shared.unit_of_work import UnitOfWork
from shared.web.forms import Form
from shared.web.questions import Text

PageAskedFor = Annotated[str, Query(alias="for")]
"""The address of the form; `ask_address` says it."""


class AskColleagueForm(Form):
    words: Annotated[str, Text(missing="Write what you need, and why", longest=2000)]


@dataclass(frozen=True)
class FormAsked:
    """The form that a colleague is asked to send."""

    page: str
    title: str
    needed: Capability
    names: Sequence[str]
    """Who may send it."""


class AboutAForm(Protocol):
    """What a service reads for the page."""

    @property
    def asked(self) -> FormAsked: ...


Place = TypeVar("Place", bound=AboutAForm)
Work = TypeVar("Work", bound=UnitOfWork)


async def form_asked(work: UnitOfWork, request: Request, about: tuple[str, UUID], page: str, need: str) -> FormAsked:
    """The form that is opened at an address, about a record.

    Args:
        about: what forms' paths call the record, such as `family_id`, and its id.
        need: the code of what it takes, where that is more than the form always needs; else empty.

    Raises:
        NotFound: there is none, so that the address leads nowhere else.
    """
    part, subject_id = about
    for entry in forms_of(request.app.routes):
        needed, pattern = entry.page.capability, compile_path(entry.path)[0]
        if not entry.page.title or not isinstance(needed, Capability) or not (found := pattern.fullmatch(page)):
            continue
        ids = {name: _id(value) for name, value in found.groupdict().items()}
        if ids.pop(part, None) == subject_id and None not in ids.values():
            needed = capabilities_of(request).named(need) or needed
            return FormAsked(page, entry.page.title, needed, await colleagues_with(request, work, needed))
    raise NotFound("ask_form", "There is no such form about this record. Go back to its page.")


def _id(text: str) -> UUID | None:
    try:
        found = UUID(text)
    except ValueError:
        return None
    return found if str(found) == text else None


def ask_page(
    *,
    path: str,
    may: Any,
    site: Site[Place],
    store: Callable[[Sent[Place, AskColleagueForm, Work]], Awaitable[None]],
    to: Callable[[Place], str],
) -> FormPage[Place, AskColleagueForm, Work]:
    """The page; its arguments are as of `FormPage`."""
    return FormPage(
        path=path,
        title="Ask a colleague",
        may=may,
        site=site,
        form=AskColleagueForm,
        store=store,
        to=to,
        template="ask-somebody.html",
        shows=_shown,
        asks={"words": Ask("What you need, and why")},
    )


def _shown(place: AboutAForm) -> dict[str, Any]:
    return {"title": place.asked.title, "needed": place.asked.needed, "names": place.asked.names}
