"""``valoriamo serve``: the scoring API on this machine."""

import signal
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Annotated

import typer

from matching.cli.progress import waiting
from matching.errors import InputError
from matching.service import Service, build
from matching.settings import Settings, read_settings, required_token

_LOOPBACK = ("127.0.0.1", "::1")
_TO_FINISH = 10  # seconds for the requests that are being answered when the end comes


def add_serve(app: typer.Typer) -> None:
    """Register ``serve`` on a command line."""
    app.command()(serve)


def serve(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="0: any that is free.")] = 8000,
) -> None:
    """Serve the scoring API. Nothing that is sent is kept.

    Needs VALORIAMO_API_TOKEN, which every caller must send. Ends on Ctrl-C or SIGTERM, once the
    requests being answered are.

    Example: valoriamo serve --port 8080
    """
    settings = read_settings()
    required_token(settings)
    with _bound(host, port) as listener:
        with waiting("Loading lexicon and models"):
            service = build(settings, with_risk=True)
        try:
            _say(service, listener)
            _run(service, settings, listener)
        finally:
            service.readers.close()


def _say(service: Service, listener: socket.socket) -> None:
    host, port = listener.getsockname()[:2]
    risk = service.risk_model or "none"
    typer.echo(f"ranker: {service.model}; risk: {risk}", err=True)
    for problem in service.problems:
        typer.echo(problem, err=True)
    shown = f"[{host}]" if ":" in host else host
    typer.echo(f"listening on http://{shown}:{port}", err=True)
    if host not in _LOOPBACK:
        typer.echo(
            "Other machines can reach this address, and what they send is not encrypted: put a "
            "proxy with TLS before it.",
            err=True,
        )


def _run(service: Service, settings: Settings, listener: socket.socket) -> None:
    # Imported here: no other command needs them, and they take half a second.
    import uvicorn

    from matching.api import create_app
    from matching.api.logs import LOGGING

    config = uvicorn.Config(
        create_app(service, settings),
        log_config=dict(LOGGING),
        access_log=False,
        server_header=False,
        proxy_headers=False,
        ws="none",
        lifespan="off",
        timeout_graceful_shutdown=_TO_FINISH,
    )
    with _ended_by_signals():
        uvicorn.Server(config).run(sockets=[listener])


@contextmanager
def _bound(host: str, port: int) -> Iterator[socket.socket]:
    """A socket with the address taken, before seconds go into loading; it listens later."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        listener = socket.socket(family, kind, protocol)
    except OSError as error:
        raise _refused(host, port, error) from error
    with listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind(address)
        except OSError as error:
            raise _refused(host, port, error) from error
        yield listener


def _refused(host: str, port: int, error: OSError) -> InputError:
    return InputError(
        f"{host}, port {port}: cannot be listened on: {error.strerror}. Choose another --host or "
        "--port, or end what uses it."
    )


@contextmanager
def _ended_by_signals() -> Iterator[None]:
    """Take the signals that end a server for what they are: uvicorn raises them once more."""

    def ended(number: int, frame: FrameType | None) -> None:
        return None

    kinds = (signal.SIGINT, signal.SIGTERM)
    before = [signal.signal(kind, ended) for kind in kinds]
    try:
        yield
    finally:
        for kind, handler in zip(kinds, before, strict=True):
            signal.signal(kind, handler)
