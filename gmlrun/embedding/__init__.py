"""Embedding: a Python program's sources and functions go in, games that it drives come out."""
