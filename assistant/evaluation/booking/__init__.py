"""Booking under load: races, the speed of free slots, and deaths in the middle."""
