// On the pages of a report: readies the device for the next time without a network, and says what
// is kept on it.
//
// <p data-island="offline-note" data-count="Drafts on this device:" hidden><a href="/report/device">…</a></p>
import { all } from "./drafts";
import { register } from "./register";
import { sendWaiting } from "./send";
import { textNode } from "../islands/text";

export function mount(note: HTMLElement): void {
  void register(document.documentElement.lang);
  void look(note).catch(() => undefined);
}

async function look(note: HTMLElement): Promise<void> {
  if ((await all()).some((draft) => draft.state === "waiting")) await sendWaiting();
  const open = (await all()).length;
  note.hidden = false;
  if (open > 0) note.append(" ", textNode(`${note.dataset.count ?? ""} ${open}`, "strong"));
}
