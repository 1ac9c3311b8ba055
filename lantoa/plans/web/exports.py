"""Spreadsheets of what lists show: real dates, a filter, what was asked for and when.

Text is written as text, so that nothing a person typed becomes a formula. Rows go to
a file on disk one by one: a large sheet costs no memory.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from tempfile import TemporaryFile
from typing import IO, Any

import xlsxwriter
from django.db.models import QuerySet
from django.http import FileResponse
from django.utils.translation import gettext as _

from lantoa.kernel.dates import HANOI, short_moment
from lantoa.plans.periods import label_of
from lantoa.plans.queries.lists import SeenObligation, SheetRow, heirs, sheet_rows
from lantoa.plans.vocabulary import WorkState

MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST = 100_000  # rows of a sheet
_AT_ONCE = 2_000  # rows read from the database
_HEAD = 3  # lines above the headings

Value = str | int | date | None


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a sheet: its heading and its width in letters."""

    heading: str
    width: int


@dataclass(frozen=True, slots=True)
class _Formats:
    """How the cells of a sheet look."""

    title: Any
    head: Any
    day: Any
    text: Any

    @classmethod
    def of(cls, book: Any) -> "_Formats":
        """Return the formats of a workbook."""
        top = {"valign": "top"}
        return cls(
            title=book.add_format({"bold": True}),
            head=book.add_format({"bold": True, "text_wrap": True, "bottom": 1} | top),
            day=book.add_format({"num_format": "dd/mm/yyyy"} | top),
            text=book.add_format({"text_wrap": True} | top),
        )


def obligations_sheet(
    rows: "QuerySet[SeenObligation]", told: str, at: datetime
) -> IO[bytes]:
    """Return the obligations of a list as a spreadsheet.

    Args:
        told: what was asked for, in words.
    """
    columns = [
        Column(_("STT"), 6),
        Column(_("Tình trạng"), 24),
        Column(_("Nhiệm vụ"), 60),
        Column(_("Kỳ"), 16),
        Column(_("Cơ quan chủ trì"), 36),
        Column(_("Văn bản"), 28),
        Column(_("Mục"), 10),
        Column(_("Cơ quan giao"), 36),
        Column(_("Ngày giao"), 12),
        Column(_("Thời hạn ghi trong văn bản"), 26),
        Column(_("Hạn"), 12),
        Column(_("Hạn ban đầu"), 12),
        Column(_("Ngày hoàn thành"), 14),
        Column(_("Cơ quan kế thừa"), 36),
    ]
    return sheet(_("Danh sách nhiệm vụ"), told, at, columns, _obligations(rows))


def sheet(
    title: str,
    told: str,
    at: datetime,
    columns: Sequence[Column],
    rows: Iterable[Sequence[Value]],
) -> IO[bytes]:
    """Return a spreadsheet: title, what was asked for, when; then the rows."""
    file = TemporaryFile()  # noqa: SIM115 -- the answer closes it
    book = xlsxwriter.Workbook(
        file,
        {
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "default_date_format": "dd/mm/yyyy",
        },
    )
    formats = _Formats.of(book)
    page = book.add_worksheet(title[:31])
    for place, column in enumerate(columns):
        page.set_column(place, place, column.width)
    page.write_string(0, 0, title, formats.title)
    page.write_string(1, 0, told)
    page.write_string(2, 0, _("Số liệu lúc %s") % short_moment(at))
    for place, column in enumerate(columns):
        page.write_string(_HEAD, place, column.heading, formats.head)
    page.freeze_panes(_HEAD + 1, 0)
    last = _HEAD
    for last, row in enumerate(islice(rows, MOST), start=_HEAD + 1):
        for place, value in enumerate(row):
            _write(page, (last, place), value, formats)
    page.autofilter(_HEAD, 0, last, len(columns) - 1)
    _for_paper(page, len(columns))
    book.close()
    file.seek(0)
    return file


def answer(file: IO[bytes], name: str) -> FileResponse:
    """Return the answer that sends a sheet."""
    return FileResponse(file, as_attachment=True, filename=name, content_type=MIME)


def _write(page: Any, cell: tuple[int, int], value: Value, formats: _Formats) -> None:
    if isinstance(value, date):
        page.write_datetime(*cell, value, formats.day)
    elif isinstance(value, int):
        page.write_number(*cell, value)
    elif value:
        page.write_string(*cell, value, formats.text)


def _for_paper(page: Any, columns: int) -> None:
    """Print it on A4, lying, as wide as the paper, the headings on each page."""
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.repeat_rows(_HEAD)
    page.set_footer("&C&P/&N")


def _obligations(rows: "QuerySet[SeenObligation]") -> Iterator[Sequence[Value]]:
    found = sheet_rows(rows, _AT_ONCE)
    number = 0
    while some := list(islice(found, _AT_ONCE)):
        after = heirs(some)
        for row in some:
            number += 1
            yield _obligation(number, row, after.get((row.task_id, row.period), ""))


def _obligation(number: int, row: SheetRow, heir: str) -> Sequence[Value]:
    extended = row.original_due_on != row.due_on
    return (
        number,
        str(WorkState(row.state).label),
        row.work,
        label_of(row.period),
        row.body,
        f"{row.paper_type} {row.paper_code}",
        row.clause,
        row.dispatcher,
        row.dispatched_at.astimezone(HANOI).date(),
        row.deadline_text,
        row.due_on,
        row.original_due_on if extended else None,
        row.completed_on,
        heir,
    )
