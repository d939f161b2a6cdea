"""`pairs up`: the whole region on this machine, with servers of its own, until Ctrl-C."""

import asyncio
import signal
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Annotated, Any

import typer

from deploy.local.addresses import show_addresses
from deploy.local.control import answering
from deploy.local.copied_process import begin_to_load
from deploy.local.kept_servers import kept
from deploy.local.running_region import RunningRegion, Wanted
from deploy.local.screen import Screen
from deploy.local.servers import Servers, start_servers
from shared.cli.installation import DEFAULT_STATE, State
from shared.cli.listing import AsJson
from shared.kernel.beside import beside
from shared.kernel.errors import Refusal


def up(
    *,
    state: State = DEFAULT_STATE,
    demonstration: Annotated[
        bool, typer.Option("--demonstration/--no-demonstration", help="Begin with invented families, or with none.")
    ] = True,
    months: Annotated[int | None, typer.Option(min=1, help="Only so many months of invented history.")] = None,
    fast: Annotated[bool, typer.Option(help="Invented teams do one thing after the other, at any hour.")] = False,
    as_json: AsJson = False,
) -> None:
    """Run the region here: PostgreSQL, Valkey, the region's services and two teams. Ctrl-C ends all, data stay."""
    screen = Screen()
    try:
        with screen:
            begin_to_load()
            screen.begin("Starting PostgreSQL and Valkey")
            servers = start_servers(state)
            screen.end("Starting PostgreSQL and Valkey")
        with servers:
            asyncio.run(_run(servers, screen, Wanted(demonstration, months, fast), as_json=as_json))
    except Refusal as refusal:
        screen.say(refusal.sentence)
        raise typer.Exit(1) from None
    except KeyboardInterrupt:
        raise typer.Exit(130) from None


async def _run(servers: Servers, screen: Screen, wanted: Wanted, *, as_json: bool) -> None:
    region = RunningRegion(servers.state, servers.admin_urls, screen, wanted)
    async with _until_told_to_stop(screen) as told, kept(servers, screen.say):
        try:
            with screen:
                if not await _before(told, region.start()):
                    return
            async with answering(servers.state, lambda question: _answer(region, question)):
                show_addresses(region, as_json=as_json)
                await region.live()
                async with beside(announcing=region.keep_announced()):
                    await told.wait()
        finally:
            await region.stop()


@asynccontextmanager
async def _until_told_to_stop(screen: Screen) -> AsyncGenerator[asyncio.Event]:
    """The event is set by Ctrl-C or SIGTERM; a second one changes nothing, for stopping takes seconds only."""
    loop, told = asyncio.get_running_loop(), asyncio.Event()

    def stop() -> None:
        if not told.is_set():
            screen.say("Stopping …")
        told.set()

    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop)
    yield told


async def _before(told: asyncio.Event, work: Any) -> bool:
    """Does the work unless told to stop first; False then. Raises what the work raises."""
    task, waiting = asyncio.ensure_future(work), asyncio.create_task(told.wait())
    await asyncio.wait([task, waiting], return_when=asyncio.FIRST_COMPLETED)
    waiting.cancel()
    if not task.done():
        task.cancel()
        await asyncio.wait([task])
        return False
    try:
        task.result()
    except* Refusal as several:
        raise several.exceptions[0] from None
    return True


async def _answer(region: RunningRegion, question: dict[str, Any]) -> Any:
    match question.get("do"):
        case "add":
            await region.add(str(question["team"]), demonstration=bool(question["demonstration"]))
        case "remove":
            await region.remove(str(question["team"]))
        case "processes":
            return region.processes()
        case _:
            pass
    return region.services()
