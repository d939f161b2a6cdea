"""`create_web`: a service's pages and API as one application, with everything that all of them share."""

from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from pathlib import Path
from urllib.parse import urlsplit

from fastapi import APIRouter, FastAPI
from sqlalchemy.ext.asyncio import AsyncEngine
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware

from shared.kernel.clock import Clock, machine_stopwatch
from shared.kernel.settings import Settings
from shared.manifest import NavigationItem
from shared.web.body_limit import BodyLimit
from shared.web.head_answers import HeadAnswers
from shared.web.headers import SecurityHeaders
from shared.web.health import NO_TELEMETRY
from shared.web.live import Announcer
from shared.web.pages import Pages
from shared.web.pasted_link import PastedLinks
from shared.web.permissions import check_every_route_declares
from shared.web.problems import ProblemAnswers, Renderer, answer_problems
from shared.web.request_log import RequestLog
from shared.web.sessions import Sessions
from shared.web.static_files import static_route


def create_web(  # noqa: PLR0913 - all by name
    settings: Settings,
    *,
    title: str,
    routers: Sequence[APIRouter],
    templates: Sequence[tuple[str, Path]],
    engine: AsyncEngine,
    clock: Clock,
    navigation: Sequence[NavigationItem] = (),
    search: NavigationItem | None = None,
    place: str = "",
    open_to_all: Sequence[str] = (),
    body_limits: Mapping[str, int] | None = None,
    renderers: Mapping[str, Renderer] | None = None,
    openapi_path: str | None = None,
) -> FastAPI:
    """The application.

    Its state has `settings`, `clock`, `stopwatch`, `engine`, `pages`, `sessions`, `announcer`, `asks_for_proof`
    (whether there is a provider that can ask someone once more who they are), and `pass_on_end`: what tells the team's
    other services that a sign-in is over.

    Args:
        title: the service's name as its users know it.
        routers: its pages and API; each route declares who may use it.
        templates: folders of its pages, as in `shared.web.pages`.
        navigation: links in the header.
        search: the field beside them.
        open_to_all: where addresses begin that nobody signs in for.
        place: what the header calls whose service it is; its title where it has no place.
        body_limits: path prefix → bytes, for an API that takes more than a form (`shared.web.body_limit`).
        renderers: path prefix → how that API reports problems (`shared.web.problems`).
        openapi_path: where the description of the API is served; nowhere when it is not given.

    Raises:
        TypeError: a route does not declare who may use it.
    """
    app = FastAPI(
        title=title,
        docs_url=None,
        redoc_url=None,
        openapi_url=openapi_path,
        lifespan=_lifespan_of(routers),
        redirect_slashes=False,
        telemetry=NO_TELEMETRY,
        middleware=[
            Middleware(SecurityHeaders, is_https=settings.is_https, forms_lead_to=_provider_of(settings)),
            Middleware(RequestLog),
            Middleware(HeadAnswers),
            Middleware(PastedLinks),
            Middleware(ProblemAnswers, renderers={} if renderers is None else renderers),
            Middleware(
                TrustedHostMiddleware, allowed_hosts=[urlsplit(settings.public_url).hostname or ""], www_redirect=False
            ),
            Middleware(BodyLimit, by_prefix={} if body_limits is None else body_limits),
        ],
    )
    app.state.settings = settings
    app.state.clock = clock
    app.state.stopwatch = machine_stopwatch
    app.state.engine = engine
    app.state.pages = Pages(
        title=title,
        place=place or title,
        templates=templates,
        navigation=navigation,
        search=search,
        open_to_all=open_to_all,
        settings=settings,
        clock=clock,
    )
    app.state.sessions = Sessions(engine, settings, clock)
    app.state.announcer = Announcer()
    app.state.asks_for_proof = False
    app.state.pass_on_end = _to_nobody
    answer_problems(app)
    app.router.routes.append(static_route())
    for router in routers:
        app.router.routes.extend(router.routes)  # `include_router` makes each anew and tries twice whether it is meant
    if undeclared := check_every_route_declares(app):
        raise TypeError(f"these routes do not declare who may use them: {', '.join(undeclared)}")
    return app


async def _to_nobody(_sid: str | None, _subject: str | None) -> None:
    """A service that stands alone."""


def _provider_of(settings: Settings) -> str:
    """A form that is sent when its session has ended leads there, and so does the button to sign out."""
    issuer = urlsplit(settings.openid_issuer)
    if settings.sign_in == "none" or not issuer.netloc:
        return ""
    return " ".join(filter(None, [f"{issuer.scheme}://{issuer.netloc}", settings.openid_pages_at]))


def _lifespan_of(routers: Sequence[APIRouter]) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    """What each of them does while the application runs."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncGenerator[None]:
        async with AsyncExitStack() as running:
            for router in routers:
                await running.enter_async_context(router.lifespan_context(app))
            yield

    return lifespan
