"""Reaching the database of a data folder, whether the program runs on it or not."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from lantoa.config.folder import DataFolder
from lantoa.config.supervisor import Supervisor
from lantoa.config.trouble import Trouble

TOLD = (
    "DATABASE_URL",
    "SECRET_KEY",
    "DATA",
    "STATIC_ROOT",
    "ALLOWED_HOSTS",
    "PORT",
)


def told_by(folder: DataFolder) -> dict[str, str] | None:
    """Return our environment as the program that runs on *folder* has it, or None."""
    told = folder.told()
    if told is None:
        return None
    return dict(os.environ) | {name: told[name] for name in TOLD if name in told}


@contextmanager
def beside(folder: DataFolder) -> Iterator[Mapping[str, str]]:
    """Give the environment in which management commands reach the database.

    If nothing runs, the database of our own is started for as long as this lasts.

    Raises:
        Trouble: there is no installation in the folder.
    """
    from lantoa.config.run import environment, start_own  # it starts more than we do

    if folder.is_held():
        told = told_by(folder)
        if told is None:
            raise Trouble(
                f"Chương trình trên {folder.path} đang khởi động: hãy đợi rồi gọi lại.",
                "the program is just starting",
            )
        yield told
        return
    if os.environ.get("DATABASE_URL"):
        yield environment(folder)
        return
    if not (folder.path / "postgres" / "data").exists():
        raise Trouble(
            f"Không có hệ thống nào trong {folder.path}: hãy xem lại DATA=.",
            "there is no installation in this data folder",
        )
    supervisor = Supervisor({})
    folder.open()
    try:
        supervisor.environment = environment(folder)
        url = start_own(supervisor, folder)
        yield {**supervisor.environment, "DATABASE_URL": url}
    finally:
        supervisor.stop()
        folder.close()
