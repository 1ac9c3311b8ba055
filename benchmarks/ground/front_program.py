"""The web process with one more address: a long file, sent by the front."""

import os
import sys
from pathlib import Path

import django
from django.http import HttpRequest, HttpResponse
from django.urls import path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lantoa.config.settings")


def film(request: HttpRequest) -> HttpResponse:
    """Have the front send a long file."""
    return HttpResponse(headers={"X-Sendfile": film_path()})


def film_path() -> Path:
    """Return where the benchmark puts the file."""
    return Path(os.environ["DATA"]) / "files" / "film"


if __name__ == "__main__":
    django.setup()
    from lantoa.config import urls
    from lantoa.config.serve import serve

    urls.urlpatterns.append(path("film", film))
    serve(int(sys.argv[1]))
