"""The published description of the API, made whole: keys, errors, ways in."""

from copy import deepcopy
from importlib import import_module
from typing import Any

from django.conf import settings
from ninja import NinjaAPI

from lantoa.journal.middleware import MAX_KEY

PROBLEM = {
    "type": "object",
    "title": "Problem",
    "description": "Why it was not done, in words for the person.",
    "required": ["kind", "message"],
    "properties": {
        "kind": {"type": "string", "description": "The refusal's name; stable."},
        "message": {"type": "string"},
        "errors": {
            "type": "array",
            "description": "With 422: each field that is wrong.",
            "items": {"type": "object"},
        },
    },
}
ANSWERS = {
    "BadRequest": "Not readable, or a command without its Idempotency-Key",
    "Unknown": "No session, or a token that opens nothing",
    "NotPermitted": "The mandate in use may not do this",
    "NotFound": "Not there, or not within the mandate's reach",
    "Refused": "Not possible as things stand; the message says what to do",
    "WrongType": "The content is not of the type asked for",
    "Invalid": "Some field is wrong; `errors` names them",
    "TooMany": "Too many wrong tokens; wait as long as Retry-After says",
}
_CODES = {
    "400": "BadRequest",
    "401": "Unknown",
    "403": "NotPermitted",
    "404": "NotFound",
    "409": "Refused",
    "415": "WrongType",
    "422": "Invalid",
    "429": "TooMany",
}
_KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": True,
    "description": (
        "Chosen by the client, another one for each command. Sent again with the same "
        "content, the command is not carried out again: the first answer comes back."
    ),
    "schema": {
        "type": "string",
        "minLength": 1,
        "maxLength": MAX_KEY,
        "pattern": "^[!-~]{1,70}$",
    },
}
_WAYS = {
    "Token": {
        "type": "http",
        "scheme": "bearer",
        "description": "A token of one mandate, from /tai-khoan/ma-truy-cap/.",
    },
    "Session": {
        "type": "apiKey",
        "in": "cookie",
        "name": "sessionid",
        "description": "A person's session; commands carry X-CSRFToken, too.",
    },
}


def described(api: NinjaAPI, prefix: str = "/api/v1/") -> dict[str, Any]:
    """Return the description as OpenAPI 3.1, with what every operation may answer."""
    import_module(settings.ROOT_URLCONF)  # it is what mounts the routers
    told: dict[str, Any] = deepcopy(dict(api.get_openapi_schema(path_prefix=prefix)))
    components = told.setdefault("components", {})
    components["securitySchemes"] = _WAYS
    components["schemas"] = {
        "Problem": PROBLEM,
        **dict(sorted(components.get("schemas", {}).items())),
    }
    components["responses"] = {
        name: {
            "description": words,
            "content": {
                "application/json": {"schema": {"$ref": "#/components/schemas/Problem"}}
            },
        }
        for name, words in ANSWERS.items()
    }
    for operations in told["paths"].values():
        for method, operation in operations.items():
            _complete(method, operation)
    return told


def _complete(method: str, operation: dict[str, Any]) -> None:
    ways = operation.get("security")
    operation["security"] = _ways(ways)
    parameters: list[dict[str, Any]] = operation.setdefault("parameters", [])
    for each in parameters:
        if each["in"] == "path":
            each["schema"] = {"minimum": 1, "maximum": 2**63 - 1, **each["schema"]}
    command = method == "post"
    codes = {"400", "401", "403", "404", "429"}
    if parameters or "requestBody" in operation:
        codes.add("422")
    if command:
        codes |= {"409", "415"}
        parameters.append(deepcopy(_KEY))
    responses = {str(code): answer for code, answer in operation["responses"].items()}
    for code in sorted(codes):
        responses[code] = {"$ref": f"#/components/responses/{_CODES[code]}"}
    operation["responses"] = responses


def _ways(ways: list[dict[str, Any]] | None) -> list[dict[str, Any]]:
    """Return the ways in; what anybody may read is open without one, too."""
    if ways is None:
        return [{}, {"Token": []}, {"Session": []}]
    return [{"Session": []} if "Person" in way else way for way in ways]
