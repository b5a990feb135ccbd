// Works for a new voice while many come at once: looks for the number whose SHA-256 with the salt is
// given (altcha protocol), and puts what it found into the form.
type Challenge = { algorithm: string; challenge: string; maxnumber: number; salt: string; signature: string };

const AT_ONCE = 500;

export function mount(element: HTMLElement): void {
  const field = element.querySelector<HTMLInputElement>("input[name=altcha]");
  const show = (name: string): void =>
    element.querySelectorAll<HTMLElement>("[data-waiting], [data-ready], [data-plain]").forEach((one) => (one.hidden = !one.hasAttribute(name)));
  // Browsers hash only on safe pages (https, localhost); elsewhere the page says what to do instead.
  if (!field || !crypto.subtle) return;
  const asked = JSON.parse(element.dataset.challenge ?? "{}") as Challenge;
  show("data-waiting");
  void solve(asked).then((number) => {
    if (number === undefined) return show("data-plain");
    const { algorithm, challenge, salt, signature } = asked;
    field.value = btoa(JSON.stringify({ algorithm, challenge, number, salt, signature }));
    show("data-ready");
  });
}

async function solve({ salt, challenge, maxnumber }: Challenge): Promise<number | undefined> {
  const encoder = new TextEncoder();
  const hash = async (number: number): Promise<string> => {
    const bytes = await crypto.subtle.digest("SHA-256", encoder.encode(`${salt}${number}`));
    return [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  };
  for (let from = 0; from <= maxnumber; from += AT_ONCE) {
    const some = Array.from({ length: Math.min(AT_ONCE, maxnumber - from + 1) }, (_, index) => from + index);
    const at = (await Promise.all(some.map(hash))).indexOf(challenge);
    if (at >= 0) return from + at;
  }
  return undefined;
}
