// Keeps what is typed a moment after the last key, so that nothing is lost when the page is closed.
//
// <form data-island="draft" data-keep="/apply/…/keep">: without this script each page is kept when it is sent. Where the answer is
// JSON, it says where the form is kept and sent from now on, and what says something similar already; that is shown in the element
// that `data-similar` names.
const PAUSE_MS = 1200;

interface Similar {
  code: string;
  title: string;
  href: string;
}

interface Kept {
  action: string;
  keep: string;
  similar: Similar[];
}

export function mount(form: HTMLElement): void {
  if (!(form instanceof HTMLFormElement) || !form.dataset.keep) return;
  const note = form.querySelector<HTMLElement>("[data-kept]");
  let timer = 0;
  let turn = Promise.resolve();
  form.addEventListener("input", () => {
    window.clearTimeout(timer);
    // One after the other: the first answer says where the next is kept.
    timer = window.setTimeout(() => (turn = turn.then(() => keep(form, note))), PAUSE_MS);
  });
  form.addEventListener("submit", () => window.clearTimeout(timer));
}

async function keep(form: HTMLFormElement, note: HTMLElement | null): Promise<void> {
  const fields = new URLSearchParams();
  // Files go with the page; here is only what is typed.
  for (const [name, value] of new FormData(form)) if (typeof value === "string") fields.append(name, value);
  try {
    const answer = await fetch(form.dataset.keep ?? "", { method: "POST", body: fields, credentials: "same-origin" });
    if (note) note.textContent = answer.ok ? (note.dataset.kept ?? "") : "";
    if (answer.ok && answer.headers.get("content-type")?.startsWith("application/json")) {
      goOn(form, (await answer.json()) as Kept);
    }
  } catch {
    // Without a network it is kept when the page is sent.
    if (note) note.textContent = "";
  }
}

function goOn(form: HTMLFormElement, kept: Kept): void {
  form.setAttribute("action", kept.action);
  form.dataset.keep = kept.keep;
  const place = form.dataset.similar ? document.querySelector<HTMLElement>(form.dataset.similar) : null;
  if (!place || kept.similar.length === 0) return;
  const lead = document.createElement("p");
  lead.className = "meta";
  lead.textContent = place.dataset.text ?? "";
  const list = document.createElement("ul");
  for (const one of kept.similar) {
    const link = document.createElement("a");
    link.href = one.href;
    link.textContent = one.title;
    const code = document.createElement("span");
    code.className = "id";
    code.textContent = one.code;
    const item = document.createElement("li");
    item.append(link, " ", code);
    list.append(item);
  }
  place.replaceChildren(lead, list);
}
