"""Real web servers that serve a publication by the rules that came with it, each on a free port, as any user."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from tools import free_ports, missing

_NGINX = """\
daemon off; worker_processes 1; pid {state}/pid; error_log {state}/error.log;
events {{ worker_connections 64; }}
http {{
  access_log off;
  client_body_temp_path {state}/body; proxy_temp_path {state}/proxy; fastcgi_temp_path {state}/fastcgi;
  uwsgi_temp_path {state}/uwsgi; scgi_temp_path {state}/scgi;
  include {site}/rules/nginx-http.conf;
  server {{ listen 127.0.0.1:{port}; root {root}; include {site}/rules/nginx-server.conf; }}
}}
"""
_MODULES = "mpm_event authz_core mime dir rewrite setenvif headers".split()
_APACHE = """\
ServerRoot {state}
ServerName 127.0.0.1
Listen 127.0.0.1:{port}
PidFile {state}/pid
ErrorLog {state}/error.log
{modules}
TypesConfig /dev/null
DocumentRoot {root}
<Directory {root}>
  AllowOverride All
  Require all granted
</Directory>
"""


def found(*names: str) -> str:
    """Return the path of a program; without it the test is skipped, and fails in CI."""
    paths = (shutil.which(name) or shutil.which(name, path="/usr/sbin:/usr/local/sbin") for name in names)
    path = next(filter(None, paths), None)
    if path is None:
        missing(f"{names[0]} is not installed; scripts/test-tools installs it")
    return path


@contextmanager
def public_directory() -> Iterator[Path]:
    """Give an empty directory that every user may read, as servers give up the rights that they start with."""
    with tempfile.TemporaryDirectory() as directory:
        Path(directory).chmod(0o755)
        yield Path(directory)


@contextmanager
def nginx(root: Path, site: Path, state: Path) -> Iterator[httpx.Client]:
    """Serve `root`, which has a publication in `site`; `state` is an empty directory for the server's own files."""
    (port,) = free_ports(1)
    configuration = state / "nginx.conf"
    configuration.write_text(_NGINX.format(state=state, site=site, root=root, port=port))
    with _running([found("nginx"), "-c", str(configuration), "-e", str(state / "error.log")], port, state) as client:
        yield client


@contextmanager
def apache(root: Path, state: Path) -> Iterator[httpx.Client]:
    """Serve `root` by the .htaccess files in it."""
    (port,) = free_ports(1)
    program = found("apache2", "httpd")
    folder = next((f for f in map(Path, ("/usr/lib/apache2/modules", "/usr/lib64/httpd/modules")) if f.is_dir()), None)
    if folder is None:
        missing("the modules of Apache are not where they are looked for")
    names = [*_MODULES, *(["unixd"] if (folder / "mod_unixd.so").exists() else [])]
    modules = "\n".join(f"LoadModule {n}_module {folder}/mod_{n}.so" for n in names)
    configuration = state / "apache.conf"
    text = _APACHE.format(state=state, root=root, port=port, modules=modules)
    if os.geteuid() == 0:
        text += "User nobody\nGroup nogroup\n"
    configuration.write_text(text)
    with _running([program, "-f", str(configuration), "-DFOREGROUND"], port, state) as client:
        yield client


@contextmanager
def _running(command: list[str], port: int, state: Path) -> Iterator[httpx.Client]:
    with (state / "output").open("w") as output:
        process = subprocess.Popen(command, stdout=output, stderr=output)
    try:
        _wait(process, port, state)
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=10) as client:
            yield client
    finally:
        process.terminate()
        process.wait(timeout=20)


def _wait(process: subprocess.Popen[bytes], port: int, state: Path) -> None:
    for _ in range(200):
        if process.poll() is not None:
            break
        with socket.socket() as attempt:
            if attempt.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    log = state / "error.log"
    pytest.fail((state / "output").read_text() + (log.read_text() if log.exists() else ""))
