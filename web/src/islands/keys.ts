// Whether a reader wants keys (WCAG 2.2, 2.1.4), remembered on the device. A frame on another site may not remember:
// there the switch holds until the page is left.
const OFF = "polity-keys-off";
let off = false;

export function keysAreOn(): boolean {
  try {
    return localStorage.getItem(OFF) === null;
  } catch {
    return !off;
  }
}

export function switchKeys(): void {
  off = keysAreOn();
  try {
    if (off) localStorage.setItem(OFF, "yes");
    else localStorage.removeItem(OFF);
  } catch {
    // Only in memory.
  }
}

// Shows on the page whether keys are on.
export function showKeys(): void {
  const root = document.documentElement;
  if (keysAreOn()) root.dataset.keys = "on";
  else delete root.dataset.keys;
}
