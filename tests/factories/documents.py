"""Rows of the register of papers."""

from datetime import date

import factory
from factory.django import DjangoModelFactory

from lantoa.documents.models import Clause, DocumentType, Paper
from tests.factories import NINE, BodyFactory


class DocumentTypeFactory(DjangoModelFactory):
    """The notice (Thông báo), or another type."""

    class Meta:
        model = DocumentType
        django_get_or_create = ("family", "code")

    family = "state"
    code = "TB"
    name = "Thông báo"
    symbol_pattern = "{number}/TB-{symbol}"


class PaperFactory(DjangoModelFactory):
    """A public paper kept by its issuer, without a version."""

    class Meta:
        model = Paper

    type = factory.SubFactory(DocumentTypeFactory)
    number = factory.Sequence(lambda n: f"{n + 1:02}")
    code = factory.LazyAttribute(lambda o: o.type.code_of(o.number, "HĐPH"))
    issuer = factory.SubFactory(BodyFactory)
    keeper = factory.SelfAttribute("issuer")
    issued_on = date(2020, 12, 20)
    summary = "Kết luận hội nghị trực tuyến toàn quốc"
    registered_at = NINE


class ClauseFactory(DjangoModelFactory):
    """A clause of a paper."""

    class Meta:
        model = Clause

    paper = factory.SubFactory(PaperFactory)
    position = factory.Sequence(lambda n: n + 1)
    label = factory.LazyAttribute(lambda o: str(o.position))
    heading = "Xây dựng kế hoạch"
    text = "Xây dựng kế hoạch, lộ trình thực hiện."
