"""Take the pictures of the user guide from a running program with a fresh demo.

Say its address, DATA/demo-password, and the beginnings of names if not all are wanted;
those that begin with "live" are taken while `make demo-live` runs.
"""

import base64
import os
import sys
import tomllib
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

GUIDE = Path(__file__).resolve().parents[1] / "docs" / "guide"
PICTURES: dict[str, Any] = tomllib.loads((GUIDE / "pictures.toml").read_text())
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")  # with chromium-l10n
ARGS = ["--disable-quic", "--no-first-run", "--disable-component-update", "--lang=vi"]
MOST = 120 * 1024  # bytes
DAYS = {f"in_{n}_days": f"{date.today() + timedelta(n)}" for n in (9, 25, 40)}  # noqa: DTZ011
DESK: dict[str, Any] = {"viewport": {"width": 1280, "height": 860}}
PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True}
TO_WEBP = """async ([data, quality]) => {
  const image = new Image(); image.src = 'data:image/png;base64,' + data;
  await image.decode();
  const canvas = new OffscreenCanvas(image.width, image.height);
  canvas.getContext('2d', {alpha: false}).drawImage(image, 0, 0);
  const blob = await canvas.convertToBlob({type: 'image/webp', quality});
  return [...new Uint8Array(await blob.arrayBuffer())];
}"""


def sign_in(browser: Browser, base: str, word: str, asked: dict[str, Any]) -> Page:
    """Return a light window, signed in as a picture asks."""
    window = PHONE | {"device_scale_factor": 2} if asked.get("phone") else DESK
    page = browser.new_page(base_url=base, color_scheme="light", **window)
    if account := asked["account"]:
        page.goto("/tai-khoan/login/")
        page.fill("[name=login]", f"{account}@lantoa.test")
        page.fill("[name=password]", word)
        page.press("[name=password]", "Enter")
        page.wait_for_url(lambda url: "/login" not in url)
    return page


def go(page: Page, step: str) -> None:
    """Take a step of a way."""
    field, fills, words = step.partition(" := ")
    if step.startswith("/"):
        page.goto(step)
    elif fills:
        page.locator(field).first.fill(words.format(**DAYS))
    else:
        page.locator(step).locator("visible=true").first.click()
        page.wait_for_timeout(1500)  # a form swaps its page


def picture(page: Page, asked: dict[str, Any]) -> bytes:
    """Go the way and return what the window shows, as PNG."""
    for step in asked["way"]:
        go(page, step)
    page.locator(asked.get("until", "main")).first.wait_for(timeout=150_000)
    page.wait_for_timeout(1500)  # what is fetched after the page
    page.evaluate("document.activeElement.blur()")
    top = page.locator(asked.get("top", "body")).first
    top.evaluate("e => e.scrollIntoView({block: 'start', behavior: 'instant'})")
    return page.screenshot(animations="disabled", caret="hide")


def webp(page: Page, png: bytes) -> bytes:
    """Return a picture as lossy WebP, as good as the size allows."""
    for quality in (0.86, 0.78, 0.7, 0.6, 0.5, 0.4, 0.3):
        said = page.evaluate(TO_WEBP, [base64.b64encode(png).decode(), quality])
        if len(said) <= MOST:
            return bytes(said)
    raise SystemExit("a picture is too large")


def main(base: str, password: str, *names: str) -> None:
    """Take every picture whose name begins with one of *names*."""
    word = Path(password).read_text().strip()
    with sync_playwright() as p:
        env = {"LANGUAGE": "vi", "LANG": "vi_VN.UTF-8"}  # how days are written
        browser = p.chromium.launch(executable_path=CHROMIUM, args=ARGS, env=env)
        pages: dict[Any, Page] = {}
        for name, asked in PICTURES.items():
            if not name.startswith(names or ""):
                continue
            key = (asked["account"], asked.get("phone", False))
            pages[key] = pages.get(key) or sign_in(browser, base, word, asked)
            png = picture(pages[key], asked)
            (GUIDE / "images" / f"{name}.webp").write_bytes(webp(pages[key], png))
            print(name)


if __name__ == "__main__":
    main(*sys.argv[1:])
