import { h } from "../dom";
import type { Drawing, PanelContext } from "./panel";

/** A text in the simple part of Markdown: headings, paragraphs, lists, bold, italics, code, links. HTML in it stays text. */
export function drawText({ panel, body, interpolate }: PanelContext): Drawing {
  body.append(markdown(interpolate(panel.options?.content ?? "")));
  return {};
}

export function markdown(text: string): HTMLElement {
  const root = h("div", { class: "prose" });
  for (const block of text.split(/\n\s*\n/)) {
    const lines = block.split("\n").map((line) => line.trim()).filter((line) => line !== "");
    if (lines.length === 0) continue;
    const heading = /^(#{1,4})\s+(.*)$/.exec(lines[0]!);
    if (heading) {
      root.append(h(heading[1]!.length <= 2 ? "h3" : "h4", {}, ...inline(heading[2]!)));
      lines.shift();
    }
    if (lines.length === 0) continue;
    if (lines.every((line) => /^[-*] /.test(line))) root.append(h("ul", {}, ...lines.map((line) => h("li", {}, ...inline(line.slice(2))))));
    else root.append(h("p", {}, ...inline(lines.join(" "))));
  }
  return root;
}

function inline(text: string): (Node | string)[] {
  const parts: (Node | string)[] = [];
  let at = 0;
  for (const match of text.matchAll(/\*\*(.+?)\*\*|`(.+?)`|\[(.+?)\]\((.+?)\)|\*(.+?)\*/g)) {
    parts.push(text.slice(at, match.index));
    if (match[1]) parts.push(h("strong", {}, match[1]));
    else if (match[2]) parts.push(h("code", {}, match[2]));
    else if (match[5]) parts.push(h("em", {}, match[5]));
    else if (/^(https?:\/\/|\/|\.\/|[\w-]+(\?|$))/.test(match[4]!)) parts.push(h("a", { href: match[4] }, match[3]!));
    else parts.push(match[3]!);
    at = match.index + match[0].length;
  }
  parts.push(text.slice(at));
  return parts.filter((part) => part !== "");
}
