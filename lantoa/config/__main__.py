"""`python -m lantoa.config WHAT`: run, prepare, serve, manage."""

import os
import sys

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
    folder = DataFolder()
    told = folder.told()
    if told is None:
        raise Trouble(
            f"Chưa có gì chạy trên {folder.path}: hãy chạy make run trước.",
            "nothing runs on this data folder",
        )
    names = (
        "DATABASE_URL",
        "SECRET_KEY",
        "DATA",
        "STATIC_ROOT",
        "ALLOWED_HOSTS",
        "PORT",
    )
    os.environ.update({name: told[name] for name in names if name in told})
    os.execv(sys.executable, [sys.executable, str(CHECKOUT / "manage.py"), *command])  # noqa: S606


if __name__ == "__main__":
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    sys.exit(main(*(sys.argv[1:] or ["run"])))
