"""The web process: pages, desk, parent's links and the JSON API, in Sanic."""
