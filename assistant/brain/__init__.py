"""The brain: Rasa with our own ears, channel and tracker store. Nothing imports this package."""

import os

# Read once, when Rasa and TensorFlow are first imported: no reports to their makers, no chatter.
os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
