"""What everybody stands on: actor, rule, refusals, time, Vietnamese text."""
