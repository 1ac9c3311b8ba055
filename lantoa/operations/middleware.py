"""Each request gets its id, its line in the log, and is counted."""

import logging
import time
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.functional import empty

from lantoa.kernel.trace import Trace, request_id_from, tracing
from lantoa.operations.figures import COUNTS

log = logging.getLogger("lantoa.requests")
HEADER = "X-Request-Id"
CAME = "lantoa.came"  # in the environ: when the request was complete
QUIET = {"health:health", "health:ready", "health:metrics"}  # asked all day long
WRONG, BROKEN = 400, 500


class RequestMiddleware:
    """Outermost: what it says of a request is what the client got."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        came = request.META.get(CAME) or time.perf_counter()
        trace = Trace(request_id=request_id_from(request.headers.get(HEADER)))
        with tracing(trace):
            response = self.get_response(request)
            response.headers[HEADER] = trace.request_id
            self._tell(request, response, trace, time.perf_counter() - came)
        return response

    def _tell(
        self, request: HttpRequest, response: HttpResponse, trace: Trace, seconds: float
    ) -> None:
        trace.mandate_id = mandate_of(request)
        found = request.resolver_match
        route = (found.view_name or found.route) if found else "-"
        method = request.method or "-"
        COUNTS.request(route, method, response.status_code, seconds)
        if trace.command_key:
            COUNTS.command(outcome(response.status_code, trace))
        log.log(
            logging.DEBUG if route in QUIET else logging.INFO,
            "%s %s %s %.1f ms",
            method,
            route,
            response.status_code,
            1000 * seconds,
            extra={
                "method": method,
                "route": route,
                "status": response.status_code,
                "milliseconds": round(1000 * seconds, 1),
            },
        )


def mandate_of(request: HttpRequest) -> int | None:
    """Return the mandate the request acted under, if anybody had asked for it."""
    actor = getattr(request, "actor", None)
    if actor is None or getattr(actor, "_wrapped", actor) is empty:
        return None  # nobody needed to know: it is not looked up for a line of the log
    found: int | None = actor.mandate_id
    return found


def outcome(status: int, trace: Trace) -> str:
    """Return what became of a command, in one word."""
    if status >= BROKEN:
        return "failed"
    if status >= WRONG:
        return "refused"
    return "repeated" if trace.repeated else "done"
