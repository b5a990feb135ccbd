// Sends what waits on the device. Run by the page and by the worker; the key of each report makes
// the town store it once, however often it is sent.
import { all, put, type Draft } from "./drafts";

/** Sends every report that waits. Gives back whether the town could not be reached. */
export function sendWaiting(): Promise<boolean> {
  const locks = (navigator as { locks?: LockManager }).locks;
  return locks ? locks.request("polity-report-send", send) : send();
}

async function send(): Promise<boolean> {
  for (const draft of await all()) {
    if (draft.state !== "waiting") continue;
    if (!(await sendOne(draft))) return true;
  }
  return false;
}

// Whether there was an answer. What the town cannot take now waits on.
async function sendOne(draft: Draft): Promise<boolean> {
  const form = new FormData();
  for (const [name, value] of draft.fields) form.append(name, value);
  if (draft.photo) form.append("photo", draft.photo, "photo.jpg");
  await put({ ...draft, tried: true });
  let answer: Response;
  try {
    answer = await fetch("/requests.json", { method: "POST", body: form, headers: { "idempotency-key": draft.id, accept: "application/json" } });
  } catch {
    return false;
  }
  if (answer.status === 429 || answer.status >= 500) return false;
  const said = (await answer.json().catch(() => ({}))) as Record<string, unknown>;
  if (answer.ok) {
    // Only the way back to it stays on the device.
    await put({ id: draft.id, fields: draft.fields.filter(([name]) => name === "category" || name === "address"), state: "sent", at: Date.now(), code: String(said.code), url: String(said.url), own: String(said.own_url) });
  } else {
    const errors = (said.errors as { detail?: unknown }[] | undefined) ?? [said];
    const problems = errors.map((error) => String(error.detail ?? "")).filter((words) => words !== "");
    await put({ ...draft, tried: false, state: "refused", problems, at: Date.now() });
  }
  return true;
}
