"""Migrations of the alerts database, the first one first."""
