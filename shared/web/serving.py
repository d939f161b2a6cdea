"""Serves the public and the private port of one process until it is told to stop, and then lets requests finish."""

import asyncio
import contextlib
import os
import signal
import socket
from collections.abc import Awaitable, Callable, Generator, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from functools import partial
from pathlib import Path
from typing import Any

import h11
import uvicorn
from fastapi import FastAPI
from starlette.types import ASGIApp
from uvicorn.protocols.http.h11_impl import H11Protocol

from shared.kernel.cancel import cancel
from shared.kernel.settings import Settings

DRAIN_SECONDS = 10
HEADER_SECONDS = 10
READY_SECONDS = 0.5
_LARGEST_HEADERS = 256 * 1024
"""Above what `shared.web.body_limit` allows, so that it is the one to answer, with 431."""


async def _always() -> bool:
    return True


async def serve(
    web_app: FastAPI,
    private_app: ASGIApp,
    settings: Settings,
    *,
    background: Callable[[], AbstractAsyncContextManager[Any]] = contextlib.nullcontext,
    is_ready: Callable[[], Awaitable[bool]] = _always,
) -> None:
    """Serve until SIGTERM, SIGINT or a cancellation.

    Then there is no new connection, what is under way has 10 seconds, and it ends.

    Args:
        background: what runs beside the web side, such as the relay and the readers; it ends after the last request.
        is_ready: whether it may take a socket from another process that answers there. Where none does, it is better
            than nothing.

    Raises:
        OSError: a port is taken.
    """
    # Both ports are taken before anything starts, so that a second process fails here and not half way.
    with contextlib.ExitStack() as stack:
        public = stack.enter_context(listen_publicly(settings))
        private = [stack.enter_context(_listen(settings.host, settings.private_port))]
        places: dict[Path, socket.socket] = {}
        if settings.socket:
            private.append(stack.enter_context(listen_beside(private_place(settings.socket))))
            places = {settings.socket: public, private_place(settings.socket): private[-1]}
        servers = [(_server(web_app, _believed(settings)), [public]), (_server(private_app), private)]
        stop = partial(_stop, web_app, [server for server, _ in servers])
        with _stop_signals(stop):
            async with background():
                taking = asyncio.create_task(take_over_when_ready(places, is_ready))
                await _until_stopped(asyncio.gather(*(server.serve(sockets) for server, sockets in servers)), stop)
                await cancel([taking])


async def _until_stopped(serving: asyncio.Future[Any], stop: Callable[[], None]) -> None:
    """Cancelled, because what runs beside it has ended, it lets requests finish like any other stop."""
    try:
        await asyncio.shield(serving)
    except asyncio.CancelledError:
        stop()
        await serving
        raise


class HeaderTimeout(H11Protocol):
    """Closes a connection whose headers have not all come after 10 seconds; uvicorn itself would wait for ever."""

    _timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._timer = self.loop.call_later(HEADER_SECONDS, self._give_up)

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        if self._is_between_requests():
            self._timer = self._timer or self.loop.call_later(HEADER_SECONDS, self._give_up)
        elif self._timer:
            self._timer.cancel()
            self._timer = None

    def connection_lost(self, exc: Exception | None) -> None:
        if self._timer:
            self._timer.cancel()
        super().connection_lost(exc)

    def _is_between_requests(self) -> bool:
        return self.conn.their_state is h11.IDLE

    def _give_up(self) -> None:
        self._timer = None
        if self._is_between_requests():
            self.transport.close()


class _Server(uvicorn.Server):
    """A server that leaves signals to `serve`, because there are two of them."""

    @contextlib.contextmanager
    def capture_signals(self) -> Generator[None]:
        yield


def _believed(settings: Settings) -> Sequence[str]:
    return ["*"] if settings.socket else [str(network) for network in settings.trusted_proxies]


def _server(app: ASGIApp, believed: Sequence[str] = ()) -> _Server:
    return _Server(
        uvicorn.Config(
            app,
            http=HeaderTimeout,
            ws="none",
            log_config=None,
            access_log=False,
            server_header=False,
            proxy_headers=bool(believed),
            forwarded_allow_ips=list(believed),
            h11_max_incomplete_event_size=_LARGEST_HEADERS,
            timeout_graceful_shutdown=DRAIN_SECONDS,
        )
    )


def _stop(web_app: FastAPI, servers: list[_Server]) -> None:
    web_app.state.announcer.close()
    for server in servers:
        server.should_exit = True


@contextlib.contextmanager
def _stop_signals(stop: Callable[[], None]) -> Generator[None]:
    loop = asyncio.get_running_loop()
    signals = (signal.SIGTERM, signal.SIGINT)
    for number in signals:
        loop.add_signal_handler(number, stop)
    try:
        yield
    finally:
        for number in signals:
            loop.remove_signal_handler(number)


def private_place(place: Path) -> Path:
    """Where the gateway finds the figures of the service whose pages it finds at that place."""
    return place.with_name(f"{place.stem}.private{place.suffix}")


def listen_publicly(settings: Settings) -> socket.socket:
    """On the port, or beside the socket's place, until it is taken over."""
    return listen_beside(settings.socket) if settings.socket else _listen(settings.host, settings.port)


def listen_beside(place: Path) -> socket.socket:
    """On a socket of our own in the same folder."""
    own = place.with_name(f".{socket.gethostname()}.{os.getpid()}.{place.name}")
    own.unlink(missing_ok=True)  # in a container every process that served there before had the same number
    listening = socket.socket(socket.AF_UNIX)
    listening.bind(str(own))
    own.chmod(0o660)
    listening.listen(2048)
    return listening


async def take_over_when_ready(places: Mapping[Path, socket.socket], is_ready: Callable[[], Awaitable[bool]]) -> None:
    """Rename ours over the places, from which whoever had them until now goes on with what it accepted."""
    while any(map(_answers, places)) and not await is_ready():  # noqa: ASYNC110 - nobody tells when a check passes
        await asyncio.sleep(READY_SECONDS)
    for place, listening in places.items():
        take_over(listening, place)


def _answers(place: Path) -> bool:
    """Whether a process listens there, which need not be a well one."""
    with socket.socket(socket.AF_UNIX) as asking:
        asking.settimeout(1)
        try:
            asking.connect(str(place))
        except OSError:
            return False
    return True


def take_over(listening: socket.socket, place: Path) -> None:
    """From now on who connects there comes to us; whom another process has accepted, it goes on serving.

    The other one's file goes with its name, so nobody ever unlinks a socket that is not their own.
    """
    Path(listening.getsockname()).replace(place)


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.create_server((host, port), family=family, backlog=2048)
    # What it accepts inherits this. asyncio sets it for sockets of the protocol TCP only, and this one's is "any": the
    # body would then wait for the browser's delayed acknowledgement of the headers, 44 ms on a kept connection.
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listening
