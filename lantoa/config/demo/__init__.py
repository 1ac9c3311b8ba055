"""The demo: the conference of 15 December 2020, entered by the actions people use."""
