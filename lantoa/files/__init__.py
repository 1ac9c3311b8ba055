"""Stored evidence (tệp lưu trữ): kept by content, served only through rules."""
