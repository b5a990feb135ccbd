// Recounts an election in the reader's own browser: files from her disk, or two addresses of this site, go to a worker, and what it
// finds is said in green or red. The worker is this same file, so that it needs no address of its own.
//
// <div data-island="recount" data-ballots="/…" data-outcome="/…" data-words='{"same-budget": "… {count} …", …}'>
//   <input type="file" multiple> <button> <output> …
import { Fault, type Values } from "../recount/fault";
import { type Named, verdict } from "../recount/verdict";

type Asked = { files: Named[]; base: string };
type Said = { kind: "progress" | "verdict" | "fault"; same?: boolean; code: string; values: Values };

const isWorker = typeof document === "undefined";
if (isWorker) addEventListener("message", (event: MessageEvent<Asked>) => void answer(event.data));

/** In the worker: recounts and says how far it is. */
async function answer({ files, base }: Asked): Promise<void> {
  const say = (said: Said) => postMessage(said);
  try {
    const found = await verdict(files, (code, values) => say({ kind: "progress", code, values }), (path) => (base ? fetched(new URL(path, base)) : Promise.resolve(null)));
    say({ kind: "verdict", ...found });
  } catch (error) {
    const fault = error instanceof Fault ? error : new Fault("broken", { what: error instanceof Error ? error.message : String(error) });
    say({ kind: "fault", code: fault.code, values: fault.values });
  }
}

/** The text at an address of this site; null for any other, and where there is nothing. */
async function fetched(url: URL): Promise<string | null> {
  if (url.origin !== location.origin) return null;
  const found = await fetch(url, { headers: { accept: "*/*" } });
  return found.ok ? found.text() : null;
}

/** A value whose letters may run the other way than the sentence (Unicode's first strong isolate). */
const isolated = (value: string) => `\u2068${value}\u2069`;

export function mount(element: HTMLElement): void {
  const words = JSON.parse(element.dataset.words ?? "{}") as Record<string, string>;
  const part = <T extends HTMLElement>(name: string) => element.querySelector<T>(`[data-part=${name}]`)!;
  const [input, button, result, progress, chosen] = [part<HTMLInputElement>("files"), part<HTMLButtonElement>("go"), part("result"), part("progress"), part("chosen")];
  let worker: Worker | null = null;
  const say = (code: string, values: Values) => (words[code] ?? code).replace(/\{(\w+)\}/g, (_, name: string) => isolated(values[name] ?? ""));

  function show({ kind, same, code, values }: Said): void {
    if (kind === "progress") { progress.textContent = say(`doing-${code}`, values); return; }
    worker?.terminate();
    worker = null;
    progress.textContent = "";
    button.disabled = false;
    element.removeAttribute("aria-busy");
    const title = document.createElement("h2"), text = document.createElement("p");
    title.textContent = say(kind === "fault" ? "title-fault" : same ? "title-same" : "title-differs", {});
    text.textContent = say(kind === "fault" ? `fault-${code}` : code, values);
    result.className = `verdict ${kind === "fault" ? "warn" : same ? "good" : "bad"}`;
    result.replaceChildren(title, text);
    result.hidden = false;
    result.focus();
  }

  function begin(asked: Asked): void {
    worker?.terminate();
    result.hidden = true;
    button.disabled = true;
    element.setAttribute("aria-busy", "true");
    progress.textContent = say("doing-start", {});
    worker = new Worker(import.meta.url, { type: "module" });
    worker.addEventListener("message", (event: MessageEvent<Said>) => show(event.data));
    worker.addEventListener("error", (event) => show({ kind: "fault", code: "broken", values: { what: event.message ?? "" } }));
    worker.postMessage(asked);
  }

  input.addEventListener("change", () => {
    chosen.replaceChildren(...[...(input.files ?? [])].map((file) => Object.assign(document.createElement("li"), { textContent: file.name })));
  });
  button.addEventListener("click", async () => {
    const files = await Promise.all([...(input.files ?? [])].map(async (file) => ({ name: file.name, text: await file.text() })));
    begin({ files, base: "" });
  });
  part("form").hidden = false;
  const { ballots, outcome } = element.dataset;
  if (ballots && outcome) void linked(ballots, outcome);

  async function linked(ballots: string, outcome: string): Promise<void> {
    const urls = [new URL(ballots, location.href), new URL(outcome, location.href)];
    progress.textContent = say("doing-start", {});
    const texts = await Promise.all(urls.map(fetched)).catch(() => [null, null]);
    const lost = texts.findIndex((text) => text === null);
    if (lost >= 0) { show({ kind: "fault", code: "no-file", values: { file: urls[lost]!.pathname } }); return; }
    const name = (url: URL) => url.pathname.split("/").pop()!;
    begin({ files: urls.map((url, at) => ({ name: name(url), text: texts[at]! })), base: urls[0]!.href });
  }
}
