"""What each role may do, and how far: the one table of capabilities.

Capabilities are named by the packages above; the matrix in tests/access holds this
table against every address there is.
"""

from lantoa.access.vocabulary import Role, Way

OWN = frozenset({Way.OWN})
READ = frozenset(Way)
EVERYWHERE: frozenset[Way] | None = None

ROLES: dict[Role, dict[str, frozenset[Way] | None]] = {
    Role.ADMINISTRATOR: {
        "access.grant": EVERYWHERE,
        "identity.keep": EVERYWHERE,
        "organisations.keep": EVERYWHERE,
        "journal.read": EVERYWHERE,
        "files.read": EVERYWHERE,
        "operations.read": EVERYWHERE,
        "operations.keep": EVERYWHERE,
    },
    Role.CHAIR: {
        "conferences.chair": OWN,
        "conferences.read": READ,
        "documents.register": OWN,
        "documents.read": READ,
        "tasks.dispatch": OWN,
        "tasks.accept": OWN,
        "tasks.read": READ,
        "journal.read": READ,
        "files.read": READ,
    },
    Role.SECRETARIAT: {
        "conferences.prepare": OWN,
        "conferences.read": READ,
        "documents.register": OWN,
        "documents.read": READ,
        "tasks.dispatch": OWN,
        "tasks.accept": OWN,
        "tasks.read": READ,
        "journal.read": READ,
        "files.store": OWN,
        "files.read": READ,
    },
    Role.REPRESENTATIVE: {
        "conferences.speak": OWN,
        "conferences.attend": OWN,
        "tasks.receive": OWN,
        "tasks.read": READ,
        "documents.read": READ,
        "files.store": OWN,
        "files.read": READ,
    },
    Role.DELEGATE: {
        "conferences.attend": OWN,
        "documents.read": READ,
        "files.read": READ,
    },
    Role.OFFICER: {
        "tasks.receive": OWN,
        "tasks.dispatch": OWN,
        "tasks.accept": OWN,
        "tasks.read": READ,
        "documents.register": OWN,
        "documents.read": READ,
        "conferences.attend": OWN,
        "files.store": OWN,
        "files.read": READ,
    },
    Role.AUDITOR: {
        "journal.read": READ,
        "conferences.read": READ,
        "tasks.read": READ,
        "documents.read": READ,
        "files.read": READ,
    },
}
