// What both map islands share: a Leaflet map of the town from the element's data attributes.
import * as L from "leaflet";
import { textNode } from "./text";

/** Draws tiles when the page names an address for them, and the town's districts otherwise. */
export function townMap(place: HTMLElement, settings: DOMStringMap, options: L.MapOptions = {}): L.Map {
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const map = L.map(place, { zoomAnimation: !still, fadeAnimation: !still, markerZoomAnimation: !still, ...options });
  map.attributionControl.setPrefix(false);
  const [south, west, north, east] = (settings.bounds ?? "-60,-170,70,170").split(",").map(Number);
  map.fitBounds([[south, west], [north, east]], { animate: false });
  if (settings.tiles) {
    L.tileLayer(settings.tiles, { attribution: settings.attribution ?? "", maxZoom: Number(settings.maxzoom ?? 19) }).addTo(map);
  } else {
    // Without a network there are no shapes; the pin can be placed all the same.
    drawDistricts(map, settings.districts ?? "/districts.geojson").catch(() => undefined);
  }
  return map;
}

async function drawDistricts(map: L.Map, address: string): Promise<void> {
  const answer = await fetch(address, { headers: { accept: "application/geo+json" } });
  if (!answer.ok) return;
  const layer = L.geoJSON(await answer.json(), {
    style: { className: "town-district", color: "#ffffff", fillColor: "#6fb0a2", weight: 1.5, fillOpacity: 0.55 },
    // Nothing listens on them, not even for a tooltip: Chromium makes a stop of the keyboard of each shape with a listener.
    interactive: false,
  });
  layer.addTo(map).bringToBack();
}

/** The pin, drawn with the door's colour, as an icon without an image file. */
export function pinIcon(label: string): L.DivIcon {
  const holder = document.createElement("span");
  holder.innerHTML = '<svg class="pin" viewBox="0 0 34 44" aria-hidden="true"><path d="M17 42C8 30 3 24 3 17a14 14 0 0 1 28 0c0 7-5 13-14 25Z"/><circle cx="17" cy="17" r="5"/></svg>';
  const words = textNode(label);
  words.className = "hush";
  holder.append(words);
  return L.divIcon({ html: holder, className: "pinmark", iconSize: [34, 44], iconAnchor: [17, 42] });
}
