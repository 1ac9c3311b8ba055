"""What is known of a paper, put into words for its pages."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from lantoa.documents.models import Clause, Paper
from lantoa.documents.vocabulary import Family, PaperState
from lantoa.kernel.dates import official_date, short_date
from lantoa.ui.parts import Moment, Term


def title_of(paper: Paper) -> str:
    """Return "Quyết định số 1521/QĐ-TTg"."""
    return _("%(type)s số %(code)s") % {"type": paper.type.name, "code": paper.code}


def of_paper(paper: Paper) -> list[Term]:
    """Return the particulars of a paper; an empty one reads as not recorded."""
    until = paper.effective_until
    keeper = paper.keeper
    terms = [
        Term(
            term=_("Cơ quan ban hành"),
            text=paper.issued_by,
            href=reverse("organisations:body", args=[paper.issuer_id])
            if paper.issuer_id
            else "",
        ),
        Term(term=_("Ngày ban hành"), text=_day(paper.issued_on)),
        Term(term=_("Có hiệu lực từ"), text=_day(paper.effective_from)),
    ]
    if until is not None:
        terms.append(Term(term=_("Hết hiệu lực từ"), text=_day(until)))
    terms.append(Term(term=_("Trạng thái"), text=PaperState(paper.state).label))
    if keeper is not None and keeper.pk != paper.issuer_id:
        terms.append(Term(term=_("Cơ quan vào sổ"), text=keeper.name))
    if paper.source:
        terms.append(Term(term=_("Nguồn ghi nhận"), text=paper.source))
    if not paper.public:
        terms.append(Term(term=_("Phạm vi đọc"), text=_("Nơi ban hành và nơi nhận")))
    return terms


def of_versions(paper: Paper) -> list[Moment]:
    """Return the versions of a paper, the newest first."""
    return [
        Moment(
            at=each.at,
            title=_("Phiên bản %(number)s") % {"number": each.number},
            text=each.reason or _("Vào sổ lần đầu"),
            by=each.office,
            href=reverse("documents:version", args=[paper.pk, each.number])
            if each.number > 1
            else "",
        )
        for each in paper.versions.order_by("-number")
    ]


def is_printable(paper: Paper, clauses: Sequence[Clause]) -> bool:
    """Return whether the paper can be laid out: its text is held, the layout known.

    The Party's papers follow rules of its own.
    """
    return bool(clauses) and paper.type.family == Family.STATE


def for_print(paper: Paper) -> dict[str, Any]:
    """Return the parts of the official layout.

    Source:
        Decree 30/2020/NĐ-CP, Appendix I.
    """
    return {
        "issuer": paper.issued_by,
        "date": official_date(paper.issued_on) if paper.issued_on else _undated(),
        "place": paper.place or _("Hà Nội"),
        "signs": paper.signed_as.splitlines(),
    }


def _undated() -> str:
    return _("ngày … tháng … năm …")


def _day(day: Any) -> str:
    return short_date(day) if day else ""
