"""Mandates (chức danh được giao, có thời hạn) and how far they reach."""
