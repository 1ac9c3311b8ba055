"""Tasks for machines: dispatched, made concrete, carried out, proved, judged."""
