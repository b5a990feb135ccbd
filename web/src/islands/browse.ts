// A list of places as a map: reads GeoJSON points and links each to its page. The list beside
// it stays, so nothing is on the map alone.
//
// <div class="leafmap" data-island="browse" data-geojson="/reports.geojson?…" data-bounds="S,W,N,E"
//      data-label="Map of reports" [data-tiles data-attribution data-maxzoom]></div>
// A feature's properties: title (or name), href, and optionally state.
import * as L from "leaflet";
import { textNode } from "./text";
import { townMap } from "./town-map";

export function mount(element: HTMLElement): void {
  if (!element.dataset.geojson) return;
  element.setAttribute("role", "region");
  if (element.dataset.label) element.setAttribute("aria-label", element.dataset.label);
  const map = townMap(element, element.dataset);
  void drawPlaces(map, element.dataset.geojson);
}

async function drawPlaces(map: L.Map, address: string): Promise<void> {
  const answer = await fetch(address, { headers: { accept: "application/geo+json" } });
  if (!answer.ok) return;
  const colours = getComputedStyle(document.documentElement);
  const red = colours.getPropertyValue("--report").trim() || "#c5362f";
  const layer = L.geoJSON(await answer.json(), {
    pointToLayer: (_feature, at) => L.circleMarker(at, { radius: 8, color: "#fff", weight: 2, fillColor: red, fillOpacity: 0.95 }),
    onEachFeature: (feature, shape) => shape.bindPopup(card(feature.properties ?? {})),
  });
  layer.addTo(map);
  const bounds = layer.getBounds();
  if (bounds.isValid()) map.fitBounds(bounds.pad(0.1), { animate: false, maxZoom: 17 });
}

function card(about: Record<string, unknown>): HTMLElement {
  const box = document.createElement("div");
  const title = String(about.title ?? about.name ?? "");
  const href = typeof about.href === "string" ? about.href : "";
  // Only our own pages: an address from data must not become a script or lead elsewhere.
  const ours = href !== "" && new URL(href, location.href).origin === location.origin;
  const heading = textNode(title, ours ? "a" : "strong");
  if (ours) heading.setAttribute("href", href);
  box.append(heading);
  if (about.state) box.append(document.createElement("br"), textNode(String(about.state)));
  return box;
}
