"""A result in other forms than JSON: one module a form."""
