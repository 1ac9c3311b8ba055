"""Who may do what at a conference."""

from django.db.models import Model

from lantoa.kernel.actor import Actor
from lantoa.kernel.refusal import NotPermitted
from lantoa.kernel.rule import Rule

CHAIR = Rule("conferences.chair", model="conferences.Conference", via="host")
PREPARE = Rule("conferences.prepare", model="conferences.Conference", via="host")
READ = Rule("conferences.read", model="conferences.Conference", via="host")
SPEAK = Rule("conferences.speak", model="conferences.Venue", via="body")
ATTEND = Rule("conferences.attend", model="conferences.Venue", via="body")
SIT_IN = Rule("conferences.attend", model="conferences.Delegation", via="body")


def require_any(actor: Actor, obj: Model, *rules: Rule) -> None:
    """Raise NotPermitted unless one of *rules* allows *obj*."""
    if not any(rule.allows(actor, obj) for rule in rules):
        raise NotPermitted
