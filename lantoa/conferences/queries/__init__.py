"""Reads of conferences."""

from lantoa.conferences.queries import agenda, conclusions, conferences, floor, venues

__all__ = ["agenda", "conclusions", "conferences", "floor", "venues"]
