"""What the benchmarks stand on: private servers, a crowd of watchers, one JSON line."""
