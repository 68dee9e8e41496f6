"""The gateway between a parent and the brain: one turn in, one honest answer out."""
