"""The routes of forms, and the index of all forms that an application has."""

import inspect
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Generic

from fastapi import APIRouter
from fastapi.routing import APIRoute
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from shared.kernel.actor import Actor
from shared.staff.form_answer import FormVisit
from shared.staff.form_page import AForm, FormPage, Place


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
        visit = FormVisit(self.page, request, actor, at)
        return await (visit.answer() if self.is_answer else visit.open())


@dataclass(frozen=True)
class FormEntry:
    """One form of an application."""

    path: str
    """Where it is sent, with the names of its parts."""
    stands_on: str
    """The page that has it."""
    page: FormPage[Any, Any, Any]


def add_forms(router: APIRouter, *pages: FormPage[Any, Any, Any]) -> None:
    """Routes that open and answer them."""
    for page in pages:
        if page.opens:
            router.add_api_route(page.path, FormEndpoint(page, is_answer=False), methods=["GET"])
        answer = FormEndpoint(page, is_answer=True)
        router.add_api_route(page.path, answer, methods=["POST"], dependencies=page.limits)


def forms_of(routes: Sequence[BaseRoute]) -> list[FormEntry]:
    """Every form of an application or a router, in the order of the routes."""
    return list(_forms(routes))


def _forms(routes: Sequence[BaseRoute]) -> Iterator[FormEntry]:
    for route in routes:
        if isinstance(route, APIRoute) and isinstance(route.endpoint, FormEndpoint) and route.endpoint.is_answer:
            page: FormPage[Any, Any, Any] = route.endpoint.page  # pyright: ignore[reportUnknownVariableType] - of any place
            prefix = route.path.removesuffix(page.path)
            yield FormEntry(route.path, prefix + (page.path if page.stands_on is None else page.stands_on), page)


def _parameter(name: str, annotation: Any) -> inspect.Parameter:
    return inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, annotation=annotation)
