import { h, icon } from "./dom";

/** A button that opens a box below itself; Escape and a click elsewhere close it, focus returns to the button. */
export function popover(
  button: HTMLButtonElement,
  content: (close: () => void) => HTMLElement,
  side: "left" | "right" = "left",
): HTMLElement {
  const holder = h("div", { class: "popover-holder" }, button);
  let box: HTMLElement | undefined;
  button.setAttribute("aria-expanded", "false");
  button.setAttribute("aria-haspopup", "true");

  const close = (andFocus = true) => {
    if (!box) return;
    box.remove();
    box = undefined;
    button.setAttribute("aria-expanded", "false");
    document.removeEventListener("pointerdown", outside);
    if (andFocus) button.focus();
  };
  const outside = (event: Event) => {
    if (!holder.contains(event.target as Node)) close(false);
  };
  button.addEventListener("click", () => {
    if (box) return close();
    box = h("div", { class: `popover popover-${side}` }, content(close));
    holder.append(box);
    button.setAttribute("aria-expanded", "true");
    document.addEventListener("pointerdown", outside);
    box.querySelector<HTMLElement>("[aria-selected=true], input, button, [tabindex]")?.focus();
  });
  holder.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && box) {
      event.stopPropagation();
      close();
    }
  });
  return holder;
}

export function iconButton(name: string, label: string, click?: () => void): HTMLButtonElement {
  return h("button", { type: "button", class: "icon-button", "aria-label": label, title: label, on: click ? { click } : {} }, icon(name));
}

/** A block that says what went wrong in place of what was asked for. */
export function errorBox(message: string): HTMLElement {
  return h("div", { class: "panel-error", role: "alert" }, icon("alert"), h("p", {}, message));
}

export function download(name: string, content: Blob): void {
  const address = URL.createObjectURL(content);
  const link = h("a", { href: address, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}

/** Draws an SVG on the color of the page, twice as dense as the screen, and saves it. */
export async function downloadPng(name: string, source: SVGSVGElement, background: string): Promise<void> {
  const { width, height } = source.getBoundingClientRect();
  const image = new Image();
  const text = new XMLSerializer().serializeToString(source);
  const loaded = new Promise((done, failed) => {
    image.onload = done;
    image.onerror = () => failed(new Error("The picture can't be made."));
  });
  image.src = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(text);
  await loaded;
  const canvas = h("canvas", { width: width * 2, height: height * 2 });
  const pen = canvas.getContext("2d")!;
  pen.fillStyle = background;
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(image, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, "image/png"));
  if (blob) download(name, blob);
}
