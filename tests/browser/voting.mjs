// A resident votes on a budget, keeps her receipt, and reads why a past vote ended as it did; with and without JavaScript.
import { visit } from "./town.mjs";

async function votes(town) {
  const list = await fetch(`${town.url}/votes.json`).then((answer) => answer.json());
  const of = (phase) => list.votes.find((vote) => vote.phase === phase).code;
  return { open: of("open"), past: of("decided") };
}

// Addresses of votes, for the checks of every page.
export async function someVotes(town) {
  const { open, past } = await votes(town);
  return { everybody: ["/votes", `/votes/${open}`, `/votes/${past}`, `/votes/${past}/results`, `/votes/${past}/ballots`], staff: ["/admin/votes", `/admin/votes/${open}`, "/admin/votes/import", `/votes/${open}/ballot`] };
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
    check.equal(`${how}: no errors`, errors.join("; "), "");
    await page.context().close();
  }
}
