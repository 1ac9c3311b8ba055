"""What happens to official papers."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from lantoa.journal.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentTypesLoaded(Event):
    """The types of paper were loaded."""

    name = "documents.types_loaded"
    sentence = _("Nạp danh mục loại văn bản.")
    codes: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperRegistered(Event):
    """An official paper stands in the register, with its clauses."""

    name = "documents.paper_registered"
    sentence = _("Vào sổ văn bản {paper}.")
    paper_id: int
    body_id: int | None  # the issuer, where it is one of ours
    code: str
    clause_ids: list[int]
    directives: list[int]  # the papers it carries out

    def subjects(self) -> list[str]:
        """Return the paper, its issuer and clauses, and the papers it carries out."""
        directives = [f"paper:{each}" for each in self.directives]
        return [*Event.subjects(self), *directives]


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperCorrected(Event):
    """A paper got its next version; reason and difference stand there."""

    name = "documents.paper_corrected"
    sentence = _("Đính chính văn bản {paper}, thành phiên bản {version}.")
    paper_id: int
    version: int
    clause_ids: list[int]  # those that changed


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperWithdrawn(Event):
    """What the paper said stands no more."""

    name = "documents.paper_withdrawn"
    sentence = _("Thu hồi văn bản {paper}.")
    paper_id: int
    version: int
