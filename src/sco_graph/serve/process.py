"""The processes that serve: one socket, several workers, an orderly end."""

from __future__ import annotations

import os
import signal
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import replace
from functools import partial
from multiprocessing import connection, get_context, parent_process
from pathlib import Path
from typing import Any

import uvicorn
from starlette.types import ASGIApp
from uvicorn.supervisors import Multiprocess

from sco_graph import catalogue, store
from sco_graph.errors import AddressInUse, ReviewRefused
from sco_graph.project import Project
from sco_graph.query import Limits, stored
from sco_graph.serve.app import app, guarded, keeping
from sco_graph.serve.connections import LARGEST_HEAD, Connection
from sco_graph.serve.desk import Desk
from sco_graph.serve.elsewhere import Elsewhere
from sco_graph.serve.lasting import page_folder
from sco_graph.serve.logs import SERVER, configuration
from sco_graph.serve.review import Review
from sco_graph.serve.settings import Settings
from sco_graph.serve.shelf import MEGABYTE, Depot
from sco_graph.serve.warming import Part, keep_warm
from sco_graph.store import Generation

_IDLE_SECONDS = 15
_BACKLOG = 1024


def serve(
    project: Project,
    settings: Settings | None = None,
    desk: Desk | None = None,
    ready: Callable[[str], None] = lambda address: None,
) -> None:
    """Serve the graph of `project` until SIGTERM or SIGINT; requests that run then are finished within `grace` seconds.

    With an address of a `store` in the settings, what that one holds is served.

    With a `desk`, one worker also serves a review; `ready` is called with the address that lets in. Raises NotBuilt,
    AddressInUse if it cannot listen there, and ReviewRefused for a review that other machines could reach.
    """
    settings = settings or Settings()
    first = store.current(project.state) if settings.store is None else None
    if desk and not settings.is_loopback:
        raise ReviewRefused(settings.host)
    reviewed = Review(desk) if desk else None
    if reviewed:
        settings = replace(settings, workers=1)
    with _listen(settings.host, settings.port) as listening, _pages(project, settings) as shared:
        config = _config(project, settings, shared, reviewed)
        if first:
            _index(first)
        host, port = listening.getsockname()[:2]
        site = f"http://{f'[{host}]' if ':' in host else host}:{port}/"
        SERVER.info("Serving %s", site)
        if reviewed:
            # Not by the log, which others may read.
            ready(f"{site}review?token={reviewed.token}")
        with _warming(project, settings, shared) if shared else nullcontext():
            if settings.processes > 1:
                Multiprocess(config, [listening]).run()
            else:
                _serve_here(config, listening)
        SERVER.info("Stopped")


def _index(generation: Generation) -> None:
    """Make the index of the generation that is served first, so that no reader waits for it."""
    if not catalogue.is_there(generation):
        SERVER.info("Making the index of lists and search")
    catalogue.prepare(generation)


def _pages(project: Project, settings: Settings) -> AbstractContextManager[Path | None]:
    """Give the directory of finished pages; None if none are kept, or another store is to be asked only when needed."""
    return page_folder(project) if settings.cache_megabytes and settings.store is None else nullcontext()


@contextmanager
def _warming(project: Project, settings: Settings, shared: Path) -> Iterator[None]:
    """Make pages ahead while the block runs, in as many processes as there are workers."""
    parts = [Part(number, settings.processes) for number in range(settings.processes)]
    spawn = get_context("spawn").Process
    processes = [
        spawn(target=_warm, args=(project, settings.cache_megabytes, shared, part), daemon=True) for part in parts
    ]
    for process in processes:
        process.start()
    try:
        yield
    finally:
        for process in processes:
            process.terminate()
        for process in processes:
            process.join()


def _warm(project: Project, megabytes: int, shared: Path, part: Part) -> None:
    # An interrupt is the parent's to answer.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _end_with_parent()
    made = app(project.state, project.name, stored(project.root), releases=project.releases)
    depot = Depot(shared, megabytes * MEGABYTE)
    # What it has put there it need not remember: nobody asks this process.
    keep_warm(keeping(made, made.state.origin, 0, depot), project.state, depot, part)


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        listening = socket.create_server((host, port), family=family, backlog=_BACKLOG)
    except OSError as error:
        raise AddressInUse(host, port, error.strerror or str(error)) from error
    # Head and body are two writes; without this, the second waits 40 ms for the client's word on the first.
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listening


def _config(project: Project, settings: Settings, shared: Path | None, reviewed: Review | None) -> uvicorn.Config:
    return uvicorn.Config(
        partial(_worker, project, settings, shared, reviewed),
        factory=True,
        http=Connection,
        ws="none",
        lifespan="on",
        workers=settings.processes,
        log_config=configuration(settings.log, settings.log_file),
        log_level=None,
        access_log=False,
        server_header=False,
        proxy_headers=bool(settings.proxies),
        forwarded_allow_ips=list(settings.proxies),
        backlog=_BACKLOG,
        timeout_keep_alive=_IDLE_SECONDS,
        timeout_graceful_shutdown=settings.grace,
        timeout_worker_healthcheck=60,
        h11_max_incomplete_event_size=LARGEST_HEAD,
    )


def _worker(project: Project, settings: Settings, shared: Path | None, reviewed: Review | None) -> ASGIApp:
    """Return the application; made in each worker, since its parts cannot be sent to another process."""
    _end_with_parent()
    # Pages are made in threads; what is ready to be sent need not wait 5 ms for each of them.
    sys.setswitchinterval(0.001)
    limits = Limits(project.query_seconds, project.query_megabytes)
    queries, elsewhere = stored(project.root), Elsewhere(project, settings.store) if settings.store else None
    made = app(project.state, project.name, queries, limits, reviewed, project.releases, elsewhere)
    return guarded(made, settings, Depot(shared, settings.cache_megabytes * MEGABYTE) if shared else None)


def _end_with_parent() -> None:
    """Stop in an orderly way when the parent process has ended without telling."""
    parent = parent_process()
    if parent is None:
        return

    def watch() -> None:
        connection.wait([parent.sentinel])
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=watch, daemon=True).start()


def _serve_here(config: uvicorn.Config, listening: socket.socket) -> None:
    # uvicorn raises the signal that ended it once more, for whoever waited before it: here nobody.
    before = {number: signal.signal(number, _ignore) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        uvicorn.Server(config).run(sockets=[listening])
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _ignore(*_: Any) -> None:
    pass
