"""Tasks (nhiệm vụ, "6 rõ"), their dispatch to bodies, and what came back."""
