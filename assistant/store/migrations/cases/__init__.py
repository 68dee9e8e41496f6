"""Migrations of the cases database, the first one first."""
