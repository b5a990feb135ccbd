// The main job in a browser: report, follow, answer, check. With and without JavaScript, wide and narrow.
import { appears, soon, visit } from "./town.mjs";

const DOT = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVQI12P4z8AAAAMBAQAY3Y2wAAAAAElFTkSuQmCC", "base64");

// Reports a dark street light page by page; gives back its reference and the private link.
async function report(town, check, page, how) {
  await page.goto("/");
  await page.click(".door-report");
  await page.click("text=Continue");
  check.holds(`${how}: nothing chosen is said in the summary`, await appears(page, ".esum"));
  await page.check('input[value="streetlight"]');
  await page.click("text=Continue");
  if (how.includes("script")) {
    await page.waitForSelector(".leaf.leaflet-container, .leaf .leaflet-pane", { timeout: 10_000 });
    await page.fill("#address", "12 Mill Lane");
    await page.click("summary:has-text('Enter coordinates')");
    const leaf = page.locator(".leaf").first();
    const box = await leaf.boundingBox();
    await leaf.click({ position: { x: box.width * 0.4, y: box.height * 0.4 } });
    check.holds(`${how}: a click on the map sets the pin`, (await page.inputValue("#lat")) !== "");
    await page.fill("#lat", "34.0522");
    await page.fill("#long", "-118.2437");
  } else {
    await page.locator('input[type="image"]').click({ position: { x: 160, y: 170 } });
    check.holds(`${how}: the click is shown on the picture`, /zoom=\w+/.test(await page.locator('input[type="image"]').getAttribute("src")));
    await page.fill("#address", "12 Mill Lane");
  }
  await page.click("button:has-text('Continue')");
  await page.click("button:has-text('Continue')");
  check.holds(`${how}: the question is asked for`, (await page.textContent(".esum")).includes("Please answer"));
  await page.check("fieldset .opt input >> nth=0");
  await page.fill("#description", "Dark since Monday");
  await page.setInputFiles("#photo", { name: "lamp.png", mimeType: "image/png", buffer: DOT });
  await page.click("button:has-text('Continue')");
  // The rounds before this one reported the same: this is another.
  if (page.url().endsWith("/alike")) {
    await page.check('input[value="none"]');
    await page.click("button:has-text('Continue')");
  }
  await page.fill("#email", "amina@example.org");
  await page.click("button:has-text('Continue')");
  check.holds(`${how}: answers can be checked`, (await page.textContent(".check")).includes("Dark since Monday"));
  await page.click("button:has-text('Send the report')");
  const code = (await page.textContent(".ref")).trim();
  check.holds(`${how}: there is a reference`, /^R-[0-9A-Z]{4,}$/.test(code));
  const own = await page.getAttribute("a:has-text('your private page')", "href");
  return { code, own };
}

async function answer(town, check, code, how, options) {
  const desk = await visit(town, { ...options, persona: "administrator" });
  await desk.goto(`/desk/${code}`);
  await desk.click("button:has-text('Take it on')");
  await desk.fill("#note-text", "Key is with the porter");
  await desk.click("button:has-text('Keep the note')");
  check.holds(`${how}: the note is inside its frame`, (await desk.textContent(".internal")).includes("porter"));
  await desk.fill("#answer-text", "We come on Monday");
  await desk.click("button:has-text('Publish the answer')");
  // Two at once: a second form made before the first was sent.
  const other = await visit(town, { ...options, persona: "administrator" });
  await other.goto(`/desk/${code}`);
  await desk.fill("#resolve-text", "A new bulb was put in");
  await desk.click("button:has-text('Resolve')");
  await other.click("summary:has-text('Decline it')");
  await other.fill("#decline-text", "My words stay");
  await other.click("button:has-text('Decline with these reasons')");
  check.holds(`${how}: the late one is told, and keeps the words`, (await other.textContent(".esum")).length > 20);
  await other.context().close();
  await desk.context().close();
}

async function follow(town, check, code, how, options) {
  const page = await visit(town, options);
  await page.goto(`/requests/${code}`);
  const text = await page.textContent("main");
  check.holds(`${how}: what was done is public`, text.includes("A new bulb was put in") && text.includes("We come on Monday"));
  check.holds(`${how}: the note and the contact are not`, !text.includes("porter") && !text.includes("amina@"));
  await page.fill("#email", "ines@example.org");
  await page.click("button:has-text('Send me news')");
  check.holds(`${how}: following is confirmed by mail`, await appears(page, ".flash"));
  await page.goto("/outbox");
  check.holds(`${how}: the mail is in the outbox`, (await page.textContent("main")).includes("ines@example.org"));
  await soon(() => page.goto(`/requests/${code}`).then(() => page.locator("a:has-text('Entry')").count()), (entries) => entries > 0);
  await page.click("a:has-text('Entry')");
  check.holds(`${how}: the entry is a sentence`, (await page.textContent("h1")).includes(code));
  await page.context().close();
}

export async function flows(town, check) {
  for (const [width, script] of [[1280, true], [390, true], [1280, false], [390, false]]) {
    const how = `${width} px, ${script ? "with script" : "plain"}`;
    const options = { width, script, errors: [] };
    const page = await visit(town, options);
    try {
      const { code, own } = await report(town, check, page, how);
      await page.goto(own);
      await page.fill("#description", "Dark since Sunday");
      await page.click("button:has-text('Save the correction')");
      check.holds(`${how}: the private link corrects`, await appears(page, ".flash"));
      await page.goto(`/requests?q=${code}`);
      await answer(town, check, code, how, options);
      await follow(town, check, code, how, options);
      await page.goto("/requests?category=graffiti&district=1&state=closed");
      check.holds(`${how}: the list filters`, (await page.locator(".closing li").count()) > 5);
      check.equal(`${how}: no script fails`, options.errors.join("; "), "");
    } catch (error) {
      check.holds(`${how}: the flow comes to its end`, false, `${error.message.split("\n").slice(0, 3).join(" ")} at ${page.url()}`);
    }
    await page.context().close();
  }
}
