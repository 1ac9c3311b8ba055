"""Cut Be Vietnam Pro down to Latin and Vietnamese, for phones on a bad line.

Run ``python -m lantoa.ui.fonts``: it makes what is missing and does nothing otherwise.
The files are made from the package that ships the font, and are not kept in the repo.
"""

from contextlib import closing
from importlib.resources import files
from pathlib import Path

FONTS = Path(__file__).parent / "static" / "ui" / "fonts"
WEIGHTS = {400: "Regular", 600: "SemiBold"}
LETTERS = [
    *range(0x20, 0x7F),
    *range(0xA0, 0x100),
    *map(ord, "ĂăĐđĨĩŨũƠơƯư₫–—‘’“”…•‹›€→←✓−×"),
    *range(0x1EA0, 0x1EFA),
    *(0x300, 0x301, 0x303, 0x309, 0x323),  # marks, for decomposed text
]


def path_of(weight: int) -> Path:
    """Return where the font of that weight stands."""
    return FONTS / f"be-vietnam-pro-{weight}.woff2"


def make(weight: int) -> Path:
    """Make the font of that weight and return its path."""
    from fontTools import subset  # set-up only: the running site never needs it

    options = subset.Options(
        flavor="woff2",
        hinting=False,
        desubroutinize=True,
        layout_features=["kern", "mark", "mkmk", "ccmp", "locl", "tnum", "liga"],
        name_IDs=[0, 1, 2, 13, 14],  # the licence stays in the file
        notdef_outline=True,
    )
    source = files("fontpkg_be_vietnam_pro") / "files"
    name = f"BeVietnamPro-{WEIGHTS[weight]}.ttf"
    FONTS.mkdir(parents=True, exist_ok=True)
    target = path_of(weight)
    unfinished = target.with_suffix(".part")
    with closing(subset.load_font(str(source / name), options)) as font:
        cutter = subset.Subsetter(options)
        cutter.populate(unicodes=LETTERS)
        cutter.subset(font)
        subset.save_font(font, str(unfinished), options)
    unfinished.rename(target)
    return target


def main() -> None:
    """Make the fonts that are missing."""
    for weight in WEIGHTS:
        if not path_of(weight).exists():
            make(weight)


if __name__ == "__main__":
    main()
