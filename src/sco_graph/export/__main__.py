"""Makes ontology/context.jsonld anew: `python -m sco_graph.export`."""

from sco_graph.export.context import FILE_NAME, make
from sco_graph.resources import resource_dir

(resource_dir("ontology") / FILE_NAME).write_text(make(resource_dir("ontology")), encoding="utf-8")
