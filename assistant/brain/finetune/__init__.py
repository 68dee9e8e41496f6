"""Fine-tunes the ears: MiniLM end to end on all labels at once. See `__main__` for the command."""
