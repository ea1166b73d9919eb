"""Charts of answers as values: where each bar, dot and line stands. The template `chart.html` draws them as SVG.

Nothing here is random: the same answer gives the same drawing. Each is bounded, and says what it leaves out; the table
beside it holds everything.
"""

from __future__ import annotations

from sco_graph.publish import Graph
from sco_graph.query import Bars, Chart, Network, Solutions
from sco_graph.serve.charts import bars, network, timeline

Drawing = bars.Drawing | network.Drawing | timeline.Drawing


def draw(chart: Chart | None, graph: Graph, found: Solutions) -> Drawing | None:
    """Return the drawing of the answer `found`, or None if it declares none or has too little to show."""
    if chart is None:
        return None
    if isinstance(chart, Network):
        return network.draw(chart, graph, found)
    if isinstance(chart, Bars):
        return bars.draw(chart, found)
    return timeline.draw(chart, found)


__all__ = ["Drawing", "draw"]
