"""Runs the three processes: for people (`run`), and privately for tests and measurements."""
