// Turns a form with two coordinate inputs, and an SVG map as image input, into a map with a pin.
//
// <div class="pinmap" data-island="pin" data-lat="#lat" data-long="#long" data-bounds="S,W,N,E"
//      data-label="The place" data-help="Arrow keys move the pin" [data-tiles data-attribution
//      data-maxzoom] [data-here="Use where I am"] [data-here-failed="…"]>…</div>
import * as L from "leaflet";
import { textNode } from "./text";
import { pinIcon, townMap } from "./town-map";

/** Pixels the pin moves for an arrow key, and with Shift. */
const STEP = 8;
const BIG_STEP = 48;

export function mount(element: HTMLElement): void {
  const latitude = document.querySelector<HTMLInputElement>(element.dataset.lat ?? "#lat");
  const longitude = document.querySelector<HTMLInputElement>(element.dataset.long ?? "#long");
  if (!latitude || !longitude) return;
  const place = document.createElement("div");
  place.className = "leaf";
  element.append(place);
  const map = townMap(place, element.dataset);
  const label = element.dataset.label ?? latitude.labels?.[0]?.textContent ?? "";
  const start = readPlace(latitude, longitude);
  const pin = L.marker(start ?? map.getCenter(), { draggable: true, keyboard: true, autoPan: true, icon: pinIcon(label), title: label, alt: label });
  pin.addTo(map);
  if (start) map.setView(start, 16, { animate: false });

  const put = (at: L.LatLng, write = true): void => {
    pin.setLatLng(at);
    if (!map.getBounds().contains(at)) map.panTo(at);
    if (!write) return;
    latitude.value = at.lat.toFixed(6);
    longitude.value = at.lng.toFixed(6);
    for (const input of [latitude, longitude]) input.dispatchEvent(new Event("change", { bubbles: true }));
  };
  map.on("click", (event: L.LeafletMouseEvent) => put(event.latlng));
  pin.on("dragend", () => put(pin.getLatLng()));
  pin.getElement()?.addEventListener("keydown", (event) => moveByKey(event, map, pin, put));
  for (const input of [latitude, longitude]) {
    input.addEventListener("input", () => {
      const typed = readPlace(latitude, longitude);
      if (typed) put(typed, false);
    });
  }
  if (element.dataset.here && "geolocation" in navigator) element.after(hereButton(element, map, put));
  if (element.dataset.help) element.after(help(element.dataset.help));
}

function readPlace(latitude: HTMLInputElement, longitude: HTMLInputElement): L.LatLng | undefined {
  const [lat, long] = [latitude, longitude].map((input) => (input.value.trim() === "" ? NaN : Number(input.value)));
  return Number.isFinite(lat) && Number.isFinite(long) && Math.abs(lat) <= 90 && Math.abs(long) <= 180 ? L.latLng(lat, long) : undefined;
}

function moveByKey(event: KeyboardEvent, map: L.Map, pin: L.Marker, put: (at: L.LatLng) => void): void {
  const step = event.shiftKey ? BIG_STEP : STEP;
  const by: Record<string, [number, number]> = { ArrowUp: [0, -step], ArrowDown: [0, step], ArrowLeft: [-step, 0], ArrowRight: [step, 0] };
  const move = by[event.key];
  if (!move) return;
  event.preventDefault();
  event.stopPropagation();
  put(map.containerPointToLatLng(map.latLngToContainerPoint(pin.getLatLng()).add(move)));
}

function help(words: string): HTMLElement {
  const line = textNode(words, "p");
  line.className = "hint";
  return line;
}

function hereButton(element: HTMLElement, map: L.Map, put: (at: L.LatLng) => void): HTMLElement {
  const button = textNode(element.dataset.here ?? "", "button") as HTMLButtonElement;
  button.type = "button";
  button.className = "sec s";
  button.addEventListener("click", () => {
    button.disabled = true;
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        button.disabled = false;
        const at = L.latLng(coords.latitude, coords.longitude);
        map.setView(at, 17, { animate: false });
        put(at);
      },
      () => {
        button.disabled = false;
        const failed = help(element.dataset.hereFailed ?? "");
        failed.setAttribute("role", "status");
        button.after(failed);
      },
      { enableHighAccuracy: true, timeout: 15_000 },
    );
  });
  return button;
}
