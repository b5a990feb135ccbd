// The service worker of /report and of nothing else. It keeps one page and what that page needs, so
// that a report can be written without a network, and takes in a form that could not be sent.
import { drafted, put, readForm } from "./drafts";
import { sendWaiting } from "./send";

/** Put in by build.mjs: the files that the kept page needs, and a name for this choice of files. */
declare const FILES: string[];
declare const EDITION: string;

interface Extendable extends Event {
  waitUntil(work: Promise<unknown>): void;
}
interface Fetching extends Extendable {
  readonly request: Request;
  respondWith(answer: Promise<Response>): void;
}
interface Syncing extends Extendable {
  readonly tag: string;
}
interface Worker extends EventTarget {
  readonly location: Location;
  readonly clients: { claim(): Promise<void> };
  skipWaiting(): Promise<void>;
}
const worker = self as unknown as Worker;

const PAGE = "/report/device";
/** Milliseconds after which the kept page is fetched anew, when there is a network. */
const GOOD_FOR = 3_600_000;
const language = new URL(worker.location.href).searchParams.get("language") ?? "en";
const CACHE = `report-${EDITION}-${language}`;

worker.addEventListener("install", (event) => (event as Extendable).waitUntil(install()));
worker.addEventListener("activate", (event) => (event as Extendable).waitUntil(activate()));
worker.addEventListener("sync", (event) => {
  if ((event as Syncing).tag === "send-reports") (event as Syncing).waitUntil(sendAgain());
});
worker.addEventListener("fetch", (event) => {
  const { request } = event as Fetching;
  const url = new URL(request.url);
  if (url.origin !== worker.location.origin) return;
  if (request.mode === "navigate") (event as Fetching).respondWith(request.method === "GET" ? visit(event as Fetching) : submit(request));
  else if (request.method === "GET" && FILES.includes(url.pathname)) (event as Fetching).respondWith(file(request));
});

async function install(): Promise<void> {
  const cache = await caches.open(CACHE);
  await Promise.all([keepPage(), cache.addAll(FILES)]);
  await worker.skipWaiting();
}

async function keepPage(): Promise<void> {
  const cache = await caches.open(CACHE);
  // Without cookies: what is kept on a device names nobody.
  const page = await fetch(PAGE, { credentials: "omit", headers: { "accept-language": language, accept: "text/html" } });
  if (!page.ok) throw new Error(`${PAGE} answered ${page.status}`);
  await cache.put(PAGE, page);
}

// The town may ask other things by now.
async function renew(): Promise<void> {
  const made = Date.parse((await caches.match(PAGE))?.headers.get("date") ?? "");
  if (!(Date.now() - made < GOOD_FOR)) await keepPage();
}

async function activate(): Promise<void> {
  for (const name of await caches.keys()) if (name.startsWith("report-") && name !== CACHE) await caches.delete(name);
  await worker.clients.claim();
}

async function kept(): Promise<Response> {
  return (await caches.match(PAGE)) ?? Response.error();
}

async function visit(event: Fetching): Promise<Response> {
  try {
    const answer = await fetch(event.request);
    event.waitUntil(renew().catch(() => undefined));
    return answer;
  } catch {
    return kept();
  }
}

async function file(request: Request): Promise<Response> {
  return (await caches.match(request, { ignoreVary: true })) ?? fetch(request);
}

// What was typed into a page of the report must not be lost with the network.
async function submit(request: Request): Promise<Response> {
  const copy = request.clone();
  try {
    return await fetch(request);
  } catch {
    const { fields, photo } = readForm(await copy.formData());
    const draft = drafted(fields, photo);
    const path = new URL(request.url).pathname;
    if (path !== "/report") draft.online = path;
    await put(draft);
    return Response.redirect(`${PAGE}?kept=${draft.id}`, 303);
  }
}

// A rejection asks the browser to wake us again.
async function sendAgain(): Promise<void> {
  if (await sendWaiting()) throw new Error("the town could not be reached");
}
