// A resident votes on a budget, keeps her receipt, and reads why a past vote ended as it did; with and without JavaScript.
import { visit } from "./town.mjs";

async function votes(town) {
  const list = await fetch(`${town.url}/votes.json`).then((answer) => answer.json());
  const whole = await Promise.all(list.votes.map((vote) => fetch(`${town.url}/votes/${vote.code}.json`).then((answer) => answer.json())));
  const of = (phase, inParts) => whole.find((vote) => vote.phase === phase && vote.areas.length > 0 === inParts).code;
  return { open: of("open", false), past: of("decided", false), openParts: of("open", true), pastParts: of("decided", true) };
}

// Addresses of votes, for the checks of every page.
export async function someVotes(town) {
  const { open, past, openParts, pastParts } = await votes(town);
  const parts = [`/votes/${openParts}`, `/votes/${pastParts}/results`, `/votes/${pastParts}/areas/3`, `/votes/${pastParts}/areas/town`];
  return { everybody: ["/votes", `/votes/${open}`, `/votes/${past}`, `/votes/${past}/results`, `/votes/${past}/ballots`, ...parts], staff: ["/admin/votes", `/admin/votes/${open}`, "/admin/votes/import", `/votes/${open}/ballot`, `/votes/${openParts}/ballot`, ...(await aRoll(town))] };
}

// A draft with a roll, for the pages of its makers.
async function aRoll(town) {
  const page = await visit(town, { persona: "administrator" });
  await page.goto("/admin/votes");
  await page.fill("#title", "A vote with a roll");
  await page.click("main form button.pri");
  const draft = new URL(page.url()).pathname;
  await page.selectOption("#voters", "roll");
  await page.click("button.pri:has-text('Save')");
  await page.context().close();
  return [draft, `${draft}/roll`];
}

export async function voting(town, check) {
  const { open, past } = await votes(town);
  for (const [script, width, persona] of [[true, 1280, "resident"], [false, 390, "moderator"]]) {
    const how = `voting, ${script ? "with script" : "plain"}`;
    const errors = [];
    const page = await visit(town, { width, script, errors, persona });
    await page.goto("/votes");
    await page.click(`a[href="/votes/${open}"]`);
    await page.click(".support button");
    const boxes = await page.locator('input[name="choice"]').all();
    for (const box of boxes) await box.check();
    if (script) {
      await page.waitForSelector("[data-cart=left].over");
      check.holds(`${how}: the sum is seen to be too much`, (await page.textContent("[data-cart=left]")).includes("Too much by"));
    }
    await page.click("main form button.pri");
    check.holds(`${how}: too much is refused in a sentence`, (await page.textContent(".esum")).includes("costs more than the budget"));
    check.equal(`${how}: what was ticked stays`, await page.locator('input[name="choice"]:checked').count(), boxes.length);
    for (const box of (await page.locator('input[name="choice"]').all()).slice(1)) await box.uncheck();
    if (script) await page.waitForSelector("[data-cart=left]:not(.over)");
    await page.click("main form button.pri");
    check.holds(`${how}: the ballot is shown before it is cast`, (await page.textContent("main")).includes("A ballot is final"));
    await page.click("button[name=again]");
    check.equal(`${how}: it can be changed before`, await page.locator('input[name="choice"]:checked').count(), 1);
    await page.click("main form button.pri");
    await page.click("button.pri:has-text('Cast my ballot')");
    check.holds(`${how}: the receipt is told`, /^[2-9A-Z]{4}(-[2-9A-Z]{4}){3}$/.test(await page.textContent(".ref")));
    check.holds(`${how}: and stands in no address`, page.url().endsWith(`/votes/${open}/ballots`));
    await page.goto(`/votes/${open}`);
    check.holds(`${how}: one sees that one has voted`, (await page.textContent(".support")).includes("You have voted"));
    await page.goto(`/votes/${past}/results`);
    check.holds(`${how}: every project has its reason`, (await page.locator("tbody tr[id^=o-]").count()) >= 10);
    check.holds(`${how}: other rules stand beside`, (await page.locator("table.whatif tbody tr").count()) >= 4);
    await byDistrict(town, check, page, how, script);
    check.equal(`${how}: no errors`, errors.join("; "), "");
    await page.context().close();
  }
  await roll(town, check);
}

// One chooses a district and shares out its own sum.
async function byDistrict(town, check, page, how, script) {
  const { openParts, pastParts } = await votes(town);
  await page.goto(`/votes/${openParts}/ballot`);
  await page.click("main form button.pri");
  check.holds(`${how}: where to vote has to be said`, (await page.textContent(".esum")).includes("Choose a district"));
  await page.check('input[name="in"][value="11"]');
  await page.click("main form button.pri");
  check.holds(`${how}: the district stands in no address`, page.url().endsWith(`/votes/${openParts}/ballot`));
  check.equal(`${how}: the town and one district are on the ballot`, (await page.locator("fieldset legend").allTextContents()).join(" | "), "The whole town | Council District 11");
  const here = page.locator(".part").nth(1);
  for (const box of await here.locator('input[name="choice"]').all()) await box.check();
  if (script) {
    await here.locator("[data-cart=left].over").waitFor();
    check.equal(`${how}: only the sum of that district is too much`, await page.locator("[data-cart=left].over").count(), 1);
  }
  await page.click("main form button.pri");
  check.holds(`${how}: too much for the district is refused`, (await page.textContent(".esum")).includes("costs more than the budget"));
  check.equal(`${how}: the district stays`, await page.locator("fieldset legend").count(), 2);
  for (const box of (await here.locator('input[name="choice"]').all()).slice(1)) await box.uncheck();
  await page.click("main form button.pri");
  check.holds(`${how}: what is left of the district is told`, (await page.textContent("main")).includes("Council District 11: "));
  await page.click("button.pri:has-text('Cast my ballot')");
  check.holds(`${how}: the receipt is told`, /^[2-9A-Z]{4}(-[2-9A-Z]{4}){3}$/.test(await page.textContent(".ref")));
  await page.goto(`/votes/${pastParts}/results`);
  check.equal(`${how}: each area has its line`, await page.locator("tbody tr[id^=a-]").count(), 5);
  await page.click("tbody tr[id^=a-] >> nth=2 >> a");
  check.holds(`${how}: and its reasons`, (await page.locator("tbody tr[id^=o-]").count()) === 3);
  if (script) {
    await page.click("a:has-text('Recount it in your browser')");
    await page.waitForSelector(".verdict.good, .notice.good");
    check.holds(`${how}: the second count of the district agrees`, true);
  }
}

// A clerk tries a roll, sees what is set aside, keeps the others.
async function roll(town, check) {
  const [draft, page_of_roll] = await aRoll(town);
  const page = await visit(town, { persona: "administrator", script: false, width: 390 });
  const file = { name: "roll.csv", mimeType: "text/csv", buffer: Buffer.from("number,email,born,district\nA1,amina@example.org,1990-05-17,3\nA2,,31.02.1990,3\n") };
  await page.goto(page_of_roll);
  await page.setInputFiles("#file", file);
  await page.click("button:has-text('Try')");
  check.holds("a roll: what is set aside is told with its line", (await page.textContent("main")).includes("This is no day of birth"));
  check.holds("a roll: a look keeps nothing", (await page.textContent(".lead")).startsWith("0 people"));
  await page.setInputFiles("#file", file);
  await page.click("button:has-text('Put them on the roll')");
  check.holds("a roll: the others are kept", (await page.textContent(".lead")).startsWith("1 people"));
  await page.goto(draft);
  check.holds("a roll: the draft counts it", (await page.textContent("main")).includes("1 people are on the roll"));
  await page.context().close();
}
