/** Makes the report available without a network, in this language. A browser that cannot is left as it is. */
export async function register(language: string): Promise<ServiceWorkerRegistration | undefined> {
  if (!("serviceWorker" in navigator)) return undefined;
  try {
    return await navigator.serviceWorker.register(`/report/worker.js?language=${language}`, { scope: "/report" });
  } catch (reason) {
    console.warn("The report will not open without a network.", reason);
    return undefined;
  }
}

/** Asks to be woken when there is a network again, where the browser can do that; else the next visit sends. */
export async function wakeLater(): Promise<void> {
  const ready = (await navigator.serviceWorker?.getRegistration("/report")) as (ServiceWorkerRegistration & { sync?: { register(tag: string): Promise<void> } }) | undefined;
  await ready?.sync?.register("send-reports").catch(() => undefined);
}
