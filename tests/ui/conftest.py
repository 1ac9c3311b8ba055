import pytest

from lantoa.ui import stylesheet

ARGS = [
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def catalogue_templates():
    """Give the text of every template that the catalogue is made of."""
    folder = stylesheet.STATIC.parents[1] / "templates" / "ui"
    paths = [*folder.glob("catalogue*.html"), *folder.glob("catalogue/*.html")]
    paths += [folder / "page.html", folder / "bare.html"]
    return "\n".join(path.read_text() for path in paths)


@pytest.fixture(scope="module")
def chromium(chromium_path):
    """Give a browser for the tests of one module."""
    playwright = pytest.importorskip("playwright.sync_api")
    with pytest.MonkeyPatch.context() as environment, playwright.sync_playwright() as p:
        environment.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        browser = p.chromium.launch(executable_path=chromium_path, args=ARGS)
        yield browser
        browser.close()
