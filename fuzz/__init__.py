"""Fuzzers: random inputs for builtins, readers, the compiler and protocols; what makes one fail is cut down."""
