"""Schoolgate: the private door between a worried parent and the right person at school."""

__version__ = "0.1.0"
