"""Who dispatches, receives and reads tasks."""

from lantoa.kernel.rule import Rule

DISPATCH = Rule("tasks.dispatch", model="plans.Task", via="dispatcher")
RECEIVE = Rule("tasks.receive", model="plans.TaskParty", via="body")
READ_DISPATCHED = Rule("tasks.read", model="plans.Task", via="dispatcher")
READ_OWN = Rule("tasks.read", model="plans.TaskParty", via="body")
