"""The words of organisations: levels, kinds, lines of work, and refusals."""

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from lantoa.kernel.refusal import Refused

TWO_LEVELS_FROM = date(2025, 7, 1)  # Luật 72/2025/QH15: no districts any more
LAST_THREE_LEVEL_DAY = date(2025, 6, 30)  # the tree that our data holds


class Level(models.TextChoices):
    """The level of an administrative unit (cấp hành chính)."""

    PROVINCE = "province", _("cấp tỉnh")
    DISTRICT = "district", _("cấp huyện")
    COMMUNE = "commune", _("cấp xã")


class UnitKind(models.TextChoices):
    """The kind of an administrative unit (loại đơn vị hành chính)."""

    PROVINCE = "province", _("tỉnh")
    CITY = "city", _("thành phố")
    DISTRICT = "district", _("huyện")
    TOWN = "town", _("thị xã")
    URBAN_DISTRICT = "urban_district", _("quận")
    COMMUNE = "commune", _("xã")
    WARD = "ward", _("phường")
    TOWNSHIP = "township", _("thị trấn")
    SPECIAL_ZONE = "special_zone", _("đặc khu")


class Extent(models.TextChoices):
    """How much of the old became the new (toàn bộ hay một phần)."""

    WHOLE = "whole", _("toàn bộ")
    PART = "part", _("một phần")


class BodyKind(models.TextChoices):
    """The kind of a body (loại cơ quan, tổ chức)."""

    PARTY_ORGAN = "party_organ", _("cơ quan của Đảng")
    NATIONAL_ASSEMBLY = "national_assembly", _("Quốc hội và cơ quan của Quốc hội")
    GOVERNMENT = "government", _("Chính phủ, Thủ tướng Chính phủ")
    MINISTRY = "ministry", _("bộ")
    MINISTERIAL_AGENCY = "ministerial_agency", _("cơ quan ngang bộ")
    GOVERNMENT_AGENCY = "government_agency", _("cơ quan thuộc Chính phủ")
    COURT = "court", _("tòa án nhân dân")
    PROCURACY = "procuracy", _("viện kiểm sát nhân dân")
    PEOPLES_COUNCIL = "peoples_council", _("hội đồng nhân dân")
    PEOPLES_COMMITTEE = "peoples_committee", _("ủy ban nhân dân")
    DEPARTMENT = "department", _("sở")
    OFFICE = "office", _("phòng chuyên môn cấp huyện")
    FRONT_COMMITTEE = "front_committee", _("ủy ban Mặt trận Tổ quốc")
    ASSOCIATION = "association", _("đoàn thể, hội")
    COUNCIL = "council", _("hội đồng phối hợp PBGDPL")
    SUBUNIT = "subunit", _("đơn vị thuộc cơ quan, tổ chức")


class Line(models.TextChoices):
    """A line of work along which a body has one superior (ngành dọc)."""

    JUSTICE = "justice", _("công tác tư pháp")
    TERRITORIAL = "territorial", _("hành chính")
    COUNCIL = "council", _("hội đồng phối hợp PBGDPL")


class CouncilLevel(models.TextChoices):
    """The level of a council."""

    CENTRAL = "central", _("Trung ương")
    MINISTRY = "ministry", _("bộ, ngành")
    PROVINCE = "province", _("cấp tỉnh")
    DISTRICT = "district", _("cấp huyện")


class SeatRole(models.TextChoices):
    """A seat on a council; persons are not recorded, only offices."""

    CHAIR = "chair", _("Chủ tịch")
    STANDING_VICE_CHAIR = "standing_vice_chair", _("Phó Chủ tịch Thường trực")
    VICE_CHAIR = "vice_chair", _("Phó Chủ tịch")
    MEMBER = "member", _("Ủy viên")
    INVITED = "invited", _("Thành viên được mời")
    SECRETARY = "secretary", _("Thư ký")


class DayKind(models.TextChoices):
    """What a day of the calendar is for state offices (loại ngày)."""

    WORKING = "working", _("ngày làm việc")
    WEEKEND = "weekend", _("nghỉ hằng tuần")
    HOLIDAY = "holiday", _("nghỉ lễ, tết, nghỉ bù")
    MADE_UP = "made_up", _("làm bù vào ngày nghỉ")


class BodyRule(models.TextChoices):
    """A rule that names many bodies in one step."""

    PROVINCES = "provinces", _("Tất cả tỉnh, thành phố")
    MINISTRIES = "ministries", _("Tất cả bộ, cơ quan ngang bộ")


class ChangeKind(models.TextChoices):
    """How a reorganisation changes a body (hình thức sắp xếp)."""

    MERGER = "merger", _("hợp nhất, sáp nhập")
    SPLIT = "split", _("chia, tách")
    RENAMING = "renaming", _("đổi tên")
    MOVE = "move", _("chuyển cơ quan cấp trên")


class ReorganisationState(models.TextChoices):
    """How far a reorganisation has come."""

    DRAFT = "draft", _("dự thảo")
    APPLIED = "applied", _("đã áp dụng")
    TAKEN_BACK = "taken_back", _("đã hoàn tác")


class DatesOverlap(Refused):
    """Two facts of one kind would hold for the same body at the same time."""

    message = _(
        "Khoảng thời gian này trùng với một ghi nhận đã có. "
        "Hãy kết thúc ghi nhận cũ trước."
    )


class AlreadyEnded(Refused):
    """The body, line or seat has an end already."""

    message = _("Ghi nhận này đã kết thúc.")


class EndsBeforeItBegins(Refused):
    """The end does not come after the beginning."""

    message = _("Ngày kết thúc phải sau ngày bắt đầu.")


class ReportsInACircle(Refused):
    """A body would stand below itself."""

    message = _("Cơ quan cấp trên được chọn lại nằm dưới cơ quan này.")


class NotInBeing(Refused):
    """The body does not exist on that date."""

    message = _("Cơ quan không tồn tại vào ngày này.")


class BasisMissing(Refused):
    """An exception of the calendar needs a name and a legal basis."""

    message = _("Hãy ghi tên gọi của ngày và căn cứ (số, ký hiệu văn bản).")


class DayKeptAlready(Refused):
    """The day has an exception already."""

    message = _("Ngày này đã được ghi riêng. Hãy bỏ ghi nhận cũ trước khi ghi mới.")


class AppliedAlready(Refused):
    """What is applied is taken back first."""

    message = _("Đợt sắp xếp đã áp dụng. Hãy hoàn tác trước khi sửa.")


class NotApplied(Refused):
    """There is nothing to take back."""

    message = _("Đợt sắp xếp chưa áp dụng, hoặc đã được hoàn tác.")


class NothingToApply(Refused):
    """The reorganisation says no change."""

    message = _("Đợt sắp xếp chưa có thay đổi nào. Hãy thêm thay đổi trước.")


class ChangeSaidAlready(Refused):
    """The change, or another main taker of the same body, is there."""

    message = _(
        "Thay đổi này đã có trong đợt sắp xếp, hoặc cơ quan đã có nơi tiếp nhận chính. "
        "Hãy bỏ thay đổi cũ trước."
    )


class CannotApply(Refused):
    """A change does not fit what the register says on the day."""
