"""The one ASGI callable: the front, before Django's pages and the live hub."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lantoa.config.settings")
pages = get_wsgi_application()

from lantoa.config.front.app import Front  # noqa: E402 - once Django is set up
from lantoa.config.front.bodies import Limits  # noqa: E402
from lantoa.config.front.shelf import StaticShelf  # noqa: E402
from lantoa.config.readiness import static_digest  # noqa: E402
from lantoa.config.reporting import WebReporter  # noqa: E402
from lantoa.live.asgi import App  # noqa: E402
from lantoa.live.hub.app import Hub  # noqa: E402

hub = Hub(build=static_digest())
application: App = Front(
    pages,
    hub=hub,
    reporter=WebReporter(lambda: hub.watchers),
    shelf=StaticShelf(),
    files=settings.FILES_ROOT,
    limits=Limits(folder=settings.FILE_UPLOAD_TEMP_DIR),
)
