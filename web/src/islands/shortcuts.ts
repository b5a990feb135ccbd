// A few keys for the desk. They work only outside fields, and a reader may switch them off
// (WCAG 2.2, 2.1.4): the switch is the button with data-keys-switch.
//
// <table data-island="shortcuts">: j and k go through the rows, x ticks, o or Enter opens,
// / goes to the search, ? shows the list of keys, u goes back to the desk. Elsewhere
// <textarea data-key="a"> is reached by its own key, also in a closed <details>.
import { keysAreOn, showKeys, switchKeys } from "./keys";

export function mount(list: HTMLElement): void {
  showKeys();
  document.querySelector<HTMLElement>("[data-keys-switch]")?.addEventListener("click", () => {
    switchKeys();
    showKeys();
  });
  pickAll(list);
  document.addEventListener("keydown", (event) => {
    if (keysAreOn() && !event.ctrlKey && !event.metaKey && !event.altKey && !isTyping(event.target)) press(event, list);
  });
}

// The box above the boxes picks or drops all of them; it needs this script, so it is hidden without.
function pickAll(list: HTMLElement): void {
  const all = list.querySelector<HTMLInputElement>("[data-pick-all]");
  if (!all) return;
  all.hidden = false;
  all.addEventListener("change", () => {
    for (const box of list.querySelectorAll<HTMLInputElement>("tbody input[type=checkbox]")) box.checked = all.checked;
  });
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement) return target.type !== "checkbox" && target.type !== "radio";
  return target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
}

function press(event: KeyboardEvent, list: HTMLElement): void {
  const rows = [...list.querySelectorAll<HTMLElement>("tbody tr")];
  const here = rows.findIndex((row) => row.contains(document.activeElement));
  const go = (index: number): void => rows[Math.max(0, Math.min(rows.length - 1, index))]?.querySelector<HTMLElement>("a")?.focus();
  const acts: Record<string, () => void> = {
    j: () => go(here + 1),
    k: () => go(here - 1),
    x: () => rows[here]?.querySelector<HTMLInputElement>("input[type=checkbox]")?.click(),
    o: () => rows[here]?.querySelector<HTMLElement>("a")?.click(),
    "/": () => document.querySelector<HTMLElement>("input[type=search]")?.focus(),
    "?": () => document.querySelector<HTMLDetailsElement>("details.keys")?.toggleAttribute("open"),
    u: () => document.querySelector<HTMLElement>(".crumb a[href='/desk']")?.click(),
  };
  const field = list.querySelector<HTMLElement>(`[data-key="${CSS.escape(event.key)}"]`);
  const act = field ? () => reach(field) : acts[event.key];
  if (!act) return;
  event.preventDefault();
  act();
}

function reach(field: HTMLElement): void {
  const closed = field.closest("details:not([open])");
  if (closed) closed.toggleAttribute("open", true);
  field.focus();
  field.scrollIntoView({ block: "center" });
}
