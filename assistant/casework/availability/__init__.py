"""When somebody meets parents, as they set it themselves: reading, checking, and what it changes.

``pattern`` reads the weekly times, ``terms`` the numbers beside them, ``dates`` the days on which
something else holds; ``effects`` tells what would come of it.
"""
