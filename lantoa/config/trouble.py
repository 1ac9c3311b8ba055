"""What the person at the keyboard can mend: one line, no traceback."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
CLOSED = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})


class Trouble(Exception):  # noqa: N818 - it is named for what it says to a person
    """One clear line, in Vietnamese with the English after it."""

    def __init__(self, vietnamese: str, english: str) -> None:
        super().__init__(f"{vietnamese} ({english})")


class FullDisk(Trouble):
    """The disk has no room left."""

    def __init__(self, where: Path | str) -> None:
        super().__init__(
            f"Hết dung lượng đĩa tại {where}: hãy giải phóng chỗ rồi chạy lại.",
            f"no space left on the disk of {where}",
        )


def closed_folder(where: Path | str) -> Trouble:
    """Return the line for a folder that cannot be written."""
    return Trouble(
        f"Không ghi được vào thư mục {where}: hãy cấp quyền ghi hoặc chọn DATA= khác.",
        f"the folder {where} is not writable",
    )


@contextmanager
def writing_to(where: Path) -> Iterator[None]:
    """Turn the refusals of the file system at *where* into one line."""
    try:
        yield
    except OSError as error:
        if error.errno in FULL:
            raise FullDisk(where) from error
        if error.errno in CLOSED:
            raise closed_folder(where) from error
        if isinstance(error, (FileExistsError, NotADirectoryError)):
            raise Trouble(
                f"{error.filename or where} không phải là thư mục.",
                f"{error.filename or where} is not a folder",
            ) from error
        raise Trouble(
            f"Không dùng được thư mục {where}: {error.strerror}.",
            "the folder cannot be used",
        ) from error
