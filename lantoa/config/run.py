"""`make run`: everything that has to be true, then everything that has to run."""

import os
import signal
import socket
import sys
import time
from collections.abc import Mapping

from lantoa.config import readiness
from lantoa.config.folder import CHECKOUT, DataFolder
from lantoa.config.postgres import Cluster, find_account, make_home
from lantoa.config.processes import follow_parent
from lantoa.config.serve import BACKLOG
from lantoa.config.supervisor import Service, Stopped, Supervisor, say, stoppable
from lantoa.config.trouble import Trouble, writing_to

ME = (sys.executable, "-m", "lantoa.config")
WEB_PATIENCE = 60.0  # seconds for the first page
LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
EVERYWHERE = frozenset({"0.0.0.0", "::", ""})  # noqa: S104 - asked for by HOST=


def run() -> int:
    """Run the program until it is told to stop; return the exit code.

    Raises:
        Trouble: it cannot start.
    """
    started = time.monotonic()
    if os.environ.get("WITH_PARENT"):
        follow_parent(signal.SIGTERM, os.getppid())
    folder = DataFolder()
    supervisor = Supervisor({})
    with stoppable():
        try:
            folder.open()
            with listen() as door:
                supervisor.environment = environment(folder)
                accounts = open_database(supervisor, folder)
                folder.tell(supervisor.environment)
                web = supervisor.add(
                    "web", [*ME, "serve", str(door.fileno())], pass_fds=[door.fileno()]
                )
                wait_for_page(web, door)  # it has the processors to itself
                supervisor.add(
                    "worker", [sys.executable, CHECKOUT / "manage.py", "work"]
                )
                welcome(door, accounts, time.monotonic() - started)
                supervisor.watch()
        except Stopped:
            say("Đang dừng… (stopping)")
            return 0
        finally:
            for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
                signal.signal(name, signal.SIG_IGN)
            supervisor.stop()
            folder.close()


def listen() -> socket.socket:
    """Return a socket listening on HOST and PORT.

    Raises:
        Trouble: PORT is no port, HOST no address of this machine, or somebody is there.
    """
    host = os.environ.get("HOST") or "127.0.0.1"
    given = os.environ.get("PORT") or "8000"
    port = int(given) if given.isdecimal() else -1
    no_such_address = Trouble(
        f"Không có địa chỉ {host}, cổng {given}: hãy xem lại HOST= và PORT=.",
        f"no such address and port: {host}, {given}",
    )
    if port not in range(1 << 16):
        raise no_such_address
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        door = socket.create_server(found[4][:2], family=found[0], backlog=BACKLOG)
    except socket.gaierror:
        raise no_such_address from None
    except PermissionError:
        raise Trouble(
            f"Không được phép dùng cổng {given}: hãy chọn PORT= từ 1024 trở lên.",
            f"not allowed to use port {given}",
        ) from None
    except OSError as error:
        raise Trouble(
            f"Không mở được cổng {given} tại {host} ({error.strerror}): hãy chọn cổng "
            f"khác, ví dụ make run PORT={port + 1}.",
            f"port {given} is taken or not of this machine",
        ) from None
    return door


def environment(folder: DataFolder) -> dict[str, str]:
    """Return what the children are told about this installation."""
    said = dict(os.environ)
    said["DATA"] = str(folder.path)
    said["PYTHONUNBUFFERED"] = "1"
    said["PYTHONPATH"] = str(CHECKOUT)
    said.setdefault("SECRET_KEY", folder.secret_key())
    if said.get("STATIC") != "live":  # "live" shows changed files at once
        said["STATIC_ROOT"] = str(folder.path / "static")
    said.setdefault("DJANGO_SETTINGS_MODULE", "lantoa.config.settings")
    host = os.environ.get("HOST") or "127.0.0.1"
    if host not in LOOPBACK:
        name = socket.gethostname()
        hosts = {"127.0.0.1", "localhost", "[::1]", name, socket.getfqdn()}
        hosts |= set() if host in EVERYWHERE else {host}
        said.setdefault("ALLOWED_HOSTS", ",".join(sorted(hosts)))
    return said


def open_database(supervisor: Supervisor, folder: DataFolder) -> str:
    """Have a prepared database and return the demo's accounts, if it has a demo.

    Raises:
        Trouble: there is none, or it cannot be prepared.
    """
    said = dict(supervisor.environment)
    if not said.get("DATABASE_URL"):
        said["DATABASE_URL"] = start_own(supervisor, folder)
    supervisor.environment = said
    demo = said.get("DEMO", "yes").lower() not in {"no", "0", "false"}
    prepared = readiness.look(said["DATABASE_URL"])
    if not is_ready(prepared, said, demo=demo):
        command = [*ME, "prepare", *(["demo"] if demo else [])]
        # A crash may lose the end of the preparation, its mark with it: it is redone.
        hasty = {"PGOPTIONS": "-c synchronous_commit=off"}
        if supervisor.once(command, hasty):
            raise Trouble(
                "Chưa chuẩn bị được cơ sở dữ liệu, nên chưa khởi động.",
                "the database could not be prepared",
            )
        prepared = readiness.look(said["DATABASE_URL"])
    return prepared.accounts if demo else ""


def is_ready(
    prepared: readiness.Prepared, said: Mapping[str, str], *, demo: bool
) -> bool:
    """Return whether database and static files were prepared by this very code."""
    digest = readiness.code_digest()
    return (
        prepared.data == digest
        and (prepared.demo == digest or not demo)
        and readiness.is_collected(said.get("STATIC_ROOT"))
    )


def start_own(supervisor: Supervisor, folder: DataFolder) -> str:
    """Start the embedded server on the folder's cluster and return its address.

    Raises:
        Trouble: it cannot be made or started, or is of another version.
    """
    home = make_home(folder.path / "postgres")
    cluster = Cluster(home, find_account(home))
    if cluster.exists:
        cluster.check_version()
    else:
        with writing_to(home):
            say(f"Đang tạo cơ sở dữ liệu tại {home}… (making the database)")
            cluster.create()
    supervisor.start_database(cluster, folder.log("postgresql"))
    if not (home / "made").exists():
        readiness.make_database(cluster)
        (home / "made").touch()
    return cluster.url(readiness.USER, readiness.DATABASE)


def wait_for_page(web: Service, door: socket.socket) -> None:
    """Return when the web process has answered.

    Raises:
        Trouble: it ended instead, or took too long.
    """
    deadline = time.monotonic() + WEB_PATIENCE
    host = door.getsockname()[0]
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104
    with socket.create_connection((host, door.getsockname()[1]), 5) as visitor:
        visitor.sendall(b"GET / HTTP/1.0\r\nHost: localhost\r\n\r\n")
        visitor.settimeout(0.2)
        while web.process and web.process.poll() is None:
            try:
                if visitor.recv(16).startswith(b"HTTP/"):
                    return
                break
            except TimeoutError:
                if time.monotonic() > deadline:
                    break
    raise Trouble("Chương trình web không khởi động được.", "web did not start")


def welcome(door: socket.socket, accounts: str, seconds: float) -> None:
    """Print the one address, and who may sign in to the demo."""
    host, port = door.getsockname()[:2]
    # A passkey needs a name, an address will not do.
    name = "localhost" if host in LOOPBACK or host in EVERYWHERE else host
    say("")
    say(f"  Lan Tỏa: http://{name}:{port}/")
    say("")
    if accounts:
        say("  Tài khoản trình diễn (demo accounts):")
        for line in accounts.rstrip().splitlines():
            say(f"    {line}")
        say("")
    say(f"  Sẵn sàng sau {seconds:.1f} giây; dừng bằng Ctrl-C. (ready; Ctrl-C stops)")
