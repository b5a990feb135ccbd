// Taking part without waiting for whole pages: an answer is sent, and the part of the page that comes
// back takes the place of the one before. Keys 1, 2, 3 answer; a reader may switch them off.
import { keysAreOn, showKeys, switchKeys } from "./keys";

export function mount(part: HTMLElement): void {
  showKeys();
  document.addEventListener("keydown", (event) => {
    if (!keysAreOn() || event.ctrlKey || event.metaKey || event.altKey || event.repeat || isTyping(event.target)) return;
    const stance = ["agree", "disagree", "pass"][["1", "2", "3"].indexOf(event.key)];
    const button = stance && document.querySelector<HTMLElement>(`#answering .stance.${stance}`);
    if (!button) return;
    event.preventDefault();
    button.click();
  });
  document.addEventListener("click", (event) => {
    if (!(event.target instanceof HTMLElement) || !event.target.closest("[data-keys-switch]")) return;
    switchKeys();
    showKeys();
  });
  prepare(part);
}

function isTyping(target: EventTarget | null): boolean {
  if (target instanceof HTMLInputElement) return target.type !== "checkbox";
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
}

function prepare(part: HTMLElement): void {
  part.querySelectorAll<HTMLElement>("[data-keys-switch]").forEach((button) => (button.hidden = false));
  const form = part.querySelector<HTMLFormElement>("form.card");
  form?.addEventListener("submit", (event) => {
    const button = (event as SubmitEvent).submitter as HTMLButtonElement | null;
    if (!button?.name) return;
    event.preventDefault();
    void send(part, form, button);
  });
}

async function send(part: HTMLElement, form: HTMLFormElement, button: HTMLButtonElement): Promise<void> {
  if (part.getAttribute("aria-busy") === "true") return;
  part.setAttribute("aria-busy", "true");
  const fields = new URLSearchParams();
  new FormData(form).forEach((value, name) => fields.append(name, String(value)));
  fields.append(button.name, button.value);
  fields.append("part", "1");
  try {
    const answer = await fetch(form.action, { method: "POST", body: fields, headers: { accept: "text/html" } });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const next = page.getElementById("answering");
    if (!next) throw new Error(`the answer has no next statement: ${answer.status}`);
    // What asks for work comes as a page of its own, so that its script begins.
    if (next.querySelector("[data-challenge]")) return location.assign(`${form.action}?challenge=yes&statement=${fields.get("statement") ?? ""}`);
    part.replaceWith(next);
    prepare(next);
    const first = next.querySelector<HTMLElement>(".esum, #statement");
    first?.focus();
  } catch (reason) {
    // As without this script: the browser sends the form itself.
    console.warn("The answer is sent as a whole page.", reason);
    part.removeAttribute("aria-busy");
    const hidden = document.createElement("input");
    hidden.type = "hidden";
    hidden.name = button.name;
    hidden.value = button.value;
    form.append(hidden);
    HTMLFormElement.prototype.submit.call(form);
  }
}
