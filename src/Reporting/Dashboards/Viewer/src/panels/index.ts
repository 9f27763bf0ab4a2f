import { drawBarChart } from "./barchart";
import { drawBarGauge } from "./bargauge";
import { drawGauge } from "./gauge";
import { drawHeatmap } from "./heatmap";
import type { Draw } from "./panel";
import { drawPieChart } from "./piechart";
import { drawStat } from "./stat";
import { drawTable } from "./table";
import { drawText } from "./text";
import { drawTimeSeries } from "./timeseries";

/** How each of Grafana's panel types is drawn. */
export const drawers: Record<string, Draw> = {
  stat: drawStat,
  timeseries: drawTimeSeries,
  barchart: drawBarChart,
  bargauge: drawBarGauge,
  gauge: drawGauge,
  piechart: drawPieChart,
  heatmap: drawHeatmap,
  table: drawTable,
  text: drawText,
};
