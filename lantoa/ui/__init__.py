"""The design system: tokens, components, the frame of every page, its catalogue."""
