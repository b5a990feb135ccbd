// A comment is reported, hidden, appealed against and shown again; with and without JavaScript.
import { appears, visit } from "./town.mjs";

// The newest open report of the demo.
async function someCode(town) {
  const list = await fetch(`${town.url}/requests.json?limit=1`).then((answer) => answer.json());
  return list.requests[0].code;
}

// The address of a case that waits, for the checks of every page.
export async function someCase(town) {
  const page = await visit(town, { script: false });
  const code = await someCode(town);
  await page.goto(`/moderation/report/request/${code}`);
  await page.check('input[value="off-topic"]');
  await page.click("button:has-text('Send the report')");
  await page.context().close();
  const moderator = await visit(town, { script: false, persona: "moderator" });
  await moderator.goto("/moderation");
  const path = await moderator.getAttribute("table.inbox a", "href");
  await moderator.context().close();
  return path;
}

export async function moderation(town, check) {
  const code = await someCode(town);
  for (const [script, width] of [[true, 1280], [false, 390]]) {
    const how = `moderation, ${script ? "with script" : "plain"}`;
    const options = { width, script, errors: [] };
    const words = `You fool of a ${script ? "gardener" : "painter"}`;
    const people = [];
    const be = async (persona) => {
      const page = await visit(town, { ...options, persona });
      people.push(page);
      return page;
    };
    try {
      const resident = await be("resident");
      await resident.goto(`/requests/${code}`);
      await resident.fill("#comment-text", words);
      await resident.click("button:has-text('Add the comment')");
      check.holds(`${how}: the comment is public`, (await resident.textContent(".cm")).includes(words));
      const officer = await be("officer");
      await officer.goto(`/requests/${code}`);
      await officer.click(`.cm li:has-text('${words}') a:has-text('Report this comment')`);
      check.holds(`${how}: the report quotes what it is about`, (await officer.textContent("main")).includes(words));
      await officer.click("button:has-text('Send the report')");
      check.holds(`${how}: a report has a reason`, await appears(officer, ".esum"));
      await officer.check('input[value="insult"]');
      await officer.fill("#note", "She works hard");
      await officer.click("button:has-text('Send the report')");
      check.holds(`${how}: the report is thanked for`, await appears(officer, ".flash"));
      const moderator = await be("moderator");
      await moderator.goto("/moderation?kind=comment");
      if (script) {
        // The keys come with a part of the script that is fetched after the page.
        await moderator.waitForSelector("html[data-keys=on]", { state: "attached" });
        await moderator.keyboard.press("j");
        await moderator.keyboard.press("o");
        await moderator.waitForURL(/cases/);
      } else await moderator.click(`tr:has-text('${words}') a`);
      check.holds(`${how}: the case shows words and note`, (await moderator.textContent("main")).includes(words) && (await moderator.textContent(".internal")).includes("She works hard"));
      await moderator.click("button:has-text('Hide it')");
      check.holds(`${how}: hiding has a reason`, await appears(moderator, ".esum"));
      await moderator.selectOption("#reason", "insult");
      await moderator.click("button:has-text('Hide it')");
      const visitor = await be("");
      await visitor.goto(`/requests/${code}`);
      const text = await visitor.textContent("main");
      check.holds(`${how}: hidden, with the reason`, !text.includes(words) && text.includes("Hidden by moderation"));
      await resident.goto(`/requests/${code}`);
      await resident.click(`.cm li:has-text('${words}') a:has-text('Why, and how to appeal')`);
      await resident.fill("#text", "It was a joke among friends");
      await resident.click("button:has-text('Send the appeal')");
      check.holds(`${how}: the appeal has a date`, (await resident.textContent("main")).includes("to be decided by"));
      await moderator.goto("/moderation?state=appealed");
      await moderator.click("table.inbox a");
      await moderator.click("button:has-text('The decision stands')");
      check.holds(`${how}: who hid it does not decide`, (await moderator.textContent(".esum")).includes("another moderator"));
      const administrator = await be("administrator");
      await administrator.goto("/moderation?state=appealed");
      await administrator.click("table.inbox a");
      await administrator.click("button:has-text('Show it again')");
      await visitor.goto(`/requests/${code}`);
      check.holds(`${how}: shown again`, (await visitor.textContent("main")).includes(words));
      await visitor.goto("/moderation/log");
      const log = await visitor.textContent("main");
      check.holds(`${how}: the log has it all but the words`, log.includes("Appeal granted") && log.includes("Insult") && !log.includes(words));
      check.equal(`${how}: no script fails`, options.errors.join("; "), "");
    } catch (error) {
      check.holds(`${how}: the flow comes to its end`, false, error.message.split("\n").slice(0, 3).join(" "));
    }
    for (const page of people) await page.context().close();
  }
}
