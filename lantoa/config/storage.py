"""Static files under names that carry their digest, modules among them."""

from whitenoise.storage import CompressedManifestStaticFilesStorage

# Our own modules import each other as "./name.js"; what packages bring along does
# otherwise, and is left as it is.
IMPORT = r"""(?x)(?P<matched>
    (?P<before> \bfrom\s* | \bimport\s*\(?\s* )  ["'] (?P<url> \./[^"']+ ) ["']
)"""


class StaticStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Renames what scripts import, too: no page mixes the modules of two versions."""

    patterns = (
        *CompressedManifestStaticFilesStorage.patterns,
        ("*.js", ((IMPORT, '%(before)s"%(url)s"'),)),
    )
