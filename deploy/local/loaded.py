"""What a process of `pairs up` has loaded before it begins: imported once, by the process that all are copies of.

What a service loads late, it loads late here too; only what every one of them comes to within its first second is here.
"""

import os

os.setsid()  # a terminal that is closed tells its group to end: `pairs up` ends the services in its own order

# ruff: noqa: E402
import contextlib
import gc
from importlib import import_module

import shared.plain_console  # pyright: ignore[reportUnusedImport] - before what logs
import shared.process  # noqa: F401  # pyright: ignore[reportUnusedImport] - what a service is run by
from deploy.local.copied_process import die_with
from shared import discovery
from shared.manifest import Service


def _load(service: Service) -> None:
    if service.settings:
        import_module(f"{service.package}.settings")
    for parts in (service.pages(), service.prepares(), service.timers(), service.figures(), service.reactions()):
        list(parts)
    service.network_reactions()
    service.capabilities()
    if service.has_demonstration:
        import_module(f"{service.package}.demonstration.__main__")


die_with(os.getppid())
for one in discovery.services().values():
    with contextlib.suppress(Exception):  # its own process imports it again, and tells why in its log
        _load(one)
import_module("deploy.sign_in.__main__")
gc.collect()
gc.freeze()
