// The resident's side: a photo first on a telephone, the map by keys alone, and reports without a network.
import { connect, createServer } from "node:net";
import { appears, soon, visit } from "./town.mjs";

const DOT = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVQI12P4z8AAAAMBAQAY3Y2wAAAAAElFTkSuQmCC", "base64");

// A line to the town that can be cut: what stands for the network, also for a service worker.
async function line(town) {
  const { port: to } = new URL(town.url);
  const open = new Set();
  const server = createServer((here) => {
    const there = connect(Number(to), "127.0.0.1");
    for (const end of [here, there]) {
      open.add(end);
      end.on("close", () => open.delete(end)).on("error", () => end.destroy());
    }
    here.pipe(there).pipe(here);
  });
  const listen = (port) => new Promise((done) => server.listen(port, "127.0.0.1", done));
  await listen(0);
  const { port } = server.address();
  const cut = () =>
    new Promise((done) => {
      server.close(done);
      for (const end of open) end.destroy();
    });
  return { url: `http://localhost:${port}`, cut, mend: () => listen(port) };
}

async function onATelephone(town, check) {
  for (const script of [true, false]) {
    const how = `telephone, ${script ? "with script" : "plain"}`;
    const context = await town.browser.newContext({ viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true, javaScriptEnabled: script, baseURL: town.url, locale: "en", geolocation: { latitude: 34.0522, longitude: -118.2437 }, permissions: ["geolocation"] });
    const page = await context.newPage();
    await page.goto("/report");
    const [photo, category] = await Promise.all(["#photo-now", "#category"].map((id) => page.locator(id).boundingBox()));
    check.holds(`${how}: the photo comes first, on the first screen`, photo && photo.y < 844 && photo.y < category.y, JSON.stringify({ photo, category }));
    await page.setInputFiles("#photo-now", { name: "lamp.png", mimeType: "image/png", buffer: DOT });
    if (script) check.holds(`${how}: it is shown`, await page.waitForSelector(".shots .shown:not([hidden])").then(() => true, () => false));
    await page.check('input[value="graffiti"]');
    await page.click("button:has-text('Continue')");
    if (script) {
      await page.click("button:has-text('Use where I am')");
      await page.waitForFunction(() => document.querySelector(".pinsaid")?.textContent.includes("In "), null, { timeout: 8_000 });
      check.equal(`${how}: the place comes from the device`, await page.inputValue("#lat"), "34.052200");
    } else await page.locator('input[type="image"]').click({ position: { x: 160, y: 170 } });
    await page.fill("#address", "12 Mill Lane");
    await page.click("button:has-text('Continue')");
    check.holds(`${how}: the photo is kept`, await appears(page, ".shots .file img"));
    await context.close();
  }
}

async function byKeys(town, check) {
  const page = await visit(town, {});
  await page.goto("/report");
  await page.check('input[value="graffiti"]');
  await page.click("button:has-text('Continue')");
  await page.waitForSelector(".leaf.leaflet-container");
  const said = () => page.textContent(".pinsaid");
  check.holds("map by keys: it says that there is no pin yet", (await said()).includes("No pin yet"));
  const leaf = page.locator(".leaf");
  check.equal("map by keys: it is one widget with a name", await leaf.evaluate((one) => `${one.getAttribute("role")} ${one.getAttribute("aria-label")} ${document.getElementById(one.getAttribute("aria-describedby").split(" ")[0])?.textContent.slice(0, 10)}`), "application Place on the map Arrow keys");
  // Reached by Tab, and left by it.
  await page.focus("#main");
  let presses = 0;
  const isOn = () => leaf.evaluate((one) => one === document.activeElement);
  for (; presses < 30 && !(await isOn()); presses += 1) await page.keyboard.press("Tab");
  check.holds("map by keys: Tab reaches it", await isOn());
  await page.keyboard.press("ArrowRight");
  const first = await page.inputValue("#long");
  check.holds("map by keys: the first key puts the pin", first !== "");
  await page.keyboard.press("ArrowRight");
  check.holds("map by keys: the next moves it east", Number(await page.inputValue("#long")) > Number(first));
  const north = Number(await page.inputValue("#lat"));
  await page.keyboard.press("Shift+ArrowUp");
  check.holds("map by keys: Shift moves it farther north", Number(await page.inputValue("#lat")) > north);
  await page.waitForFunction(() => /In .+\d+\.\d+/.test(document.querySelector(".pinsaid")?.textContent ?? ""), null, { timeout: 8_000 }).catch(() => undefined);
  check.holds("map by keys: where it is is said", /In .+\d+\.\d+/.test(await said()), await said());
  const step = async () => {
    const before = Number(await page.inputValue("#long"));
    await page.keyboard.press("ArrowRight");
    return Number(await page.inputValue("#long")) - before;
  };
  const coarse = await step();
  await page.keyboard.press("+");
  await page.waitForTimeout(600);
  check.holds("map by keys: zoomed in, steps are smaller", (await step()) < coarse * 0.75);
  for (presses = 0; presses < 8 && (await page.evaluate(() => document.activeElement?.id)) !== "address"; presses += 1) await page.keyboard.press("Tab");
  check.equal("map by keys: Tab goes on to the address", await page.evaluate(() => document.activeElement?.id), "address");
  await page.keyboard.press("Shift+Tab");
  check.holds("map by keys: and back", await page.evaluate(() => document.activeElement?.id !== "address"));
  await page.context().close();
}

async function withoutANetwork(town, check) {
  const network = await line(town);
  const errors = [];
  const page = await visit({ ...town, url: network.url }, { errors });
  page.on("dialog", (dialog) => dialog.accept());
  await page.goto("/report");
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  const scope = await page.evaluate(async () => new URL((await navigator.serviceWorker.getRegistration()).scope).pathname);
  check.equal("offline: the worker works under /report and nowhere else", scope, "/report");
  await page.check('input[value="graffiti"]');
  await page.click("button:has-text('Continue')");
  await page.waitForSelector(".leaf.leaflet-container");

  await network.cut();
  // What is under way when the network goes is kept.
  await page.fill("#address", "7 Quay Street");
  await page.click("button:has-text('Continue')");
  await page.waitForSelector("[data-island=offline]:not([hidden])");
  check.holds("offline: what was typed is kept", (await page.inputValue("#address")) === "7 Quay Street" && (await page.inputValue("#category")) === "graffiti");
  await page.goto("/report");
  await page.waitForSelector(".drafts li");
  check.equal("offline: the page opens from the device", await page.textContent("h1"), "Reports on this device");
  check.equal("offline: styled", await page.evaluate(() => getComputedStyle(document.querySelector(".pri")).cursor), "pointer");
  // A new one, with a photo and the category's question.
  await page.selectOption("#category", "streetlight");
  await page.locator('[data-category="streetlight"] input:enabled').first().check();
  await page.setInputFiles("#photo", { name: "lamp.png", mimeType: "image/png", buffer: DOT });
  await page.fill("#address", "9 Quay Street");
  await page.fill("#description", "Dark\nsince Monday");
  await page.click("button:has-text('Keep it for later')");
  await page.waitForSelector(".drafts li >> nth=1");
  await page.reload();
  await page.waitForSelector(".drafts li >> nth=1");
  await page.locator(".drafts li", { hasText: "9 Quay Street" }).locator("button:has-text('Go on with it')").click();
  check.equal("offline: a draft is resumed", await page.inputValue("#description"), "Dark\nsince Monday");
  await page.click("button:has-text('Send the report')");
  await page.waitForSelector('.drafts li[data-state="waiting"]');
  check.holds("offline: it waits and says so", (await page.textContent("[role=status].pinsaid")).includes("no network"));
  await page.locator(".drafts li", { hasText: "7 Quay Street" }).locator("button:has-text('Delete')").click();
  await page.waitForFunction(() => document.querySelectorAll(".drafts li").length === 1);

  await network.mend();
  await page.evaluate(() => dispatchEvent(new Event("online")));
  await page.evaluate(() => dispatchEvent(new Event("online")));
  const sent = await page.waitForSelector('.drafts li[data-state="sent"]', { timeout: 15_000 }).then(() => true, () => false);
  check.holds("offline: it is sent when the network is back", sent, await page.textContent(".drafts"));
  await page.waitForTimeout(500);
  await page.goto("/report/device");
  await page.waitForSelector(".drafts li");
  // Words are found once the record has passed them on.
  const found = await soon(
    () => fetch(`${town.url}/requests.json?category=streetlight&q=Quay`).then((answer) => answer.json()),
    (list) => list.requests.length > 0,
  );
  check.equal("offline: once", found.requests.filter((one) => one.address === "9 Quay Street").length, 1);
  const code = found.requests[0]?.code;
  const view = await fetch(`${town.url}/requests/${code}.json`).then((answer) => answer.json());
  check.equal("offline: with its words, its photo and its answer", `${view.description} ${view.photos.length} ${view.answers.length}`, "Dark\nsince Monday 1 1");
  await page.click(".drafts a:has-text('your private page')");
  check.holds("offline: the private link is there", (await page.inputValue("#description")).includes("since Monday"));
  await page.goto("/report/device");
  await page.locator(".drafts li button:has-text('Delete')").click();
  await page.waitForSelector("[data-none]:not([hidden])");
  check.equal("offline: no script fails", errors.filter((error) => !error.includes("ERR_")).join("; "), "");
  await page.context().close();
  await network.cut();
}

async function inAFrame(town, check) {
  const page = await visit(town, { width: 320 });
  await page.goto("/embed?district=3");
  const snippet = await page.inputValue("#snippet");
  // Another site: its page is served by us here, from another port.
  const { createServer: serve } = await import("node:http");
  const host = serve((_, answer) => answer.writeHead(200, { "content-type": "text/html" }).end(`<!doctype html><title>News</title><div style="width:300px">${snippet}</div>`));
  await new Promise((done) => host.listen(0, "127.0.0.1", done));
  await page.goto(`http://127.0.0.1:${host.address().port}/`);
  const frame = page.frameLocator("iframe");
  check.holds("embed: the map stands in a frame of another site", await frame.locator("svg.citymap").isVisible().catch(() => false));
  const over = await page.frames()[1].evaluate(() => document.documentElement.scrollWidth - innerWidth);
  check.holds("embed: 300 px are enough", over <= 0, `(${over} px too wide)`);
  check.equal("embed: no cookie", (await page.context().cookies()).filter((cookie) => cookie.domain.includes("localhost")).length, 0);
  await page.context().close();
  host.close();
}

export async function resident(town, check) {
  for (const [name, part] of [["telephone", onATelephone], ["map by keys", byKeys], ["offline", withoutANetwork], ["embed", inAFrame]]) {
    await part(town, check).catch((error) => check.holds(`${name}: comes to its end`, false, error.message.split("\n").slice(0, 4).join(" ")));
  }
}
