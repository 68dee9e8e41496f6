"""Weighs the chat on a school's page beside two open widgets, in a real browser."""
