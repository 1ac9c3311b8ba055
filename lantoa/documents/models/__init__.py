from lantoa.documents.models.clauses import Clause, SubjectMatter
from lantoa.documents.models.papers import (
    Implementation,
    Paper,
    PaperVersion,
    Recipient,
)
from lantoa.documents.models.types import DocumentType, NumberSequence

__all__ = [
    "Clause",
    "DocumentType",
    "Implementation",
    "NumberSequence",
    "Paper",
    "PaperVersion",
    "Recipient",
    "SubjectMatter",
]
