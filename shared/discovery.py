"""Which services there are here: those of the package `services`, and those that one variable names.

    PAIRS_SERVICE_PACKAGES=someone.services,tests.second      packages of services, or of one service each

A service is a package with a `contents.py` that has `SERVICE`. None is named anywhere else: an image with one service
knows one, and a service that stands elsewhere is run, migrated and looked after like ours.
"""

import os
import pkgutil
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from importlib.util import find_spec

from shared.manifest import Service

VARIABLE = "PAIRS_SERVICE_PACKAGES"
OURS = "services"


class TwoOfOneName(ValueError):
    """Two packages have a service of the same name: databases and streams would be mixed up."""


def services() -> dict[str, Service]:
    """Every service here, by name, those of a team first."""
    return _services((OURS, *filter(None, os.environ.get(VARIABLE, "").split(","))))


def service(name: str) -> Service:
    """Raises KeyError when there is none of that name here."""
    return services()[name]


def of_team() -> tuple[Service, ...]:
    """Each team has one of each."""
    return tuple(one for one in services().values() if one.of == "team")


def of_region() -> tuple[Service, ...]:
    return tuple(one for one in services().values() if one.of == "region")


@cache
def _services(packages: tuple[str, ...]) -> dict[str, Service]:
    found = [import_module(f"{package}.contents").SERVICE for package in _packages(packages)]
    by_name: dict[str, Service] = {one.name: one for one in sorted(found, key=lambda one: (one.of != "team", one.name))}
    if len(by_name) != len(found):
        raise TwoOfOneName(f"two services have the same name: {', '.join(sorted(one.contents for one in found))}")
    return by_name


def _packages(packages: tuple[str, ...]) -> Iterator[str]:
    """Those with a table of contents, of these and of what is directly in them."""
    for package in packages:
        inside = pkgutil.iter_modules(import_module(package).__path__, f"{package}.")
        for name in (package, *(each.name for each in inside if each.ispkg)):
            if find_spec(f"{name}.contents"):
                yield name
