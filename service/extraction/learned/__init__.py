"""The learned scorer: candidates over the parse, scored by a small network in numpy."""
