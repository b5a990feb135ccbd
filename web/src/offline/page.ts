// The page of reports on this device: written without a network, resumed, deleted, and sent when
// there is one. All words come from the page, in the reader's language.
import { smaller } from "../islands/picture";
import { textNode } from "../islands/text";
import { all, drafted, get, put, readForm, remove, type Draft } from "./drafts";
import { register, wakeLater } from "./register";
import { sendWaiting } from "./send";

interface Page {
  root: HTMLElement;
  form: HTMLFormElement;
  list: HTMLElement;
  said: HTMLElement;
  /** The draft that is being changed. */
  now?: Draft;
}

export function mount(root: HTMLElement): void {
  const [form, list, said] = ["form", ".drafts", "[role=status]"].map((selector) => root.querySelector<HTMLElement>(selector));
  if (!form || !list || !said) return;
  const page: Page = { root, form: form as HTMLFormElement, list, said };
  root.hidden = false;
  void register(document.documentElement.lang);
  ask(page);
  page.form.addEventListener("change", () => ask(page));
  page.form.addEventListener("submit", (event) => {
    event.preventDefault();
    const button = (event as SubmitEvent).submitter as HTMLButtonElement | null;
    void keep(page, button?.value === "send");
  });
  root.querySelector("[data-here]")?.addEventListener("click", (event) => locate(page, event.currentTarget as HTMLButtonElement));
  addEventListener("online", () => void sendAll(page));
  void begin(page);
}

async function begin(page: Page): Promise<void> {
  const kept = new URLSearchParams(location.search).get("kept");
  const draft = kept ? await get(kept) : undefined;
  if (draft) {
    fill(page, draft);
    say(page, "unsent");
  }
  await sendAll(page);
}

const word = (page: Page, key: string): string => page.root.dataset[key] ?? "";
const say = (page: Page, key: string, more = ""): void => void (page.said.textContent = `${word(page, key)} ${more}`.trim());

// Shows the questions of the chosen category and no others; what is not shown is not sent.
function ask({ form }: Page): void {
  const chosen = form.querySelector<HTMLSelectElement>("[name=category]")?.value ?? "";
  for (const group of form.querySelectorAll<HTMLFieldSetElement>("[data-category]")) {
    group.hidden = group.disabled = group.dataset.category !== chosen;
  }
}

async function keep(page: Page, sends: boolean): Promise<void> {
  const { fields, photo } = readForm(new FormData(page.form));
  const has = (name: string): boolean => fields.some(([of]) => of === name);
  if (sends && !(has("category") && (has("address") || has("lat")))) return say(page, "incomplete");
  const picture = photo ? await smaller(new File([photo], "photo.jpg", { type: photo.type })) : page.now?.photo;
  const draft: Draft = { ...(page.now ?? drafted(fields)), fields, photo: picture, state: sends ? "waiting" : "draft", at: Date.now(), problems: undefined };
  try {
    await put(draft);
  } catch {
    return say(page, "full");
  }
  page.now = undefined;
  page.form.reset();
  ask(page);
  if (sends) await sendAll(page);
  else {
    say(page, "kept");
    await show(page);
  }
}

async function sendAll(page: Page): Promise<void> {
  const waits = async (): Promise<boolean> => (await all()).some((draft) => draft.state === "waiting");
  if (await waits()) {
    say(page, "sending");
    const unreached = await sendWaiting();
    if (unreached) await wakeLater();
    say(page, unreached ? "later" : (await all()).some((draft) => draft.state === "refused") ? "refused" : "sent");
  }
  await show(page);
}

async function show(page: Page): Promise<void> {
  const drafts = await all();
  page.list.replaceChildren(...drafts.map((draft) => line(page, draft)));
  page.root.querySelector<HTMLElement>("[data-none]")?.toggleAttribute("hidden", drafts.length > 0);
}

function line(page: Page, draft: Draft): HTMLElement {
  const item = document.createElement("li");
  item.className = draft.state === "sent" ? "sent" : draft.state === "refused" ? "bad" : "";
  item.dataset.state = draft.state;
  const field = (name: string): string => draft.fields.find(([of]) => of === name)?.[1] ?? "";
  const option = page.form.querySelector<HTMLOptionElement>(`[name=category] option[value="${CSS.escape(field("category"))}"]`);
  const title = [option?.value ? option.label : "", field("address"), draft.code ?? ""].filter((part) => part !== "").join(" · ");
  const state = { draft: "stateDraft", waiting: "stateWaiting", sent: "stateSent", refused: "stateRefused" }[draft.state];
  item.append(textNode(title || word(page, "untitled"), "h3"), textNode(`${word(page, state)} · ${new Date(draft.at).toLocaleString(document.documentElement.lang)}`, "p"));
  for (const problem of draft.problems ?? []) item.append(textNode(problem, "p"));
  if (draft.photo) item.append(picture(draft.photo));
  if (draft.url) item.append(link(draft.url, word(page, "public")), " ", link(draft.own ?? "", word(page, "own")));
  if (draft.online) item.append(link(draft.online, word(page, "online")));
  item.append(acts(page, draft, title));
  return item;
}

function acts(page: Page, draft: Draft, title: string): HTMLElement {
  const row = document.createElement("div");
  row.className = "go";
  const add = (key: string, act: () => Promise<unknown> | void): void => {
    const button = textNode(word(page, key), "button") as HTMLButtonElement;
    button.type = "button";
    button.className = "sec s";
    button.setAttribute("aria-label", `${word(page, key)}: ${title || word(page, "untitled")}`);
    button.addEventListener("click", () => void act());
    row.append(button);
  };
  if (draft.state !== "sent" && !draft.tried) add("resume", () => fill(page, draft));
  if (draft.state === "waiting") add("again", () => sendAll(page));
  add("delete", async () => {
    if (draft.state !== "sent" && !confirm(word(page, "sure"))) return;
    await remove(draft.id);
    if (page.now?.id === draft.id) page.now = undefined;
    say(page, "deleted");
    await show(page);
  });
  return row;
}

function picture(photo: Blob): HTMLElement {
  const shown = document.createElement("img");
  shown.alt = "";
  shown.src = URL.createObjectURL(photo);
  shown.addEventListener("load", () => URL.revokeObjectURL(shown.src), { once: true });
  return shown;
}

function link(href: string, words: string): HTMLElement {
  const shown = textNode(words, "a");
  // Only addresses of the town itself, whatever an answer says.
  const { pathname, search } = new URL(href, location.href);
  shown.setAttribute("href", `${pathname}${search}`);
  return shown;
}

// Puts a draft back into the form.
function fill(page: Page, draft: Draft): void {
  page.now = draft;
  page.form.reset();
  const category = page.form.querySelector<HTMLSelectElement>("[name=category]");
  if (category) category.value = draft.fields.find(([name]) => name === "category")?.[1] ?? "";
  ask(page);
  for (const [name, value] of draft.fields) {
    for (const input of page.form.querySelectorAll<HTMLInputElement>(`[name="${CSS.escape(name)}"]`)) {
      if (input.matches(":disabled")) continue;
      if (input.type === "radio" || input.type === "checkbox") input.checked ||= input.value === value;
      else input.value = value;
    }
  }
  page.form.querySelector<HTMLElement>("select, input, textarea")?.focus();
}

function locate(page: Page, button: HTMLButtonElement): void {
  if (!("geolocation" in navigator)) return say(page, "hereFailed");
  button.disabled = true;
  const done = (key: string): void => {
    button.disabled = false;
    say(page, key);
  };
  navigator.geolocation.getCurrentPosition(
    ({ coords }) => {
      for (const [name, value] of [["lat", coords.latitude], ["long", coords.longitude]] as const) {
        const input = page.form.querySelector<HTMLInputElement>(`[name=${name}]`);
        if (input) input.value = value.toFixed(6);
      }
      done("hereDone");
    },
    () => done("hereFailed"),
    { enableHighAccuracy: true, timeout: 15_000 },
  );
}
