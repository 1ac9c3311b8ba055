"""The public site (trang công khai): what Lan Tỏa is, and what may be followed."""
