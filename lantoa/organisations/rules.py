"""Who keeps the register of organisations; everybody may read it."""

from lantoa.kernel.rule import Rule

KEEP = Rule("organisations.keep", model="organisations.Body", via="")
