"""Starting the peers, and measuring them as our own hub is measured."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

from ground import servers
from ground.crowd import Crowd
from ground.report import say, spread

HERE = Path(__file__).parent
PACKAGES = ("redis-server", "nginx-light", "libnginx-mod-nchan")
NCHAN = Path("/usr/lib/nginx/modules/ngx_nchan_module.so")
PAUSE = 0.3  # seconds between two rounds


def install() -> None:
    """Install Debian's packages of the peers, if we may."""
    there = shutil.which("redis-server") and NCHAN.exists()
    if there or os.geteuid() != 0 or not shutil.which("apt-get"):
        return
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    # Their services are not wanted: the benchmark starts its own on free ports.
    policy = Path("/usr/sbin/policy-rc.d")
    ours = not policy.exists()
    if ours:
        policy.write_text("#!/bin/sh\nexit 101\n")
        policy.chmod(0o755)
    try:
        for command in (["update"], ["install", "-y", "--no-install-recommends"]):
            names = PACKAGES if command[0] == "install" else ()
            subprocess.run(
                ["apt-get", "-q", *command, *names],
                check=False,
                env=environment,
                timeout=120,
                **quiet,
            )
    finally:
        if ours:
            policy.unlink()


def environment(folder: Path) -> Path:
    """Return the interpreter of a fresh environment with the peers' packages."""
    uv = [sys.executable, "-m", "uv"]
    target = folder / "peers"
    subprocess.run([*uv, "venv", "-q", "--python", sys.executable, target], check=True)
    python = target / "bin" / "python"
    pins = HERE / "requirements.txt"
    subprocess.run(
        [*uv, "pip", "sync", "-q", "--require-hashes", "--python", python, pins],
        check=True,
    )
    return python


def measure(
    crowd: Crowd,
    pids: list[int],
    port: int,
    request: str,
    greeting: str,
    size: tuple[int, int],
    message: Callable[[int], bytes],
) -> dict[str, Any]:
    """Return what *size* (watchers, rounds) costs a peer."""
    count, rounds = size
    before = servers.resident_kb(pids)
    said = crowd.ask(
        "connect",
        port=port,
        request=request,
        greeting=greeting,
        count=count,
        at_once=50,
    )
    kb = (servers.resident_kb(pids) - before) / count
    delays: list[float] = []
    used = 0.0
    for number in range(1, rounds + 2):
        if number == 2:  # the first one warms
            used = servers.cpu_seconds(pids)
        begun = time.monotonic()
        line = HTTPConnection("127.0.0.1", port, timeout=20)
        line.request("POST", "/publish", message(number))
        line.getresponse().read()
        line.close()
        came = crowd.ask("await_round", number=number, patience=15)["arrivals"]
        if number > 1:
            delays += [(moment - begun) * 1000 for moment in came]
        time.sleep(PAUSE)
    used = servers.cpu_seconds(pids) - used
    crowd.ask("leave")
    return {
        "watchers": said["greeted"],
        "ms": spread(delays),
        "left_behind": count * rounds - len(delays),
        "cpu_us": round(used / max(1, len(delays)) * 1e6, 1),
        "kb_per_connection": round(kb, 1),
    }


def nchan(crowd: Crowd, folder: Path, message: Callable[[int], bytes]) -> dict | None:
    """Measure nginx with nchan; None if it is not to be had."""
    if not NCHAN.exists():
        return None
    port = servers.free_port()
    conf = folder / "nginx.conf"
    text = (HERE / "nginx.conf").read_text()
    conf.write_text(text.replace("FOLDER", str(folder)).replace("PORT", str(port)))
    with servers.running(["/usr/sbin/nginx", "-c", conf], port=port) as master:
        time.sleep(0.3)
        children = Path(f"/proc/{master.pid}/task/{master.pid}/children").read_text()
        request = "GET /watch HTTP/1.1\r\nHost: b\r\nAccept: text/event-stream\r\n\r\n"
        found = measure(
            crowd,
            [int(pid) for pid in children.split()],
            port,
            request,
            "HTTP/1.1 200",
            (5000, 12),
            message,
        )
    say(f"nginx with nchan: {found}")
    return found


def channels(
    crowd: Crowd, folder: Path, message: Callable[[int], bytes]
) -> dict | None:
    """Measure Django channels with Redis; None if it is not to be had."""
    redis = shutil.which("redis-server")
    if redis is None:
        return None
    try:
        python = environment(folder)
    except (OSError, subprocess.SubprocessError) as error:
        say(f"Django channels cannot be installed: {error}")
        return None
    store, port = servers.free_port(), servers.free_port()
    command = [redis, "--port", str(store), "--bind", "127.0.0.1", "--save", ""]
    command += ["--loglevel", "warning", "--logfile", "/dev/null"]
    serve = [python, "-m", "uvicorn", "channels_app:application", "--port", str(port)]
    serve += ["--app-dir", str(HERE), "--log-level", "error", "--no-access-log"]
    serve += ["--lifespan", "off", "--backlog", "4096"]
    request = (
        "GET /watch HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\n"
        "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
    )
    with (
        servers.running([*command, "--dir", str(folder)], port=store) as redis_server,
        servers.running(
            serve, port=port, environment={"REDIS_PORT": str(store)}
        ) as process,
    ):
        pids = [process.pid, redis_server.pid]
        found = measure(crowd, pids, port, request, "hello", (2000, 5), message)
    say(f"Django channels with Redis: {found}")
    return found
