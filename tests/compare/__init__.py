"""Comparisons of generations. A package, so that its conftest is told from the others."""
