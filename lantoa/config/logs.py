"""How the log is written: lines for people, or JSON for machines that gather them."""

import json
import logging
import re
from datetime import UTC, datetime
from typing import Any

from lantoa.kernel.trace import current

EXTRAS = ("method", "route", "status", "milliseconds")
UNSAFE = re.compile(r"[^A-Za-z0-9._:#-]")
SHORT = {
    "request_id": "yc",
    "command_key": "lenh",
    "mandate_id": "chucdanh",
    "entry_id": "buttich",
}


class AddTrace(logging.Filter):
    """Lets every line say what was being worked on when it was written."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Add what is known; no line is held back."""
        if not hasattr(record, "known"):
            record.known = current().known()
        return True


class Lines(logging.Formatter):
    """A line for people: the moment, how bad, who says what, and its ids."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line; what went wrong follows below it."""
        known: dict[str, Any] = getattr(record, "known", {})
        # Some of it was chosen by a stranger, who must not write lines of the log.
        pairs = ((SHORT.get(k, k), UNSAFE.sub("?", str(v))) for k, v in known.items())
        ids = "".join(f" {name}={value}" for name, value in pairs)
        record.ids = f" [{ids[1:]}]" if ids else ""
        return super().format(record)


class Json(logging.Formatter):
    """One JSON object on each line."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the object; what went wrong is its "error"."""
        moment = datetime.fromtimestamp(record.created, UTC)
        said: dict[str, Any] = {
            "at": moment.isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "process": record.process,
            "message": record.getMessage(),
            **getattr(record, "known", {}),
        }
        said |= {n: getattr(record, n) for n in EXTRAS if hasattr(record, n)}
        if record.exc_info:
            said["error"] = self.formatException(record.exc_info)
        return json.dumps(said, ensure_ascii=False, default=str)


def logging_by(*, level: str, style: str) -> dict[str, Any]:
    """Return Django's LOGGING: *style* "json" or else lines; ours from *level* up."""
    formatter = "json" if style == "json" else "line"
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"trace": {"()": "lantoa.config.logs.AddTrace"}},
        "formatters": {
            "line": {
                "()": "lantoa.config.logs.Lines",
                "format": "{asctime} {levelname} {name}: {message}{ids}",
                "style": "{",
            },
            "json": {"()": "lantoa.config.logs.Json"},
        },
        "handlers": {
            "console": {
                "class": "logging.StreamHandler",
                "formatter": formatter,
                "filters": ["trace"],
            }
        },
        "root": {"handlers": ["console"], "level": max_level(level, "WARNING")},
        "loggers": {
            "lantoa": {"level": level},
            # Each request has its line already; what broke keeps its traceback.
            "django.request": {"level": "ERROR"},
        },
    }


def max_level(*names: str) -> str:
    """Return the most severe of some levels, by name."""
    known = logging.getLevelNamesMapping()
    return max(names, key=lambda name: known[name])
