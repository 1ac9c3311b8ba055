"""The facts that every installation starts with, and where they come from (README)."""
