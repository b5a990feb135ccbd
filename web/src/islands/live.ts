// Keeps numbers and states fresh while the page is open. The server sends events on
// /record/feed whose data is JSON; an element names what it waits for:
//
// <b data-live="requests.open">572</b>         text of the field of that name
// <progress data-live="bar" max="100"></progress> its value
// <ol data-live="entry" data-limit="20">…</ol>  a new first item {text, href}
import { textNode } from "./text";

const waiting = new Map<string, HTMLElement[]>();
let source: EventSource | undefined;

export function mount(element: HTMLElement): void {
  const name = element.dataset.live ?? "";
  waiting.set(name, [...(waiting.get(name) ?? []), element]);
  source ??= listen(element.dataset.feed ?? "/record/feed");
}

function listen(address: string): EventSource {
  const feed = new EventSource(address);
  feed.addEventListener("message", (event) => take(event.data));
  feed.addEventListener("entry", (event) => take((event as MessageEvent<string>).data));
  // A closed lid or a lost network must not keep a connection of the town's.
  addEventListener("pagehide", () => feed.close(), { once: true });
  return feed;
}

function take(data: string): void {
  let news: Record<string, unknown>;
  try {
    news = JSON.parse(data) as Record<string, unknown>;
  } catch {
    return;
  }
  for (const [name, elements] of waiting) {
    const value = name.split(".").reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], news) ?? news[name];
    if (value === undefined || value === null) continue;
    for (const element of elements) show(element, value);
  }
}

function show(element: HTMLElement, value: unknown): void {
  if (element instanceof HTMLProgressElement) element.value = Number(value);
  else if (typeof value === "object") prepend(element, value as { text?: unknown; href?: unknown });
  else if (element.textContent !== String(value)) element.textContent = String(value);
  else return;
  element.classList.remove("changed");
  requestAnimationFrame(() => element.classList.add("changed"));
}

function prepend(list: HTMLElement, entry: { text?: unknown; href?: unknown }): void {
  if (typeof entry.text !== "string") return;
  const item = document.createElement("li");
  const link = typeof entry.href === "string" && entry.href.startsWith("/") && !entry.href.startsWith("//");
  const words = textNode(entry.text, link ? "a" : "span");
  if (link) words.setAttribute("href", String(entry.href));
  item.append(words);
  list.prepend(item);
  const limit = Number(list.dataset.limit ?? 20);
  while (list.children.length > limit) list.lastElementChild?.remove();
}
