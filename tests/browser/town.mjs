// A demo town to visit with a browser.
import { chromium } from "playwright-core";
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

const FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

const freePort = () =>
  new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });

export async function openTown() {
  const folder = mkdtempSync(join(tmpdir(), "polity-browser-"));
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const town = spawn(process.env.POLITY_BINARY ?? "polity", ["--log", "warn", "demo", "--dir", folder, "--listen", `127.0.0.1:${port}`], {
    stdio: "inherit",
    env: { ...process.env, POLITY_LIMITS_ACTS_PER_MINUTE: "100000", POLITY_LIMITS_MAILS_PER_HOUR: "100000" },
  });
  for (let tries = 0; ; tries += 1) {
    const well = await fetch(`${url}/health`).then((answer) => answer.ok, () => false);
    if (well) break;
    if (tries > 600) throw new Error("the town did not become ready");
    await new Promise((wait) => setTimeout(wait, 100));
  }
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: FLAGS });
  const close = async () => {
    await browser.close();
    town.kill("SIGTERM");
    await new Promise((ended) => town.once("exit", ended));
    rmSync(folder, { recursive: true, force: true });
  };
  return { url, browser, close };
}

// A page of a visitor of their own, or of one of the demo's personas. Errors of scripts count against the page.
export async function visit(town, { width = 1280, script = true, language = "en", persona = "", errors = [], outsideScript = false } = {}) {
  const context = await town.browser.newContext({ viewport: { width, height: 900 }, javaScriptEnabled: script, locale: language, baseURL: town.url, bypassCSP: outsideScript });
  const page = await context.newPage();
  const click = page.click.bind(page);
  // The next page is there when its head has come; what is asked of it needs the whole of it.
  page.click = async (...what) => {
    await click(...what);
    await page.waitForLoadState("domcontentloaded");
  };
  page.on("pageerror", (error) => errors.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error" && !/status of 4\d\d/.test(message.text())) errors.push(message.text());
  });
  if (persona) {
    await page.goto("/");
    await page.click(`button[formaction="/demo/be/${persona}"]`);
  }
  return page;
}

// Looks again until what is seen is enough, for ten seconds: what follows from the record comes a moment after the act. Gives
// back what was seen last.
export async function soon(look, enough) {
  for (let tries = 0; ; tries += 1) {
    const seen = await look();
    if (enough(seen) || tries >= 50) return seen;
    await new Promise((wait) => setTimeout(wait, 200));
  }
}

// Whether something is seen, now or in the next seconds.
export function appears(page, selector) {
  return page.waitForSelector(selector, { timeout: 5_000 }).then(() => true, () => false);
}
