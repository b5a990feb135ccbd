// Plays how a map came about: the moments of a list of links, one after the other, in the place of the map on the page.
//
// <nav data-island="playback" data-part="live-map" data-play="Play" …><ol><li><a href="…?at=…">3 May: 120 answers</a></li>…</ol></nav>
//
// Each moment is the page behind its link, as the server draws it, so words and tables go along with the picture. Without this script
// the links lead there. Who asks for less motion steps from moment to moment; nothing moves by itself.
const PACE_MS = 1600;

type Moment = { link: HTMLAnchorElement; part?: Promise<HTMLElement> };

export function mount(nav: HTMLElement): void {
  const id = nav.dataset.part ?? "";
  const moments: Moment[] = [...nav.querySelectorAll<HTMLAnchorElement>("li > a")].map((link) => ({ link }));
  const beside = document.getElementById(id);
  if (!beside || moments.length < 2) return;
  const last = moments.length - 1;
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  const word = (name: string): string => nav.dataset[name] ?? "";

  const button = document.createElement("button");
  button.type = "button";
  button.className = "sec s";
  const slider = document.createElement("input");
  slider.type = "range";
  slider.min = "0";
  slider.max = String(last);
  slider.setAttribute("aria-label", word("slider"));
  const said = document.createElement("p");
  said.setAttribute("role", "status");
  const bar = document.createElement("div");
  bar.className = "playing";
  bar.setAttribute("role", "group");
  bar.setAttribute("aria-label", word("title"));
  bar.append(button, slider, said);
  beside.before(bar);

  let at = moments.findIndex(({ link }) => link.hasAttribute("aria-current"));
  if (at < 0) at = last;
  let timer: number | undefined;
  let turn = 0;

  const name = (): void => {
    button.textContent = still.matches ? word("next") : timer === undefined ? word("play") : word("pause");
  };
  const place = (): void => {
    slider.value = String(at);
    slider.setAttribute("aria-valuetext", moments[at].link.textContent ?? "");
  };
  const pause = (): void => {
    clearTimeout(timer);
    timer = undefined;
    name();
  };

  // The page behind a link, read once; the last is the map as it is now, so it is read each time.
  const read = (which: number): Promise<HTMLElement> => {
    const moment = moments[which];
    if (!moment.part || which === last) {
      moment.part = fetchPart(moment.link.href, id);
      moment.part.catch(() => (moment.part = undefined));
    }
    return moment.part;
  };

  const show = async (which: number): Promise<boolean> => {
    const mine = ++turn;
    at = which;
    place();
    let part: HTMLElement;
    try {
      part = await read(which);
    } catch {
      if (mine === turn) {
        said.textContent = word("failed");
        pause();
      }
      return false;
    }
    // Somebody went on meanwhile.
    if (mine !== turn) return false;
    document.getElementById("past")?.remove();
    document.getElementById(id)?.replaceWith(part);
    // What is past is not drawn anew when somebody answers now.
    if (which === last) delete part.dataset.still;
    else part.dataset.still = "yes";
    for (const { link } of moments) link.removeAttribute("aria-current");
    moments[which].link.setAttribute("aria-current", "true");
    said.textContent = [moments[which].link.textContent, part.querySelector(".lead")?.textContent].filter(Boolean).join(". ");
    return true;
  };

  const step = async (): Promise<void> => {
    if (!(await show(Math.min(at + 1, last))) || timer === undefined) return;
    if (at >= last) return pause();
    void read(at + 1).catch(() => undefined);
    timer = window.setTimeout(() => void step(), PACE_MS);
  };

  const press = (): void => {
    if (still.matches) {
      void show(at >= last ? 0 : at + 1);
    } else if (timer === undefined) {
      // A number from the first press on: a pause while the first moment is read holds.
      timer = window.setTimeout(() => undefined);
      name();
      if (at >= last) void show(0).then((shown) => shown && timer !== undefined && (timer = window.setTimeout(() => void step(), PACE_MS)));
      else void step();
    } else pause();
  };

  button.addEventListener("click", press);
  slider.addEventListener("input", () => {
    pause();
    void show(Number(slider.value));
  });
  bar.addEventListener("keydown", (event) => {
    if (event.key === "Escape") pause();
    else if (event.key === " " && event.target === slider) press();
    else return;
    event.preventDefault();
  });
  // Who reads in the map is not read over.
  document.addEventListener("focusin", (event) => {
    if (document.getElementById(id)?.contains(event.target as Node)) pause();
  });
  addEventListener("pagehide", pause);
  still.addEventListener("change", pause);
  place();
  name();
}

async function fetchPart(address: string, id: string): Promise<HTMLElement> {
  const answer = await fetch(address, { headers: { accept: "text/html" } });
  if (!answer.ok) throw new Error(`status ${answer.status}`);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const part = page.getElementById(id);
  if (!part) throw new Error("no such part");
  return document.adoptNode(part);
}
