"""Pages: `render(request, "caseload.html", families=families)`.

Every page extends `layout.html`, which has the header, the banner, the navigation and the footer. A service's templates
are in the `web/templates/` of its rooms: `contacts/session.html` is `session.html` of the room `contacts`. Those here
are for all. What a page may use besides its own words:

    {{ day | date }}  {{ day | month }}  {{ moment | moment }}  {{ moment | clock }}  {{ moment | weekday }}
    {{ day | day }}  {{ moment | at }}  {{ day | ago }}  as short as `shared.web.day_words` says them
    {{ code | label }}  {{ number | nhs_number }}  {{ "07700900111" | phone }}
    {{ static("pairs.css") }}  {{ csrf("/sent/to") }}  session  settings  path
"""

from collections.abc import Sequence
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

from jinja2 import ChainableUndefined, ChoiceLoader, Environment, FileSystemLoader, PrefixLoader
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse

from shared.contracts.vocabulary import Code, Role, inside
from shared.kernel.calendar import clock_words, date_words, moment_words, month_words, weekday_words
from shared.kernel.clock import Clock, london_date
from shared.kernel.identifiers import new_id
from shared.kernel.nhs_number import spaced
from shared.kernel.settings import Settings
from shared.manifest import NavigationItem
from shared.web.components import COMPONENTS, RENDER, Components
from shared.web.day_words import TODAY, ago, at, day
from shared.web.form_body import INTENTION_FIELD, NUMBER_FIELD
from shared.web.permissions import CSRF_FIELD, current_session
from shared.web.phone_words import phone_dialled, phone_link, phone_words
from shared.web.static_files import static_url

DRAFT_SHOWN = "draft_shown"
"""In a request's state: the form that its page shows as it was typed before."""
DENSE: ContextVar[bool] = ContextVar("DENSE", default=False)
"""The page is for staff, who read many a day: its components are the small ones."""
_OURS = Path(__file__).with_name("templates")
_COMPONENTS = Components()


@dataclass(frozen=True)
class FormShown:
    """A form that was kept, and is shown again."""

    intention: UUID
    sent_to: str
    number: int
    """How often it was kept."""


class Pages:
    """The templates of one service.

    Args:
        title: the service's name as its users know it.
        place: whose it is, for the header of the staff's pages.
        open_to_all: where addresses begin whose pages are the same for someone who is signed in.
        templates: folders, each after what the names of its pages begin with, searched before ours: `contacts`, or ""
            for pages with no such beginning.
    """

    def __init__(  # noqa: PLR0913 - all by name
        self,
        *,
        title: str,
        place: str,
        templates: Sequence[tuple[str, Path]],
        navigation: Sequence[NavigationItem],
        search: NavigationItem | None,
        open_to_all: Sequence[str],
        settings: Settings,
        clock: Clock,
    ) -> None:
        self._title = title
        self._place = place
        self._navigation = navigation
        self._search = search
        self._open_to_all = tuple(f"{one.rstrip('/')}/" for one in open_to_all)
        self._clock = clock
        self._settings = settings
        self._environment = _environment(tuple(templates))

    def render(self, request: Request, template: str, *, status: int, **context: Any) -> HTMLResponse:
        session = current_session(request)
        is_staff = session is not None and not f"{request.url.path}/".startswith(self._open_to_all)
        TODAY.set(london_date(self._clock()))
        DENSE.set(is_staff)
        page = self._environment.get_template(template).render(
            service_title=self._title,
            whose_service=self._place,
            settings=self._settings,
            session=session,
            path=request.url.path,
            navigation=self._visible(session.actor.roles if session else frozenset()),
            search=self._search,
            is_staff=is_staff,
            csrf=_HiddenFields(request),
            **context,
        )
        return HTMLResponse(page, status)

    def _visible(self, roles: frozenset[Role]) -> list[NavigationItem]:
        return [item for item in self._navigation if not item.roles or item.roles & roles]


def render(request: Request, template: str, *, status: int = 200, **context: Any) -> HTMLResponse:
    """A page of the service that the request came to.

    Args:
        template: the file's name in the service's templates, or in ours.
        status: 422 when a form is shown again with its errors.
        context: what the template calls by name.
    """
    pages: Pages = request.app.state.pages
    return pages.render(request, template, status=status, **context)


@cache
def _environment(folders: tuple[tuple[str, Path], ...]) -> Environment:
    """Kept, because to compile a service's templates takes seconds."""
    own = [
        PrefixLoader({name: FileSystemLoader(folder)}) if name else FileSystemLoader(folder) for name, folder in folders
    ]
    environment = Environment(
        loader=ChoiceLoader([*own, FileSystemLoader(_OURS), COMPONENTS]),
        autoescape=True,
        undefined=ChainableUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,  # otherwise each page asks the disk about each of its templates
        cache_size=-1,
    )
    environment.filters.update(date=date_words, month=month_words, moment=moment_words, label=_label, nhs_number=spaced)
    environment.filters.update(
        clock=clock_words,
        weekday=weekday_words,
        day=day,
        at=at,
        ago=ago,
        phone=phone_words,
        phone_dialled=phone_dialled,
        phone_link=phone_link,
    )
    environment.filters.update(initial=_initial, lower=inside)
    environment.globals["static"] = static_url  # pyright: ignore[reportArgumentType]
    environment.globals["small"] = _small  # pyright: ignore[reportArgumentType]
    environment.globals[RENDER] = _COMPONENTS.render  # pyright: ignore[reportArgumentType]
    return environment


def _label(code: Code | None) -> str:
    return code.label if code else ""


def _initial(name: str) -> str:
    """`Priya S` of Priya Sample; a role that stands in the place of a name is no surname."""
    first, *others = name.partition(" (")[0].split()
    is_surname = bool(others) and others[-1][0].isupper()
    return f"{first} {others[-1][0]}" if is_surname else " ".join([first, *others])


def _small(component: str) -> str:
    """`small("nhsuk-radios")`: the class of the small one, on a page for staff."""
    return f"{component}--small" if DENSE.get() else ""


class _HiddenFields:
    """`csrf()` in a template: the hidden fields of one form.

    Which form it is, and that a signed-in person's page is ours. Some browsers put back what an input held before a
    reload; a form that is opened anew must be a new one, and one that shows a draft is that draft.
    """

    def __init__(self, request: Request) -> None:
        self._session = current_session(request)
        self._here = request.url.path
        self._draft: FormShown | None = getattr(request.state, DRAFT_SHOWN, None)

    def __call__(self, sent_to: str = "") -> Markup:
        """Args: sent_to: the form's address, where that is not its page's."""
        draft = self._draft
        is_draft = draft is not None and (sent_to or self._here).partition("?")[0] == draft.sent_to
        fields: dict[str, object] = {INTENTION_FIELD: draft.intention if draft and is_draft else new_id()}
        if draft and is_draft:
            fields[NUMBER_FIELD] = draft.number
        if self._session:
            fields[CSRF_FIELD] = self._session.csrf_token
        line = Markup('<input type="hidden" name="{}" value="{}" autocomplete="off">')
        return Markup("").join(line.format(name, value) for name, value in fields.items())
