"""Kills the processes of a running Schoolgate, again and again, while parents book and file."""
