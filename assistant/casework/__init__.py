"""The rules of the work itself: routing, clocks, slots, the wall. No framework is imported here."""
