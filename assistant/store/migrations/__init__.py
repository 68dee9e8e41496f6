"""Numbered migrations, one folder a database, one head each; written by hand, tested for drift."""
