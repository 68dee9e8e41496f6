"""Ours beside Rasa's own pipelines: the same messages, one machine, one run."""
