// A conversation in a browser: answered by thumb and by keyboard, with and without JavaScript, from right to left; the map as a
// picture and in words; a facilitator who looks after statements.
import { createServer } from "node:http";
import { appears, visit } from "./town.mjs";

// The address of the open conversation of the demo town, for the checks of every page.
async function somePath(town) {
  const all = await (await fetch(`${town.url}/conversations.json`)).json();
  return `/conversations/${all[0].code}`;
}

export async function conversationPages(town) {
  const path = await somePath(town);
  const parts = ["", "/facts", "/take-part", "/take-part?challenge=yes", "/write", "/map", "/statements", "/report", "/report/overview", "/log", "/export", "/embed"];
  return ["/conversations", ...parts.map((part) => path + part), `/embed${path}`, `/embed${path}/map`];
}

export async function facilitatorPages(town) {
  const path = await somePath(town);
  return [`/desk${path}`, `/desk${path}/statements?show=open`, `/desk${path}/drafts`, `/desk${path}/report`, `/desk${path}/report/preview`];
}

// The open conversation of the demo town.
async function open(page) {
  await page.goto("/conversations");
  await page.click("#h-open ~ .cards a");
  return new URL(page.url()).pathname;
}

async function answering(town, check, script) {
  const how = `conversations, ${script ? "with script" : "plain"}`;
  const errors = [];
  const page = await visit(town, { width: script ? 1280 : 320, script, errors });
  try {
    const path = await open(page);
    await page.goto(`${path}/take-part`);
    const first = await page.textContent("#statement");
    await page.check("input[name=important]");
    await page.click(".stance.agree");
    await page.waitForFunction((before) => document.querySelector("#statement")?.textContent !== before, first);
    check.holds(`${how}: another statement comes`, (await page.textContent("#how-far")).startsWith("1 of"), await page.textContent("#how-far"));
    if (script) {
      check.equal(`${how}: the focus is on it`, await page.evaluate(() => document.activeElement?.id), "statement");
      for (const key of ["1", "2", "3"]) {
        const before = await page.textContent("#statement");
        await page.keyboard.press(key);
        await page.waitForFunction((was) => document.querySelector("#statement")?.textContent !== was, before);
      }
      check.holds(`${how}: keys answer`, (await page.textContent("#how-far")).startsWith("4 of"));
    }
    await page.click("button:has-text('Take back my last answer')");
    check.holds(`${how}: the last answer is taken back`, await appears(page, ".flash"));
    await page.click("a:has-text('Write a statement')");
    await page.fill("#words", "Every bus stop should have shade and seats");
    await page.click("button:has-text('Send')");
    check.holds(`${how}: what is like it is shown`, (await page.textContent("main")).includes("Is it one of these?"));
    await page.fill("#words", script ? "Kites should be allowed in the park on Sundays" : "Drinking fountains belong on every square");
    await page.click("button:has-text('Mine is different')");
    check.holds(`${how}: somebody looks at it first`, (await page.textContent(".flash")).includes("Somebody looks"));
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
    check.holds(`${how}: nothing is wider than the screen`, !overflow);
    await page.goto(`${path}/map`);
    check.holds(`${how}: the map is a picture and words`, (await page.locator("svg.omap").count()) === 1 && (await page.textContent("main")).includes("Group A"));
    if (script) {
      const before = await page.textContent("#live-map figcaption .meta");
      const other = await visit(town, {});
      await other.goto(`${path}/take-part`);
      await other.click(".stance.agree");
      await page.bringToFront();
      await page.waitForFunction((was) => document.querySelector("#live-map figcaption .meta")?.textContent !== was, before, { timeout: 30000 });
      check.holds(`${how}: the open map is drawn anew when somebody answers`, true);
      await other.context().close();
    }
    check.equal(`${how}: no script fails`, errors.join("; "), "");
  } catch (error) {
    check.holds(`${how}: the flow comes to its end`, false, `${error.message.split("\n").slice(0, 3).join(" ")} at ${page.url()}`);
  }
  await page.context().close();
}

async function rightToLeft(town, check) {
  const page = await visit(town, { width: 390, language: "ar" });
  const path = await open(page);
  for (const part of ["", "/take-part", "/map", "/statements", "/report"]) {
    await page.goto(`${path}${part}`);
    check.equal(`conversations, right to left: ${part || "page"}`, await page.getAttribute("html", "dir"), "rtl");
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
    check.holds(`conversations, right to left: ${part || "page"} fits`, !overflow);
  }
  await page.context().close();
}

async function facilitating(town, check) {
  const page = await visit(town, { script: false, persona: "administrator" });
  await page.goto("/desk/conversations");
  await page.click(".chip.y");
  const waiting = await page.locator("ol.cm > li").count();
  check.holds("conversations, desk: what was written waits", waiting >= 2, String(waiting));
  await page.click("ol.cm > li >> nth=0 >> button:has-text('Accept')");
  check.equal("conversations, desk: accepted", await page.locator("ol.cm > li").count(), waiting - 1);
  await page.click("summary:has-text('Do not show, or merge')");
  await page.click("button:has-text('Do not show')");
  await page.click("a:has-text('What facilitators did')");
  check.holds("conversations, desk: both stand in the public log", (await page.textContent("main")).includes("accepted") && (await page.textContent("main")).includes("not shown"));
  await page.context().close();
}

// Splits a statement of the demo: it stays to be seen, its parts name it.
async function splitting(town, check) {
  const page = await visit(town, { script: false, persona: "administrator" });
  const path = await somePath(town);
  await page.goto(`/desk${path}/statements?show=open`);
  const number = (await page.textContent("ol.cm > li:last-child .id")).trim();
  await page.click(`summary:has-text("Split into several ${number}")`);
  await page.fill(`#parts-${number}`, "Benches should stand at every stop\nEvery stop should have a roof");
  await page.click(`button:has-text("Split it ${number}")`);
  check.holds("conversations, splitting: done", (await page.textContent(".flash")).includes("Done"), await page.textContent("main"));
  await page.goto(`${path}/statements?sort=new`);
  const words = await page.textContent("main");
  check.holds("conversations, splitting: the parts name the whole", words.includes("Benches should stand at every stop") && words.includes(`Split from statement ${number}`));
  await page.goto(`${path}/log`);
  check.holds("conversations, splitting: it stands in the log", (await page.textContent("main")).includes(`Statement ${number} split into`));
  await page.context().close();
}

// How the map came about: played, paused, moved by keys; step by step for who asks for less motion; as links without script.
async function playback(town, check) {
  const errors = [];
  const page = await visit(town, { errors });
  const path = await somePath(town);
  const moments = async (one) => one.locator(".playback li").count();
  try {
    await page.goto(`${path}/map`);
    const count = await moments(page);
    check.holds("conversations, playback: the moments are a list", count > 3, String(count));
    const slider = page.locator(".playing input");
    check.equal("conversations, playback: it begins with now", await slider.getAttribute("aria-valuetext"), "Now");
    await slider.focus();
    await page.keyboard.press("Home");
    await page.waitForFunction(() => document.querySelector("#live-map")?.dataset.still === "yes");
    const first = await page.textContent(".playing [role=status]");
    const link = await page.textContent(".playback li:first-child a");
    check.holds("conversations, playback: the moment is said in words", first.startsWith(link), first);
    check.equal("conversations, playback: the slider says it too", await slider.getAttribute("aria-valuetext"), link);
    check.equal("conversations, playback: there is one picture", await page.locator("svg.omap").count(), 1);
    await page.click(".playing button");
    await page.waitForFunction((was) => document.querySelector(".playing [role=status]")?.textContent !== was, first);
    check.equal("conversations, playback: it plays", await page.textContent(".playing button"), "Pause");
    await page.keyboard.press("Escape");
    check.equal("conversations, playback: Escape pauses", await page.textContent(".playing button"), "Play how it came about");
    const paused = await page.textContent(".playing [role=status]");
    await page.waitForTimeout(2500);
    check.equal("conversations, playback: paused is paused", await page.textContent(".playing [role=status]"), paused);
    await slider.focus();
    await page.keyboard.press("End");
    await page.waitForFunction(() => !document.querySelector("#live-map")?.dataset.still);
    check.equal("conversations, playback: the end is now", await page.getAttribute(".playback li:last-child a", "aria-current"), "true");
    await page.emulateMedia({ reducedMotion: "reduce" });
    await page.goto(`${path}/map`);
    check.equal("conversations, playback: less motion steps", await page.textContent(".playing button"), "Next moment");
    await page.click(".playing button");
    await page.waitForFunction(() => document.querySelector("#live-map")?.dataset.still === "yes");
    const stepped = await page.textContent(".playing [role=status]");
    await page.waitForTimeout(2500);
    check.equal("conversations, playback: and moves no further", await page.textContent(".playing [role=status]"), stepped);
    check.equal("conversations, playback: no script fails", errors.join("; "), "");
    const plain = await visit(town, { script: false, width: 320 });
    await plain.goto(`${path}/map`);
    check.equal("conversations, playback: without script there are only links", await plain.locator(".playing").count(), 0);
    await plain.click(".playback li:first-child a");
    check.holds("conversations, playback: they lead to the moment", (await plain.textContent("main")).includes("The map as it was on"));
    await plain.context().close();
  } catch (error) {
    check.holds("conversations, playback: the flow comes to its end", false, `${error.message.split("\n").slice(0, 3).join(" ")} at ${page.url()}`);
  }
  await page.context().close();
}

// A report is written from the lists of the map, looked at, published; a second edition has its reason.
async function reporting(town, check) {
  const page = await visit(town, { script: false, persona: "administrator" });
  const path = await somePath(town);
  try {
    await page.goto(`/desk${path}/report`);
    await page.check("input[name^='pick[s'] >> nth=0");
    await page.click("button:has-text('Add what is ticked')");
    check.holds("conversations, report: what was ticked is in the part", (await page.inputValue("#statements-0")) !== "");
    await page.fill("textarea[name='words-0[en]']", "Nearly **everybody** agrees.");
    await page.fill("textarea[name='words-1[en]']", "Groups differ about parking.");
    await page.fill("textarea[name='words-2[en]']", "The council answers in spring.");
    await page.click("button:has-text('Keep and look at it')");
    check.holds("conversations, report: the preview shows it", (await page.textContent("#report strong")) === "everybody");
    if (await page.locator("#reason").count()) await page.fill("#reason", "Tried again");
    await page.click("button:has-text('Publish this edition')");
    check.holds("conversations, report: it is public", (await page.textContent("main")).includes("Groups differ about parking."));
    const reader = await visit(town, { width: 320, language: "ar", script: false });
    await reader.goto(`${path}/report`);
    const overflow = await reader.evaluate(() => document.documentElement.scrollWidth > innerWidth);
    check.holds("conversations, report: it fits a small screen from right to left", !overflow);
    await reader.context().close();
  } catch (error) {
    check.holds("conversations, report: the flow comes to its end", false, `${error.message.split("\n").slice(0, 3).join(" ")} at ${page.url()}`);
  }
  await page.context().close();
}

// A page of another site (127.0.0.1 and localhost are two sites) with the code that our page gives to copy.
async function framed(town, check, script) {
  const how = `conversations, in a frame, ${script ? "with script" : "plain"}`;
  const errors = [];
  const page = await visit(town, { width: script ? 1280 : 390, script, errors });
  const path = await somePath(town);
  await page.goto(`${path}/embed`);
  const code = await page.inputValue("#snippet-part");
  const host = createServer((_, answer) => {
    answer.setHeader("content-type", "text/html; charset=utf-8");
    answer.end(`<!doctype html><html lang="en"><title>News</title><h1>News of elsewhere</h1>${code}<iframe id="other" title="not for frames" src="${town.url}${path}/take-part"></iframe></html>`);
  });
  await new Promise((ready) => host.listen(0, "127.0.0.1", ready));
  try {
    await page.goto(`http://127.0.0.1:${host.address().port}/`);
    const frame = page.frames().find((one) => one.url().includes("/embed/conversations/"));
    await frame.waitForSelector(".stance.agree");
    for (const done of [1, 2]) {
      const before = await frame.textContent("#statement");
      await frame.click(done === 1 ? ".stance.agree" : ".stance.disagree");
      await frame.waitForFunction((was) => document.querySelector("#statement")?.textContent !== was, before);
      check.holds(`${how}: answer ${done} counts for the same person`, (await frame.textContent("#how-far")).startsWith(`${done} of`), await frame.textContent("#how-far"));
    }
    await frame.click("button:has-text('Take back my last answer')");
    await frame.waitForFunction(() => document.querySelector("#how-far")?.textContent.startsWith("1 of"));
    check.holds(`${how}: the last answer is taken back`, true);
    await frame.click("a:has-text('See the map')");
    await frame.waitForSelector("svg.omap");
    check.holds(`${how}: the map comes in the frame`, (await frame.textContent("main")).includes("Group A"));
    const other = page.frames().find((one) => one !== page.mainFrame() && one !== frame);
    check.holds(`${how}: no other page lets itself be framed`, (await other.locator("#answering").count()) === 0, other.url());
    const overflow = await frame.evaluate(() => document.documentElement.scrollWidth > innerWidth);
    check.holds(`${how}: nothing is wider than the frame`, !overflow);
    const ours = errors.filter((text) => !/frame-ancestors|X-Frame-Options|Refused to (display|frame)|Framing/i.test(text));
    check.equal(`${how}: no script fails`, ours.join("; "), "");
  } catch (error) {
    check.holds(`${how}: the flow comes to its end`, false, `${error.message.split("\n").slice(0, 3).join(" ")} at ${page.url()}`);
  }
  host.close();
  await page.context().close();
}

// The map of the demo is drawn in the background after the start.
async function drawn(town) {
  for (let tries = 0; tries < 120; tries += 1) {
    const all = await (await fetch(`${town.url}/conversations.json`)).json();
    if (all.length > 0 && all[0].people > 0) return;
    await new Promise((wait) => setTimeout(wait, 500));
  }
}

export async function conversations(town, check) {
  await drawn(town);
  await answering(town, check, true);
  await answering(town, check, false);
  await rightToLeft(town, check);
  await facilitating(town, check);
  await framed(town, check, true);
  await framed(town, check, false);
  await splitting(town, check);
  await playback(town, check);
  await reporting(town, check);
}
