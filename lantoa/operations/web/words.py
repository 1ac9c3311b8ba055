"""The state in words and figures, for the operator's page."""

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from lantoa.kernel.dates import short_moment
from lantoa.operations.state import State
from lantoa.operations.warnings import LATE, LEAST_ROOM, NO_BACKUP
from lantoa.ui.parts import Figure, Term


def figures(state: State) -> list[Figure]:
    """Return what is looked at first."""
    late = state.oldest > LATE
    full = state.disk.free < LEAST_ROOM * state.disk.whole
    web = sum(process.kind == "web" for process in state.processes)
    return [
        Figure(value=web, label=_("tiến trình web")),
        Figure(
            value=len(state.workers),
            label=_("tiến trình công việc nền"),
            tone="" if state.workers else "bad",
        ),
        Figure(value=state.streams, label=_("màn hình đang xem trực tiếp")),
        Figure(
            value=state.waiting,
            label=_("việc nền đang đợi"),
            note=_("cũ nhất %(seconds)s giây") % {"seconds": round(state.oldest)},
            tone="warn" if late else "",
        ),
        Figure(
            value=state.failed,
            label=_("việc nền đã lỗi"),
            href="#viec-loi",
            tone="warn" if state.failed else "",
        ),
        Figure(
            value=filesizeformat(state.disk.free),
            label=_("đĩa còn trống"),
            note=_("trên %(whole)s") % {"whole": filesizeformat(state.disk.whole)},
            tone="bad" if full else "",
        ),
    ]


def database_terms(state: State) -> list[Term]:
    """Return what is known of the database."""
    database = state.database
    owner = (
        _("vai trò của chương trình (xem docs/howto/deploy.md, mục nhật ký)")
        if database.owns_journal
        else _("vai trò riêng; chương trình chỉ được ghi thêm")
    )
    return [
        Term(term=_("Phiên bản PostgreSQL"), text=database.version),
        Term(term=_("Dung lượng"), text=filesizeformat(database.size)),
        Term(
            term=_("Kết nối"),
            text=_("%(used)s trên %(most)s")
            % {"used": database.connections, "most": database.most_connections},
        ),
        Term(term=_("Khởi động lúc"), text=short_moment(database.started_at)),
        Term(term=_("Chủ sở hữu bảng nhật ký"), text=owner),
    ]


def journal_terms(state: State) -> list[Term]:
    """Return how far the journal is sealed, and when it was last verified."""
    terms = [Term(term=_("Bút tích chờ niêm phong"), text=str(state.sealed.waiting))]
    if state.sealed.sealed_at is not None:
        said = _("số %(number)s, lúc %(at)s") % {
            "number": state.sealed.number,
            "at": short_moment(state.sealed.sealed_at),
        }
        terms.append(Term(term=_("Niêm phong gần nhất"), text=said))
    return [*terms, Term(term=_("Kiểm tra gần nhất"), text=_verified(state))]


def _verified(state: State) -> str:
    last = state.verification
    if last is None:
        return _("chưa kiểm tra lần nào")
    said = {"at": short_moment(last.occurred_at), "faults": last.payload["faults"]}
    if last.payload["faults"]:
        return _("%(at)s: có %(faults)s sai lệch") % said
    return _("%(at)s: nguyên vẹn") % said


def backup_terms(state: State) -> list[Term]:
    """Return what is known of the newest copy and of the last restoring."""
    terms = []
    if state.backup is not None:
        made = state.backup.payload
        terms = [
            Term(term=_("Bản gần nhất"), text=made["archive"]),
            Term(term=_("Lập lúc"), text=short_moment(state.backup.occurred_at)),
            Term(
                term=_("Nội dung"),
                text=_("%(size)s, %(files)s tệp")
                % {"size": filesizeformat(made["size"]), "files": made["files"]},
            ),
            Term(term="SHA-256", text=made["sha256"]),
        ]
    if state.restoring is not None:
        said = _("%(at)s, từ %(archive)s") % {
            "at": short_moment(state.restoring.occurred_at),
            "archive": state.restoring.payload["archive"],
        }
        terms.append(Term(term=_("Khôi phục gần nhất"), text=said))
    return terms


def backup_is_fresh(state: State) -> bool:
    """Return whether there is a copy of the last day."""
    made = state.backup
    return made is not None and state.at - made.occurred_at <= NO_BACKUP
