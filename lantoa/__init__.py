"""Lan Tỏa: the working system of Viet Nam's councils for legal dissemination."""
