from lantoa.documents.actions.corrections import correct_paper, withdraw_paper
from lantoa.documents.actions.numbers import next_number
from lantoa.documents.actions.papers import issue_notice, register_paper
from lantoa.documents.actions.reference import (
    load_document_types,
    load_founding_papers,
)
from lantoa.documents.vocabulary import Changes, ClauseText, Subject

__all__ = [
    "Changes",
    "ClauseText",
    "Subject",
    "correct_paper",
    "issue_notice",
    "load_document_types",
    "load_founding_papers",
    "next_number",
    "register_paper",
    "withdraw_paper",
]
