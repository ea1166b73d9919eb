"""What the process that serves is told: where it listens, for whom, and how much it lets one client have."""

from __future__ import annotations

import ipaddress
import os
from dataclasses import dataclass
from pathlib import Path

LOOPBACK = ("localhost", "127.0.0.1", "::1")
"""The names under which a machine reaches itself."""

_MOST_WORKERS = 4


@dataclass(frozen=True, slots=True)
class Settings:
    """How to serve.

    `workers` are processes; 0 is one per core, at most 4. `root_path` is the path under which a proxy publishes the
    site, "" for none. `proxies` are addresses or networks whose `X-Forwarded-For` and `X-Forwarded-Proto` are
    believed. `allowed_hosts` are the names that the `Host` header may have, without port; none are the loopback names
    on a loopback address, and any elsewhere. `rate` is requests a second for one client and worker, 0 for no limit,
    None for none on a loopback address and `DEFAULT_RATE` elsewhere. `log` is "json", "text" or "off"; `log_file` None
    is stderr. `cache_megabytes` is what each worker keeps of finished pages. `grace` are the seconds that requests
    have to end after SIGTERM. `store` is the address of the store whose generation is served, None for this disk.
    """

    host: str = "127.0.0.1"
    port: int = 8000
    workers: int = 1
    root_path: str = ""
    proxies: tuple[str, ...] = ()
    allowed_hosts: tuple[str, ...] = ()
    rate: float | None = None
    log: str = "off"
    log_file: Path | None = None
    cache_megabytes: int = 64
    grace: int = 30
    store: str | None = None

    @property
    def processes(self) -> int:
        """The number of workers that are started."""
        return self.workers or min(os.cpu_count() or 1, _MOST_WORKERS)

    @property
    def hosts(self) -> frozenset[str]:
        """The names that the `Host` header may have; empty for any."""
        if self.allowed_hosts:
            return frozenset(host.lower().strip("[]") for host in self.allowed_hosts)
        return frozenset((*LOOPBACK, self.host)) if self.is_loopback else frozenset()

    @property
    def requests_a_second(self) -> float:
        """The rate that one client is held to; 0 for none."""
        if self.rate is not None:
            return self.rate
        return 0.0 if self.is_loopback and not self.proxies else DEFAULT_RATE

    @property
    def is_loopback(self) -> bool:
        """Whether only this machine can reach the address."""
        return is_loopback(self.host)


def is_loopback(host: str) -> bool:
    """Tell whether `host`, a name or an address without port, is this machine and nothing else."""
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host.lower() == "localhost"


DEFAULT_RATE = 20.0
"""Requests a second for one client and worker: a person with many tabs stays below it, a crawler does not."""
