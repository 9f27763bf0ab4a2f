import { h, icon } from "../dom";
import { popover } from "../ui";
import { describe, quickRanges, resolve, type RawRange } from "./range";

/** The button with the time range; ranges to choose from, or two days to type. */
export function timePicker(current: RawRange, zoneName: string, choose: (range: RawRange) => void): HTMLElement {
  const day = (instant: number) => new Date(instant).toISOString().slice(0, 10);
  const button = h("button", { type: "button", class: "control", "aria-label": `Time range: ${describe(current, day)}` },
    icon("clock"), h("span", {}, describe(current, day)), h("span", { class: "zone" }, zoneName), icon("down"));

  return popover(button, (close) => {
    const now = Date.now();
    const range = resolve(current, now);
    const from = h("input", { type: "date", name: "from", value: day(range.from), required: true });
    const to = h("input", { type: "date", name: "to", value: day(range.to), required: true });
    const error = h("p", { class: "form-error", role: "alert" });
    const pick = (chosen: RawRange) => {
      close();
      choose(chosen);
    };
    return h("div", { class: "time-picker" },
      h("form", {
        on: {
          submit: (event) => {
            event.preventDefault();
            const chosen = { from: String(Date.parse(from.value)), to: String(Date.parse(to.value) + 86_399_999) };
            try {
              resolve(chosen, now);
              pick(chosen);
            } catch (fault) {
              error.textContent = (fault as Error).message;
            }
          },
        },
      },
        h("h4", {}, "Absolute range"),
        h("label", {}, "From", from),
        h("label", {}, "To, inclusive", to),
        error,
        h("button", { type: "submit", class: "primary" }, "Apply")),
      h("ul", { class: "choices", role: "listbox", "aria-label": "Quick ranges" }, ...quickRanges.map((quick) =>
        h("li", { role: "presentation" }, h("button", {
          type: "button",
          role: "option",
          "aria-selected": String(quick.from === current.from && quick.to === current.to),
          on: { click: () => pick({ from: quick.from, to: quick.to }) },
        }, quick.label)))));
  }, "right");
}
