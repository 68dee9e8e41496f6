"""Measures the desk with ten thousand cases."""
