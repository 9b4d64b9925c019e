"""Is this quote really in the transcript? Quotations looked up in the texts that they are from."""
