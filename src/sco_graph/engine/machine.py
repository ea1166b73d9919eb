"""What of this machine a process may use: cores and memory, as the scheduler and control groups (Linux) leave them."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

_ROOT = Path("/")
_UNLIMITED = 1 << 60  # version 1 writes a limit as large as this where there is none


def cores(root: Path = _ROOT) -> int:
    """Return how many cores this process may use at once, at least 1; half a core counts as one.

    `root` is the directory that holds `proc` and `sys`.
    """
    there = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    allowed = [-(-quota // period) for quota, period in _quotas(root) if quota > 0 < period]
    return max(1, min(there, *allowed)) if allowed else max(1, there)


def memory(root: Path = _ROOT) -> int | None:
    """Return how many bytes new processes can still use, or None where the system does not tell.

    The least counts of what is available to the machine and what each control group of this process leaves.
    """
    free = [int(found[1]) << 10 for found in [_found(r"^MemAvailable:\s+(\d+) kB", root / "proc/meminfo")] if found]
    return min([*free, *_left(root)], default=None)


def cpu_seconds(process: int, root: Path = _ROOT) -> float:
    """Return how long the cores have worked for a process, 0 where the system does not tell (proc_pid_stat(5))."""
    # The name, in brackets, may have spaces.
    numbers = _text(root / f"proc/{process}/stat").rpartition(")")[2].split()
    return sum(map(int, numbers[11:13])) / os.sysconf("SC_CLK_TCK") if numbers else 0.0


def _quotas(root: Path) -> Iterator[tuple[int, int]]:
    """Yield microseconds of CPU time in microseconds of time, for each control group that limits them."""
    for group in _groups(root, "cpu"):
        if found := _found(r"^(\d+) (\d+)", group / "cpu.max"):
            yield int(found[1]), int(found[2])
        quota, period = _number(group / "cpu.cfs_quota_us"), _number(group / "cpu.cfs_period_us")
        if quota is not None and period is not None:
            yield quota, period


def _left(root: Path) -> Iterator[int]:
    for group in _groups(root, "memory"):
        for limit_file, used_file in (
            ("memory.max", "memory.current"),
            ("memory.limit_in_bytes", "memory.usage_in_bytes"),
        ):
            limit, used = _number(group / limit_file), _number(group / used_file)
            if limit is not None and used is not None and limit < _UNLIMITED:
                # What the group keeps of files is given back when memory is wanted.
                kept = _found(r"^(?:total_)?inactive_file (\d+)", group / "memory.stat")
                yield max(0, limit - used + (int(kept[1]) if kept else 0))


def _groups(root: Path, controller: str) -> Iterator[Path]:
    """Yield the directories of this process's control groups and of those above them, in version 1 and in version 2.

    In a container the paths often lead nowhere, and the top of what is mounted is the container's own group.
    """
    for line in _text(root / "proc/self/cgroup").splitlines():
        _, names, path = line.split(":", 2)
        if names and controller not in names.split(","):
            continue
        mounted = root / "sys/fs/cgroup" / (controller if names else "")
        group = mounted / path.strip("/")
        yield from (folder for folder in (group, *group.parents) if folder.is_relative_to(mounted))


def _number(path: Path) -> int | None:
    found = _found(r"^(-?\d+)\s*$", path)
    return int(found[1]) if found else None


def _found(pattern: str, path: Path) -> re.Match[str] | None:
    return re.search(pattern, _text(path), re.MULTILINE)


def _text(path: Path) -> str:
    with suppress(OSError):
        return path.read_text()
    return ""
