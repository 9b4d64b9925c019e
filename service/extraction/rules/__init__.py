"""The rules that link content, cue and source: one module per family, their table in ``table``."""
