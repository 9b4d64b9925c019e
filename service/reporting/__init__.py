"""Who is quoted how often, over one or many results: the figures, and a page of them."""
