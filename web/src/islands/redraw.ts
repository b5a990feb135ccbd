// Keeps a part of a page as it is on the server: when the feed says that it changed, the page is read
// again and the part takes the place of the old one. Not while somebody reads with the keyboard in it, nor while it shows the past.
const PAUSE = 2000;

export function mount(part: HTMLElement): void {
  const feed = new EventSource(part.dataset.feed ?? "");
  let waiting: ReturnType<typeof setTimeout> | undefined;
  feed.addEventListener("entry", () => {
    waiting ??= setTimeout(() => {
      waiting = undefined;
      void redraw(part.id);
    }, PAUSE * Math.random());
  });
  addEventListener("pagehide", () => feed.close(), { once: true });
}

async function redraw(id: string): Promise<void> {
  const old = document.getElementById(id);
  if (!old || old.dataset.still || old.contains(document.activeElement) || document.hidden) return;
  const answer = await fetch(location.href, { headers: { accept: "text/html" } });
  if (!answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const next = page.getElementById(id);
  // It may show another moment by now.
  if (next && old.isConnected && !old.dataset.still) old.replaceWith(next);
}
