"""`python -m lantoa.config WHAT`: run, prepare, serve, manage, backup, restore."""

import os
import subprocess
import sys
from pathlib import Path

from lantoa.config.folder import CHECKOUT, DataFolder
from lantoa.config.supervisor import say
from lantoa.config.trouble import Trouble


def main(what: str, *rest: str) -> int:
    """Do *what* and return the exit code; trouble is told in one line."""
    try:
        if what == "run":
            from lantoa.config.run import run  # each child loads only its own part

            return run()
        if what == "prepare":
            from lantoa.config.prepare import prepare

            prepare(demo="demo" in rest, say=say)
        elif what == "serve":
            from lantoa.config.serve import serve

            serve(int(rest[0]))
        elif what == "manage":
            manage(*rest)
        elif what == "backup":
            return backup()
        elif what == "restore":
            restore_from()
        else:
            raise SystemExit(__doc__)
    except Trouble as trouble:
        sys.stdout.flush()
        print(f"LỖI: {trouble}", file=sys.stderr, flush=True)  # noqa: T201 - to a person
        return 1
    return 0


def manage(*command: str) -> None:
    """Run a management command beside the program that runs on DATA.

    Raises:
        Trouble: none runs there.
    """
    from lantoa.config.beside import told_by

    folder = DataFolder()
    environment = told_by(folder)
    if environment is None:
        raise Trouble(
            f"Chưa có gì chạy trên {folder.path}: hãy chạy make run trước.",
            "nothing runs on this data folder",
        )
    line = [sys.executable, str(CHECKOUT / "manage.py"), *command]
    os.execve(sys.executable, line, environment)  # noqa: S606


def backup() -> int:
    """Back DATA up to TO; return the exit code.

    Raises:
        Trouble: TO is not said, or there is nothing to back up.
    """
    from lantoa.config.beside import beside

    to = Path(named("TO", os.environ.get("TO"), "make backup TO=/thư-mục")).absolute()
    line = [sys.executable, "-W", "ignore", str(CHECKOUT / "manage.py")]
    with beside(DataFolder()) as environment:
        return subprocess.run(  # noqa: S603 - ourselves
            [*line, "backup", str(to)], env=dict(environment), check=False
        ).returncode


def restore_from() -> None:
    """Make DATA anew from the archive FROM; REPLACE=yes puts aside what is there.

    Raises:
        Trouble: FROM is not said, or see `restore`.
    """
    from lantoa.config.restore import restore

    archive = Path(
        named("FROM", os.environ.get("FROM"), "make restore FROM=tệp.tar DATA=mới")
    )
    replace = os.environ.get("REPLACE", "").lower() == "yes"
    restore(archive.absolute(), DataFolder(), replace=replace, say=say)


def named(name: str, given: str | None, example: str) -> str:
    """Return what was *given* for *name*.

    Raises:
        Trouble: nothing was.
    """
    if not given:
        raise Trouble(f"Thiếu {name}=. Ví dụ: {example}.", f"{name} is missing")
    return given


if __name__ == "__main__":
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    sys.exit(main(*(sys.argv[1:] or ["run"])))
