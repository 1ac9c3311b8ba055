"""The journal: every fact once, read as audit trail, outbox and live signal."""
