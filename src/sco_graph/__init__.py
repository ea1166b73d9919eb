"""sco-graph: documents about the Shanghai Cooperation Organisation, as a knowledge graph that can be cited."""

__version__ = "0.1.0"
