type Child = Node | string | null | undefined | false;
type Properties = Record<string, unknown> & { on?: Record<string, (event: Event) => void> };

/** Makes an element. Text is always text: nothing here parses HTML. */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  properties: Properties = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  apply(element, properties);
  append(element, children);
  return element;
}

const svgSpace = "http://www.w3.org/2000/svg";

/** Makes an SVG element. */
export function svg(tag: string, properties: Properties = {}, ...children: Child[]): SVGElement {
  const element = document.createElementNS(svgSpace, tag);
  apply(element, properties);
  append(element, children);
  return element;
}

export function append(parent: Element, children: Child[]): void {
  for (const child of children) {
    if (child) parent.append(child);
  }
}

export function clear(element: Element): void {
  element.replaceChildren();
}

function apply(element: Element, properties: Properties): void {
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) continue;
    if (name === "on") {
      for (const [type, listener] of Object.entries(properties.on ?? {})) element.addEventListener(type, listener);
    } else if (name === "style") {
      for (const [property, text] of Object.entries(value as Record<string, string>)) {
        (element as HTMLElement).style.setProperty(property, text);
      }
    } else {
      element.setAttribute(name, value === true ? "" : String(value));
    }
  }
}

const icons: Record<string, string> = {
  info: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 11v5M12 8h.01",
  menu: "M12 6h.01M12 12h.01M12 18h.01",
  clock: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 7v5l3 2",
  refresh: "M20 11a8 8 0 1 0-2.3 6.3M20 4v7h-7",
  sun: "M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM12 3v1M12 20v1M3 12h1M20 12h1M5.6 5.6l.7.7M17.7 17.7l.7.7M5.6 18.4l.7-.7M17.7 6.3l.7-.7",
  moon: "M20 14.5A8 8 0 0 1 9.5 4 8 8 0 1 0 20 14.5z",
  down: "M6 9l6 6 6-6",
  right: "M9 6l6 6-6 6",
  alert: "M12 9v4M12 17h.01M10.3 4.3 2.6 18a2 2 0 0 0 1.7 3h15.4a2 2 0 0 0 1.7-3L13.7 4.3a2 2 0 0 0-3.4 0z",
  back: "M15 6l-6 6 6 6",
  out: "M15 4h4v16h-4M10 8l-4 4 4 4M6 12h9",
};

/** A line icon of the size of the text around it; hidden from screen readers, so give its button a label. */
export function icon(name: keyof typeof icons & string): SVGElement {
  return svg(
    "svg",
    { class: "icon", viewBox: "0 0 24 24", "aria-hidden": "true", focusable: "false" },
    svg("path", { d: icons[name] }),
  );
}
