"""Pure extraction: article text in, quotations with their speakers out.

Standard library, spaCy and numpy only; no Flask, no Redis, no environment, no clock.
"""
