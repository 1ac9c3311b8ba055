"""The SQL twins of ``kernel.text``, for generated columns and searches."""

from django.db.models import Func, TextField


class Fold(Func):
    """``lantoa_fold``: lower case, no diacritics, single spaces."""

    function = "lantoa_fold"
    arity = 1
    output_field = TextField()


class VietnameseKey(Func):
    """``lantoa_key``: a key in Vietnamese dictionary order."""

    function = "lantoa_key"
    arity = 1
    output_field = TextField()
