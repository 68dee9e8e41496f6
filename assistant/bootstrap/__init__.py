"""Makes the environments that the verbs run in, on a bare Python's standard library."""
