"""The fragments of a conference's live screens, one file for each noun."""

from lantoa.conferences.screens import agenda, conclusions, desk, floor, roll, venues

__all__ = ["agenda", "conclusions", "desk", "floor", "roll", "venues"]
