"""Every address of the product; each package keeps its own below its name."""

from django.urls import include, path

ADDRESSES = {
    "": "lantoa.portal.web.urls",
    "hoi-nghi/": "lantoa.conferences.web.urls",
    "theo-doi/": "lantoa.conferences.web.watch_urls",
    "nhiem-vu/": "lantoa.plans.web.urls",
    "van-ban/": "lantoa.documents.web.urls",
    "to-chuc/": "lantoa.organisations.web.urls",
    "thong-bao/": "lantoa.notices.web.urls",
    "ban-lam-viec/": "lantoa.desk.web.urls",
    "nhat-ky/": "lantoa.desk.web.journal_urls",
    "quan-tri/van-hanh/": "lantoa.operations.web.urls",
    "quan-tri/": "lantoa.access.web.urls",
    "khoi-tao/": "lantoa.access.web.first_run_urls",
    "tep/": "lantoa.files.web.urls",
    "ui/": "lantoa.ui.web.urls",
    "api/v1/": "lantoa.gateway.web.urls",
    "tai-khoan/cua-toi/": "lantoa.access.web.account_urls",
    "tai-khoan/": "allauth.urls",
}


urlpatterns = [
    path("", include("lantoa.gateway.web.health_urls")),
    *(path(prefix, include(module)) for prefix, module in ADDRESSES.items()),
]
handler400 = "lantoa.ui.web.views.bad_request"
handler403 = "lantoa.ui.web.views.forbidden"
handler404 = "lantoa.ui.web.views.not_found"
handler500 = "lantoa.ui.web.views.server_error"
