// Keeps what is typed into an application a moment after the last key, so that nothing is lost when the page is closed.
//
// <form data-island="draft" data-keep="/apply/…/keep">: without this script each page is kept when it is sent.
const PAUSE_MS = 1200;

export function mount(form: HTMLElement): void {
  if (!(form instanceof HTMLFormElement) || !form.dataset.keep) return;
  const address = form.dataset.keep;
  const note = form.querySelector<HTMLElement>("[data-kept]");
  let timer = 0;
  form.addEventListener("input", () => {
    window.clearTimeout(timer);
    timer = window.setTimeout(() => void keep(form, address, note), PAUSE_MS);
  });
  form.addEventListener("submit", () => window.clearTimeout(timer));
}

async function keep(form: HTMLFormElement, address: string, note: HTMLElement | null): Promise<void> {
  const fields = new URLSearchParams();
  // Files go with the page; here is only what is typed.
  for (const [name, value] of new FormData(form)) if (typeof value === "string") fields.append(name, value);
  try {
    const answer = await fetch(address, { method: "POST", body: fields, credentials: "same-origin" });
    if (note) note.textContent = answer.ok ? (note.dataset.kept ?? "") : "";
  } catch {
    // Without a network it is kept when the page is sent.
    if (note) note.textContent = "";
  }
}
