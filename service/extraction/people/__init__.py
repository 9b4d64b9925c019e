"""Who is who in one article: its names, what it says of each, and which mention refers to whom."""
