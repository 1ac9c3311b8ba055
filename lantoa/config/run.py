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
MOST = 64  # processes of one kind on one machine
# Connections to the database that one process may hold, and those kept for others.
OF_A_WEB, OF_A_WORKER, OF_OTHERS = 14, 14, 30
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
                start_all(supervisor, door)
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


def wanted_webs() -> int:
    """Return how many web processes there are to be: WEB."""
    return how_many("WEB", os.environ.get("WEB") or "1")


def wanted_workers() -> int:
    """Return how many workers there are to be: WORKERS."""
    return how_many("WORKERS", os.environ.get("WORKERS") or "1")


def how_many(name: str, given: str) -> int:
    """Return the number that was *given* for *name*.

    Raises:
        Trouble: it is no number from 1 to 64.
    """
    if given.isdecimal() and int(given) in range(1, MOST + 1):
        return int(given)
    raise Trouble(
        f"{name}={given}: hãy cho một số từ 1 đến {MOST}.",
        f"{name} must be a number from 1 to {MOST}",
    )


def start_all(supervisor: Supervisor, door: socket.socket) -> None:
    """Start the web processes on one socket, and the workers.

    The kernel gives each new connection to a web process that is free to take it; each
    has a hub of its own, which hears of every commit from the database.

    Raises:
        Trouble: the first web process does not answer.
    """
    fd = door.fileno()
    serve = [*ME, "serve", str(fd)]
    first = supervisor.add("web-1", serve, pass_fds=[fd])
    wait_for_page(first, door)  # it has the processors to itself
    for number in range(2, wanted_webs() + 1):
        supervisor.add(f"web-{number}", serve, pass_fds=[fd])
    work = [sys.executable, str(CHECKOUT / "manage.py"), "work"]
    for number in range(1, wanted_workers() + 1):
        supervisor.add(f"worker-{number}", work)


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
    if sys.stderr.isatty():  # a person looks on; a service keeps a line a request
        said.setdefault("LOG_LEVEL", "WARNING")
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
    lines = OF_OTHERS + OF_A_WEB * wanted_webs() + OF_A_WORKER * wanted_workers()
    settings = {"max_connections": str(max(100, lines))}
    cluster = Cluster(home, find_account(home), settings)
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


def openness(host: str, accounts: str) -> list[str]:
    """Return what to say to somebody who lets the whole network in."""
    if host in LOOPBACK:
        return []
    lines = []
    if accounts:
        lines += [
            "CẢNH BÁO: cả mạng vào được, mà các tài khoản trình diễn dùng chung một",
            "mật khẩu. Chỉ để xem thử; chạy thật thì dùng DEMO=no và thư mục DATA mới.",
            "(the demo's accounts are open to the whole network: for trial only)",
        ]
    if os.environ.get("HTTPS") != "yes":
        lines += [
            "CẢNH BÁO: HOST mở ra ngoài mà chưa có HTTPS: mật khẩu đi qua mạng không",
            "được mã hóa. Hãy đặt máy chủ HTTPS phía trước: docs/howto/deploy.md.",
            "(open to the network without HTTPS: see docs/howto/deploy.md)",
        ]
    return lines


def welcome(door: socket.socket, accounts: str, seconds: float) -> None:
    """Print the one address, and who may sign in to the demo."""
    host, port = door.getsockname()[:2]
    # A passkey needs a name, an address will not do.
    name = "localhost" if host in LOOPBACK or host in EVERYWHERE else host
    say("")
    say(f"  Lan Tỏa: http://{name}:{port}/")
    say("")
    for line in openness(host, accounts):
        say(f"  {line}")
    if accounts:
        say("  Tài khoản trình diễn (demo accounts):")
        for line in accounts.rstrip().splitlines():
            say(f"    {line}")
        say("")
    say(f"  Sẵn sàng sau {seconds:.1f} giây; dừng bằng Ctrl-C. (ready; Ctrl-C stops)")
