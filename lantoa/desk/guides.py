"""Which page of the user guide somebody wants first."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lantoa.kernel.actor import Actor

COMMUNE = ("xa", _("Hướng dẫn cho công chức cấp xã"))
# Of a capability, the page and its title; those first who have most to learn.
GUIDES = {
    "conferences.chair": ("chu-tri", _("Hướng dẫn cho chủ trì")),
    "conferences.prepare": ("thu-ky", _("Hướng dẫn cho ban thư ký")),
    "conferences.speak": ("diem-cau", _("Hướng dẫn cho điểm cầu")),
    "access.grant": ("quan-tri", _("Hướng dẫn cho quản trị viên")),
    "tasks.receive": ("tinh", _("Hướng dẫn cho cấp tỉnh, bộ, ngành")),
}


def guide_for(actor: Actor, *, in_commune: bool) -> tuple[str, str | Promise] | None:
    """Return the page for *actor*'s role and its title, None if there is none."""
    if in_commune:
        return COMMUNE
    return next((guide for held, guide in GUIDES.items() if actor.may(held)), None)
