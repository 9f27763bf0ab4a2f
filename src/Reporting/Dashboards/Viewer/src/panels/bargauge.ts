import { fieldColor, formatValue } from "../data/field";
import { singleValues } from "../data/values";
import { h } from "../dom";
import type { Drawing, PanelContext } from "./panel";
import { alpha } from "./timeseries";

/** A bar per value from min to max, under one another. */
export function drawBarGauge({ panel, results, theme, body }: PanelContext): Drawing {
  const options = panel.options ?? {};
  const values = singleValues(panel, results);
  const largest = Math.max(...values.map((one) => one.value ?? 0), 0);
  body.append(h("ul", { class: "bars", "data-names": options.namePlacement === "top" ? "top" : "left" }, ...values.map((one, index) => {
    const { config, name } = one.field;
    const [min, max] = [config.min ?? 0, config.max ?? (largest || 1)];
    const share = Math.min(1, Math.max(0, ((one.value ?? min) - min) / (max - min || 1)));
    const color = fieldColor(theme, config, index, one.value);
    const text = formatValue(one.value, one.field);
    return h("li", {},
      h("span", { class: "bar-name", title: name }, name),
      h("span", { class: "bar-track", "data-unfilled": String(options.showUnfilled !== false) },
        h("span", {
          class: "bar-fill",
          style: {
            width: `${(share * 100).toFixed(2)}%`,
            background: options.displayMode === "gradient" ? `linear-gradient(90deg, ${alpha(color, 0.55)}, ${color})` : color,
          },
        })),
      options.valueMode === "hidden" ? null
        : h("span", { class: "bar-value", style: options.valueMode === "text" ? {} : { color } }, text));
  })));
  return {};
}
