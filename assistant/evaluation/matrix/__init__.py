"""Asks a running desk for every address as every role, and holds the answers to the policy."""
