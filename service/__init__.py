"""Quote attribution: who said what in this article?"""
