"""``valoriamo serve``: the hub's service, or the scoring API alone, on this machine."""

import logging
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from matching.cli.progress import waiting
from matching.errors import InputError
from matching.settings import Settings, read_settings, required_token

if TYPE_CHECKING:
    from fastapi import FastAPI

    from matching.service import Service
    from matching.service.champions import Champions
    from matching.store import Store

_LOOPBACK = ("127.0.0.1", "::1")
_log = logging.getLogger("valoriamo.serve")


def add_serve(app: typer.Typer) -> None:
    """Register ``serve`` on a command line."""
    app.command()(serve)


# What serves is imported when it is needed: no other command needs it, and it takes seconds.
def serve(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="0: any that is free.")] = 8000,
    scoring_only: Annotated[
        bool,
        typer.Option("--scoring-only", help="The scoring API alone, which keeps nothing."),
    ] = False,
    clock_is_right: Annotated[
        bool,
        typer.Option(
            "--clock-is-right", help="Although the journal's last entry is of a later moment."
        ),
    ] = False,
) -> None:
    """Serve the hub of this home, or the scoring API where there is no installation.

    The scoring API keeps nothing, and needs VALORIAMO_API_TOKEN, which every caller must send.
    Ends on Ctrl-C or SIGTERM, once the requests being answered are. Models that are promoted or
    rolled back serve within half a minute.

    Example: valoriamo serve --port 8080
    """
    from matching.operations.serving import is_installed, open_for_serving

    settings = read_settings()
    is_hub = not scoring_only and is_installed(settings)
    if not is_hub:
        required_token(settings)
    with ExitStack() as held:
        listener = held.enter_context(_bound(host, port))
        store = (
            open_for_serving(settings, said=_warn, trusts_clock=clock_is_right) if is_hub else None
        )
        if store is not None:
            held.callback(store.engine.dispose)
        champions = _champions(settings)
        held.callback(champions.base.readers.close)
        _say(champions.service, listener, settings, is_hub=is_hub)
        _run(champions, store, settings, listener)


def _champions(settings: Settings) -> "Champions":
    from matching.service import RankerChoice, build
    from matching.service.champions import Champions

    with waiting("Loading lexicon and models"):
        return Champions(build(settings, ranker=RankerChoice.BASELINE), settings.home)


def _say(service: "Service", listener: socket.socket, settings: Settings, *, is_hub: bool) -> None:
    host, port = listener.getsockname()[:2]
    typer.echo(_models(service), err=True)
    for problem in service.problems:
        typer.echo(problem, err=True)
    what = "the hub" if is_hub else "the scoring API alone, which keeps nothing"
    typer.echo(f"serving {what}; home: {settings.home}", err=True)
    shown = f"[{host}]" if ":" in host else host
    typer.echo(f"listening on http://{shown}:{port}", err=True)
    if host not in _LOOPBACK:
        typer.echo(
            "Other machines can reach this address, and what they send is not encrypted: put a "
            "proxy with TLS before it.",
            err=True,
        )
    elif is_hub and not _is_secure(host, settings):
        typer.echo(
            "Cookies are sent without TLS, as they may be on this machine alone. Behind a proxy "
            "set VALORIAMO_PUBLIC_URL to its https address.",
            err=True,
        )


def _models(service: "Service") -> str:
    return f"ranker: {service.model}; risk: {service.risk_model or 'none'}"


def _is_secure(host: str, settings: Settings) -> bool:
    return host not in _LOOPBACK or (settings.public_url or "").startswith("https://")


def _run(
    champions: "Champions", store: "Store | None", settings: Settings, listener: socket.socket
) -> None:
    from matching.api import create_app
    from matching.api.hub import create_hub_app
    from matching.api.hub.app import renew
    from matching.api.running import run, settle
    from matching.hub.model_changes import note_served

    app: FastAPI
    if store is None:
        app = create_app(champions.service, settings)
    else:
        note_served(store, champions.service.model, champions.service.risk_model)
        host = listener.getsockname()[0]
        app = create_hub_app(
            champions.service, store, settings, is_secure=_is_secure(host, settings)
        )

    def look() -> None:
        champions.renewed()
        renewed = champions.service
        if renewed is app.state.service:
            return
        if store is None:
            app.state.service = renewed
        else:
            # What cannot be entered into the journal does not serve, and is tried again.
            note_served(store, renewed.model, renewed.risk_model)
            renew(app, renewed)
        settle()
        _log.warning("serving from now on: %s", _models(renewed))
        for problem in renewed.problems:
            _log.warning("%s", problem)

    run(
        app,
        listener,
        threads=settings.api_threads,
        log_level=settings.log_level,
        look=look,
        clock=time.time,
    )


def _warn(sentence: str) -> None:
    """Say something on stderr: before the log is set up in plain words, then as its line."""
    if _log.hasHandlers():
        _log.warning("%s", sentence)
    else:
        typer.echo(sentence, err=True)


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
