"""A digest as an e-mail: plain text and small HTML, in the person's language."""

from collections.abc import Sequence
from itertools import groupby

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import ngettext

from lantoa.notices.kinds import all_kinds
from lantoa.notices.models import Digest, Notice, Preference


def compose(
    digest: Digest, preference: Preference
) -> tuple[EmailMultiAlternatives, int]:
    """Return the e-mail, and how many notices it tells.

    Its Message-ID is that of the digest, so that mail servers and readers see a second
    copy as the same.
    """
    notices = list(digest.notices.select_related("mandate__body"))
    with translation.override(preference.language):
        count = len(notices)
        context = {
            "count": count,
            "groups": _by_kind(notices),
            "site": settings.SITE_URL,
            "list": settings.SITE_URL + reverse("notices:index"),
            "choices": settings.SITE_URL + reverse("notices:preferences"),
            "language": preference.language,
        }
        subject = ngettext(
            "Lan Tỏa: %(count)s thông báo mới",
            "Lan Tỏa: %(count)s thông báo mới",
            count,
        )
        mail = EmailMultiAlternatives(
            subject=subject % {"count": count},
            body=render_to_string("notices/digest.txt", context).strip() + "\n",
            to=[digest.person.email],
            headers={
                "Message-ID": f"<lantoa-digest-{digest.pk}@{_host()}>",
                "Auto-Submitted": "auto-generated",
                "List-Unsubscribe": f"<{context['choices']}>",
            },
        )
        html = render_to_string("notices/digest.html", context)
        mail.attach_alternative(html, "text/html")
    return mail, count


def _by_kind(notices: Sequence[Notice]) -> list[tuple[str | Promise, list[Notice]]]:
    """Return the notices under the label of their kind, in the order of the kinds."""
    order = {kind.name: place for place, kind in enumerate(all_kinds())}
    rows = sorted(
        notices, key=lambda n: (order.get(n.kind, len(order)), n.kind, n.created_at)
    )
    return [
        (group[0].of_kind.label, group)
        for group in (list(each) for _kind, each in groupby(rows, lambda n: n.kind))
    ]


def _host() -> str:
    return settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip(">") or "lantoa"
