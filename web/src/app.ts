// The entry: looks what the page has and fetches only the islands it needs. Every page works
// without it.
type Island = { mount(element: HTMLElement): void };

const ISLANDS: [selector: string, load: () => Promise<Island>][] = [
  ["[data-island=pin]", () => import("./islands/pin")],
  ["[data-island=photo]", () => import("./islands/photo")],
  ["[data-island=offline]", () => import("./offline/page")],
  ["[data-island=offline-note]", () => import("./offline/note")],
  ["[data-island=browse]", () => import("./islands/browse")],
  ["[data-live]", () => import("./islands/live")],
  ["[data-island=cart]", () => import("./islands/cart")],
  ["[data-island=shortcuts]", () => import("./islands/shortcuts")],
  ["[data-island=answering]", () => import("./islands/answering")],
  ["[data-island=challenge]", () => import("./islands/challenge")],
  ["[data-island=redraw]", () => import("./islands/redraw")],
  ["[data-island=playback]", () => import("./islands/playback")],
  ["[data-island=recount]", () => import("./islands/recount")],
  ["[data-island=draft]", () => import("./islands/draft")],
];

for (const [selector, load] of ISLANDS) {
  const elements = [...document.querySelectorAll<HTMLElement>(selector)];
  if (elements.length === 0) continue;
  load().then(
    (island) => elements.forEach((element) => island.mount(element)),
    // The page stays as the server made it, which is complete.
    (reason) => console.warn(`The part for ${selector} did not load.`, reason),
  );
}

// An error summary takes the focus, so that a screen reader begins there.
document.querySelector<HTMLElement>(".esum")?.focus();

// One press, one form: a second press while the first is on its way is ignored.
document.addEventListener("submit", (event) => {
  const form = event.target as HTMLFormElement;
  if (form.method !== "post" || event.defaultPrevented) return;
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "yes";
  setTimeout(() => delete form.dataset.sent, 8000);
});

// A door of the navigation closes when the reader goes on elsewhere, or by Escape, which keeps the focus where it was.
const openWay = (): HTMLDetailsElement | null => document.querySelector("nav.main details[open]");
const leave = (event: Event): void => {
  const way = openWay();
  if (way && !way.contains(event.target as Node)) way.open = false;
};
document.addEventListener("click", leave);
document.addEventListener("focusin", leave);
document.addEventListener("keydown", (event) => {
  const way = openWay();
  if (event.key !== "Escape" || !way) return;
  way.open = false;
  way.querySelector("summary")?.focus();
});
