// A map on which a pin is placed: by click, by dragging, by where the reader is, and by keys, each
// step said in words. The map is one stop of the keyboard; Tab goes on, so nobody is caught in it.
//
// <div class="pinmap" data-island="pin" data-lat="#lat" data-long="#long" data-bounds="S,W,N,E"
//      data-label="The place" data-help="Arrow keys move the pin" data-role="map with a pin"
//      data-nowhere="No pin yet" [data-words="/report/here"] [data-tiles data-attribution
//      data-maxzoom] [data-here="Use where I am"] [data-here-failed="…"]>…</div>
import * as L from "leaflet";
import { textNode } from "./text";
import { pinIcon, townMap } from "./town-map";

/** Pixels the pin moves for an arrow key, and with Shift. */
const STEP = 8;
const BIG_STEP = 48;
/** Milliseconds of rest after which the place is said, so that a held key says it once. */
const REST = 450;

interface Pinned {
  map: L.Map;
  pin: L.Marker;
  put(at: L.LatLng, write?: boolean): void;
}

export function mount(element: HTMLElement): void {
  // A map in something that is closed has no size; it is drawn when that opens.
  const closed = element.closest<HTMLDetailsElement>("details:not([open])");
  if (closed) closed.addEventListener("toggle", () => draw(element), { once: true });
  else draw(element);
}

function draw(element: HTMLElement): void {
  const latitude = document.querySelector<HTMLInputElement>(element.dataset.lat ?? "#lat");
  const longitude = document.querySelector<HTMLInputElement>(element.dataset.long ?? "#long");
  if (!latitude || !longitude) return;
  const place = document.createElement("div");
  place.className = "leaf";
  element.append(place);
  const map = townMap(place, element.dataset, { keyboard: false });
  const label = element.dataset.label ?? latitude.labels?.[0]?.textContent ?? "";
  const start = readPlace(latitude, longitude);
  const pin = L.marker(start ?? map.getCenter(), { draggable: true, keyboard: false, autoPan: true, icon: pinIcon(""), opacity: start ? 1 : 0.45 });
  pin.addTo(map);
  if (start) map.setView(start, 16, { animate: false });

  const say = speaker(element, place, label);
  const put = (at: L.LatLng, write = true): void => {
    pin.setLatLng(at).setOpacity(1);
    if (!map.getBounds().contains(at)) map.panTo(at);
    if (write) {
      latitude.value = at.lat.toFixed(6);
      longitude.value = at.lng.toFixed(6);
      for (const input of [latitude, longitude]) input.dispatchEvent(new Event("change", { bubbles: true }));
    }
    say(at);
  };
  if (start) say(start);
  map.on("click", (event: L.LeafletMouseEvent) => put(event.latlng));
  pin.on("dragend", () => put(pin.getLatLng()));
  place.addEventListener("keydown", (event) => {
    if (event.target === place) pressed(event, { map, pin, put }, () => readPlace(latitude, longitude));
  });
  for (const input of [latitude, longitude]) {
    input.addEventListener("input", () => {
      const typed = readPlace(latitude, longitude);
      if (typed) put(typed, false);
    });
  }
  if (element.dataset.here && "geolocation" in navigator) element.before(hereButton(element, { map, pin, put }));
}

// Makes the map a widget with a name, a kind and a help text, and gives back what says where the pin is.
function speaker(element: HTMLElement, place: HTMLElement, label: string): (at: L.LatLng) => void {
  const [help, said] = [element.dataset.help ?? "", element.dataset.nowhere ?? ""].map((words) => textNode(words, "p"));
  help.className = "hint";
  help.id = `${place.id || "pin"}-keys`;
  said.className = "pinsaid";
  said.setAttribute("role", "status");
  said.id = `${place.id || "pin"}-said`;
  element.after(said, help);
  place.tabIndex = 0;
  place.setAttribute("role", "application");
  place.setAttribute("aria-label", label);
  if (element.dataset.role) place.setAttribute("aria-roledescription", element.dataset.role);
  place.setAttribute("aria-describedby", `${help.id} ${said.id}`);
  let waiting = 0;
  return (at) => {
    clearTimeout(waiting);
    waiting = window.setTimeout(() => void words(element, at).then((text) => (said.textContent = text)), REST);
  };
}

// Where a place is, from the town; its coordinates where the town does not answer.
async function words(element: HTMLElement, at: L.LatLng): Promise<string> {
  const [lat, long] = [at.lat.toFixed(6), at.lng.toFixed(6)];
  try {
    const answer = await fetch(`${element.dataset.words ?? "/report/here"}?lat=${lat}&long=${long}`, { headers: { accept: "application/json" } });
    if (answer.ok) return String(((await answer.json()) as { sentence: unknown }).sentence);
  } catch {
    // Without a network the numbers must do.
  }
  return `${lat}, ${long}`;
}

function readPlace(latitude: HTMLInputElement, longitude: HTMLInputElement): L.LatLng | undefined {
  const [lat, long] = [latitude, longitude].map((input) => (input.value.trim() === "" ? NaN : Number(input.value)));
  return Number.isFinite(lat) && Number.isFinite(long) && Math.abs(lat) <= 90 && Math.abs(long) <= 180 ? L.latLng(lat, long) : undefined;
}

function pressed(event: KeyboardEvent, { map, pin, put }: Pinned, placed: () => L.LatLng | undefined): void {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const step = event.shiftKey ? BIG_STEP : STEP;
  const moves: Record<string, [number, number]> = { ArrowUp: [0, -step], ArrowDown: [0, step], ArrowLeft: [-step, 0], ArrowRight: [step, 0] };
  const acts: Record<string, () => void> = { "+": () => map.zoomIn(), "=": () => map.zoomIn(), "-": () => map.zoomOut(), "_": () => map.zoomOut() };
  // The first key puts a pin that is nowhere into the middle of what is seen.
  const move = moves[event.key] ?? (event.key === "Enter" && !placed() ? [0, 0] : undefined);
  if (move) put(placed() ? map.containerPointToLatLng(map.latLngToContainerPoint(pin.getLatLng()).add(move)) : map.getCenter());
  else if (acts[event.key]) acts[event.key]();
  else return;
  event.preventDefault();
}

function hereButton(element: HTMLElement, { map, put }: Pinned): HTMLElement {
  const line = document.createElement("p");
  const button = textNode(element.dataset.here ?? "", "button") as HTMLButtonElement;
  button.type = "button";
  button.className = "sec s here";
  const failed = textNode("");
  failed.setAttribute("role", "status");
  line.append(button, " ", failed);
  button.addEventListener("click", () => {
    button.disabled = true;
    failed.textContent = "";
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        button.disabled = false;
        const at = L.latLng(coords.latitude, coords.longitude);
        map.setView(at, 17, { animate: false });
        put(at);
      },
      () => {
        button.disabled = false;
        failed.textContent = element.dataset.hereFailed ?? "";
      },
      { enableHighAccuracy: true, timeout: 15_000 },
    );
  });
  return line;
}
