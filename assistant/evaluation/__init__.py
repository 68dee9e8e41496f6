"""Measures the assistant through its public API: right doors, right outcomes, right times."""
