"""Who dispatches, receives, judges and reads tasks."""

from lantoa.kernel.rule import Rule

DISPATCH = Rule("tasks.dispatch", model="plans.Task", via="dispatcher")
RECEIVE = Rule("tasks.receive", model="plans.TaskParty", via="body")
CARRY_OUT = Rule("tasks.receive", model="plans.Obligation", via="party__body")
ACCEPT = Rule("tasks.accept", model="plans.Obligation", via="task__acceptor")
READ_DISPATCHED = Rule("tasks.read", model="plans.Task", via="dispatcher")
READ_DESCENDED = Rule("tasks.read", model="plans.Task", via="origin__dispatcher")
READ_OWN = Rule("tasks.read", model="plans.TaskParty", via="body")
