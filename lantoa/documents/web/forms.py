"""What is asked when papers are entered, corrected and looked for."""

import re
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lantoa.documents import queries
from lantoa.documents.clausing import read_clauses
from lantoa.documents.models import DocumentType, Paper
from lantoa.documents.vocabulary import ClauseText, Family
from lantoa.files.vocabulary import MAX_SIZE, FileTooLarge
from lantoa.kernel.actor import Actor
from lantoa.organisations.models import valid_on
from lantoa.ui.fields import day_field

_CLAUSES_HELP = _(
    "Mỗi mục bắt đầu một dòng bằng số hiệu, ví dụ “I. Nhiệm vụ”, “1. Xây dựng kế "
    "hoạch”, “a) …”; các dòng sau là nội dung. Bỏ trống nếu chưa có toàn văn."
)


def _text_field(label: Any, rows: int, **options: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, widget=widget, **options)


class FilterForm(forms.Form):
    """Look for papers in the register; the fields bear the query's names."""

    q = forms.CharField(label=_("Tìm văn bản"), required=False)
    loai = forms.ChoiceField(label=_("Loại văn bản"), required=False)
    co_quan = forms.CharField(
        label=_("Cơ quan ban hành"), required=False, max_length=200
    )
    nam = forms.ChoiceField(label=_("Năm"), required=False)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        every = [("", _("Tất cả"))]
        types = queries.types_in_use(actor)
        years = [(year, year) for year in queries.years_in_use(actor)]
        self.fields["loai"].choices = [*every, *types]  # type: ignore[attr-defined]
        self.fields["nam"].choices = [*every, *years]  # type: ignore[attr-defined]

    def asked(self) -> dict[str, Any]:
        """Return the arguments of the query; what isn't understood is left out."""
        self.is_valid()
        said = self.cleaned_data
        return {
            "text": said.get("q", ""),
            "type_code": said.get("loai", ""),
            "issuer": said.get("co_quan", ""),
            "year": int(said["nam"]) if said.get("nam") else None,
        }


class TypeField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A choice of type, told apart where two families use one name."""

    def label_from_instance(self, obj: DocumentType) -> str:
        """Return "Chỉ thị (CT)", and whose it is if it is the Party's."""
        label = f"{obj.name} ({obj.code})"
        if obj.family == Family.PARTY:
            label += f" – {Family.PARTY.label}"
        return label


class PaperForm(forms.Form):
    """Enter a paper; the fields bear the names of ``register_paper``'s arguments."""

    type = TypeField(
        DocumentType.objects.none(),
        label=_("Loại văn bản"),
        empty_label=_("Chọn loại văn bản"),
    )
    issuer = forms.CharField(
        label=_("Cơ quan ban hành"),
        max_length=200,
        help_text=_("Viết đúng tên trong danh mục tổ chức để liên kết được."),
    )
    code = forms.CharField(
        label=_("Số, ký hiệu"),
        max_length=60,
        required=False,
        help_text=_("Ví dụ: 1521/QĐ-TTg. Bỏ trống để lấy số tiếp theo của cơ quan."),
    )
    issued_on = day_field(label=_("Ngày ban hành"), required=False)
    summary = _text_field(_("Trích yếu"), rows=2)
    implements = forms.CharField(
        label=_("Thực hiện văn bản"),
        required=False,
        help_text=_("Số, ký hiệu của văn bản cấp trên; nhiều văn bản cách nhau dấu ;"),
    )
    clauses = _text_field(
        _("Các điều, khoản"), rows=10, required=False, help_text=_CLAUSES_HELP
    )
    file = forms.FileField(
        label=_("Tệp văn bản"),
        required=False,
        help_text=_("PDF hoặc DOCX, tối đa 50 MB."),
    )
    effective_from = day_field(label=_("Có hiệu lực từ"), required=False)
    place = forms.CharField(label=_("Nơi ban hành"), max_length=80, required=False)
    signed_as = _text_field(
        _("Thể thức ký"),
        rows=2,
        required=False,
        help_text=_("Ghi quyền hạn và chức vụ, không ghi họ tên."),
    )
    public = forms.BooleanField(
        label=_("Công khai cho mọi người đọc"), required=False, initial=True
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor = actor
        types = DocumentType.objects.filter(valid_on(timezone.localdate()))
        field = self.fields["type"]
        field.queryset = types.order_by("-family", "name")  # type: ignore[attr-defined]

    def clean_implements(self) -> list[Paper]:
        """Return the papers named by their codes."""
        codes = [c for c in re.split(r"[;\s]+", self.cleaned_data["implements"]) if c]
        found = {
            paper.code: paper
            for paper in queries.visible_to(self.actor).filter(code__in=codes)
        }
        missing = [code for code in codes if code not in found]
        if missing:
            text = _("Không có trong sổ văn bản: %(codes)s.")
            raise forms.ValidationError(text, params={"codes": ", ".join(missing)})
        return [found[code] for code in codes]

    def clean_clauses(self) -> list[ClauseText]:
        """Return the clauses that the text holds."""
        return _clauses(self.cleaned_data["clauses"], nested=True)

    def clean_file(self) -> Any:
        """Refuse beforehand what would be refused after reading it all."""
        file = self.cleaned_data["file"]
        if file and file.size > MAX_SIZE:
            raise forms.ValidationError(FileTooLarge.message)
        return file


class CorrectionForm(forms.Form):
    """Correct a paper; the fields bear the names of ``Changes``."""

    summary = _text_field(_("Trích yếu"), rows=2)
    issued_on = day_field(label=_("Ngày ban hành"), required=False)
    effective_from = day_field(label=_("Có hiệu lực từ"), required=False)
    effective_until = day_field(label=_("Hết hiệu lực từ"), required=False)
    clauses = _text_field(
        _("Các điều, khoản"),
        rows=14,
        required=False,
        help_text=_("Giữ số hiệu đầy đủ của từng mục, ví dụ “II.1. …”."),
    )
    reason = _text_field(
        _("Lý do sửa đổi"),
        rows=2,
        help_text=_("Lý do được lưu cùng phiên bản mới; phiên bản cũ được giữ nguyên."),
    )

    def clean_clauses(self) -> list[ClauseText]:
        """Return the clauses that the text holds."""
        return _clauses(self.cleaned_data["clauses"], nested=False)


def _clauses(text: str, *, nested: bool) -> list[ClauseText]:
    clauses = read_clauses(text, nested=nested)
    if text.strip() and not clauses:
        raise forms.ValidationError(
            _("Chưa nhận ra mục nào. Hãy bắt đầu mỗi mục bằng số hiệu, ví dụ “1. …”.")
        )
    return clauses
