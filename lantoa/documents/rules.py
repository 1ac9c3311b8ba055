"""Who keeps and who reads papers."""

from lantoa.kernel.rule import Rule

REGISTER = Rule("documents.register", model="documents.Paper", via="keeper")
READ = Rule("documents.read", model="documents.Paper", via="keeper")
READ_AS_RECIPIENT = Rule("documents.read", model="documents.Recipient", via="body")
