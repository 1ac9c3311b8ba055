"""The top storey: settings, addresses, the ASGI callable and the supervisor."""
