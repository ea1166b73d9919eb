"""Lists, facets and search in the index of a generation. A package, so that its conftest is told from the others."""
