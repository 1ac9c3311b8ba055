"""Every address of the product; each package keeps its own below its name."""

from django.urls import include, path

from lantoa.gateway.mounting import mount

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
    "ngon-ngu/": "lantoa.ui.web.language_urls",
    "api/v1/": "lantoa.gateway.web.urls",
    "tai-khoan/ma-truy-cap/": "lantoa.gateway.web.token_urls",
    "tai-khoan/cua-toi/": "lantoa.access.web.account_urls",
    "tai-khoan/": "allauth.urls",
}
# The API's addresses below /api/v1, in the order in which they are tried.
ROUTERS = [
    ("/conferences", "lantoa.conferences.api.preparing.router"),
    ("/conferences", "lantoa.conferences.api.venues.router"),
    ("/conferences", "lantoa.conferences.api.running.router"),
    ("/conferences", "lantoa.conferences.api.concluding.router"),
    ("/conferences", "lantoa.conferences.api.opening.router"),
    ("/tasks", "lantoa.plans.api.tasks.router"),
    ("/tasks", "lantoa.plans.api.parts.router"),
    ("/tasks", "lantoa.plans.api.working.router"),
    ("/papers", "lantoa.documents.api.router"),
    ("/organisations", "lantoa.organisations.api.reading.router"),
    ("/organisations", "lantoa.organisations.api.keeping.router"),
    ("/organisations", "lantoa.organisations.api.calendar.router"),
    ("/reorganisations", "lantoa.organisations.api.reorganising.router"),
    ("/notices", "lantoa.notices.api.personal"),
    ("/notices", "lantoa.notices.api.router"),
    ("/journal", "lantoa.desk.api.router"),
    ("/files", "lantoa.files.api.router"),
    ("/administration", "lantoa.access.api.administration"),
    ("", "lantoa.access.api.router"),
]


mount(ROUTERS)
urlpatterns = [
    path("", include("lantoa.gateway.web.health_urls")),
    *(path(prefix, include(module)) for prefix, module in ADDRESSES.items()),
]
handler400 = "lantoa.ui.web.views.bad_request"
handler403 = "lantoa.ui.web.views.forbidden"
handler404 = "lantoa.ui.web.views.not_found"
handler500 = "lantoa.ui.web.views.server_error"
