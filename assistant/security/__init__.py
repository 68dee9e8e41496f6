"""Keys, sealed fields, passwords and tokens."""
