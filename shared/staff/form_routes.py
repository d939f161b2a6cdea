"""The routes of forms, and the index of all forms that an application has."""

import inspect
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Generic
from urllib.parse import parse_qsl

from fastapi import APIRouter
from fastapi.routing import APIRoute
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Match
from starlette.types import Scope

from shared.kernel.actor import Actor
from shared.staff.address import DRAFT
from shared.staff.form_answer import FormVisit
from shared.staff.form_page import AForm, FormPage, Place
from shared.web.body_limit import FORM_LIMIT


class FormEndpoint(Generic[Place, AForm]):
    """What answers a route of a form. Its parameters are those of the site's `read`, as FastAPI understands them."""

    def __init__(self, page: FormPage[Place, AForm, Any], *, is_answer: bool) -> None:
        self.page = page
        self.is_answer = is_answer
        asked = list(inspect.signature(page.site.read).parameters.values())[1:]
        own = {"request": _parameter("request", Request), "actor": _parameter("actor", Annotated[Actor, page.may])}
        at = [one.replace(kind=inspect.Parameter.KEYWORD_ONLY) for one in asked if one.name not in own]
        self.__signature__ = inspect.Signature([*own.values(), *at], return_annotation=Response)
        self._takes_request = len(at) < len(asked)

    async def __call__(self, request: Request, actor: Actor, **at: Any) -> Response:
        if self._takes_request:
            at["request"] = request
        visit = FormVisit(self.page, request, actor, at, self._stands_on(request))
        return await (visit.answer() if self.is_answer else visit.open())

    def _stands_on(self, request: Request) -> str:
        """The address of the page that the form stands on."""
        own = self.page.path.format_map(request.path_params)
        on = self.page.path if self.page.stands_on is None else self.page.stands_on
        return request.url.path.removesuffix(own) + on.format_map(request.path_params)


class DraftRoute(APIRoute):
    """The page of a form that was kept, where the form has no page of its own: its address names a draft."""

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        names = {name for name, _ in parse_qsl(scope.get("query_string", b"").decode("latin-1"))}
        return super().matches(scope) if DRAFT in names else (Match.NONE, {})


@dataclass(frozen=True)
class FormEntry:
    """One form of an application."""

    path: str
    """Where it is sent, with the names of its parts."""
    stands_on: str
    """The page that has it."""
    page: FormPage[Any, Any, Any]


def add_forms(router: APIRouter, *pages: FormPage[Any, Any, Any]) -> None:
    """Routes that open and answer them.

    Raises:
        TypeError: a form that asks for words has no title, by which someone finds it among those they put off.
    """
    for page in pages:
        if page.is_typed and not page.title:
            raise TypeError(f"{page.path} needs a title")
        opened = FormEndpoint(page, is_answer=False)
        if page.template:
            only_draft = None if page.opens else DraftRoute
            router.add_api_route(page.path, opened, methods=["GET"], route_class_override=only_draft)
        answer = FormEndpoint(page, is_answer=True)
        router.add_api_route(page.path, answer, methods=["POST"])


def forms_of(routes: Sequence[BaseRoute]) -> list[FormEntry]:
    """Every form of an application or a router, in the order of the routes."""
    return list(_forms(routes))


def body_limits_of(routes: Sequence[BaseRoute]) -> dict[str, int]:
    """How much the forms may send (bytes), by what the paths of those that differ only after it begin with."""
    limits: dict[str, int] = {}
    for entry in forms_of(routes):
        begins = entry.path.partition("{")[0]
        limits[begins] = max(limits.get(begins, FORM_LIMIT), entry.page.form.most_bytes())
    return limits


def _forms(routes: Sequence[BaseRoute]) -> Iterator[FormEntry]:
    for route in routes:
        if isinstance(route, APIRoute) and isinstance(route.endpoint, FormEndpoint) and route.endpoint.is_answer:
            page: FormPage[Any, Any, Any] = route.endpoint.page  # pyright: ignore[reportUnknownVariableType] - of any place
            prefix = route.path.removesuffix(page.path)
            yield FormEntry(route.path, prefix + (page.path if page.stands_on is None else page.stands_on), page)


def _parameter(name: str, annotation: Any) -> inspect.Parameter:
    return inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, annotation=annotation)
