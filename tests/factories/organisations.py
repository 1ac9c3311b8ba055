"""Units and bodies as tests need them: few, named, without dates unless asked for."""

import factory
from factory.django import DjangoModelFactory

from lantoa.organisations.models import (
    Council,
    CouncilSeat,
    ReportsTo,
    Succession,
    Unit,
    UnitName,
)
from lantoa.organisations.vocabulary import (
    TWO_LEVELS_FROM,
    BodyKind,
    CouncilLevel,
    Extent,
    Level,
    Line,
    SeatRole,
    UnitKind,
)
from tests.factories import BodyFactory


class ProvinceFactory(DjangoModelFactory):
    """A province named "Tỉnh <name>"."""

    class Meta:
        model = Unit
        skip_postgeneration_save = True

    level = Level.PROVINCE
    code = factory.Sequence(lambda n: f"{n:05}")

    @factory.post_generation
    def name(self, create, extracted, **kwargs):
        name = extracted or f"Mẫu {self.code}"
        UnitName.objects.create(
            unit=self, kind=UnitKind.PROVINCE, name=name, full_name=f"Tỉnh {name}"
        )


class DistrictFactory(ProvinceFactory):
    """A district named "Huyện <name>" in a province of its own."""

    level = Level.DISTRICT
    parent = factory.SubFactory(ProvinceFactory)

    @factory.post_generation
    def name(self, create, extracted, **kwargs):
        name = extracted or f"Mẫu {self.code}"
        UnitName.objects.create(
            unit=self, kind=UnitKind.DISTRICT, name=name, full_name=f"Huyện {name}"
        )


class SuccessionFactory(DjangoModelFactory):
    class Meta:
        model = Succession

    old = factory.SubFactory(ProvinceFactory)
    new = factory.SubFactory(ProvinceFactory)
    extent = Extent.WHOLE
    effective_on = TWO_LEVELS_FROM


class ReportsToFactory(DjangoModelFactory):
    class Meta:
        model = ReportsTo

    body = factory.SubFactory(BodyFactory)
    superior = factory.SubFactory(BodyFactory)
    line = Line.JUSTICE


class CouncilFactory(DjangoModelFactory):
    class Meta:
        model = Council

    body = factory.SubFactory(BodyFactory, kind=BodyKind.COUNCIL)
    level = CouncilLevel.CENTRAL


class CouncilSeatFactory(DjangoModelFactory):
    class Meta:
        model = CouncilSeat

    council = factory.SubFactory(CouncilFactory)
    body = factory.SubFactory(BodyFactory)
    role = SeatRole.MEMBER
    office = "Phó Giám đốc"
