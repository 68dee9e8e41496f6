"""The brain: Rasa with our own ears, channel and tracker store. Nothing imports this package."""

import os

# Read when Rasa and TensorFlow are imported: no reports to their makers, no chatter, no bars.
os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("LOG_LEVEL", "ERROR")
