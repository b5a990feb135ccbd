// From an idea to an amendment that its author takes; with and without JavaScript.
import { appears, soon, visit } from "./town.mjs";

// A proposal of the demo, for the checks of every page.
export async function someProposal(town, query = "process=budget-2017&sort=supported") {
  const list = await fetch(`${town.url}/proposals.json?limit=1&${query}`).then((answer) => answer.json());
  return list.proposals[0].code;
}

export async function participation(town, check) {
  for (const [script, width] of [[true, 1280], [false, 390]]) {
    const how = `taking part, ${script ? "with script" : "plain"}`;
    const options = { width, script, errors: [] };
    const title = `Benches for the ${script ? "eastern" : "western"} riverbank`;
    const people = [];
    const be = async (persona) => {
      const page = await visit(town, { ...options, persona });
      people.push(page);
      return page;
    };
    try {
      const resident = await be("resident");
      await resident.goto("/processes");
      await resident.click("a:has-text('People’s budget 2018')");
      await resident.click("a:has-text('Make a proposal')");
      await resident.fill("#title", title);
      await resident.press("#title", "Enter");
      check.holds(`${how}: Enter saves the draft`, (await resident.textContent(".flash")).includes("The draft is saved"));
      check.equal(`${how}: Enter sets no pin`, await resident.inputValue("#lat"), "");
      await resident.click("button:has-text('Hand in the proposal')");
      check.holds(`${how}: what is missing is said`, await appears(resident, ".esum"));
      await resident.fill("#text", "There is nowhere to sit along the river, and the walk is long for old people.");
      await resident.selectOption("#category", "green");
      await resident.selectOption("#district", "3");
      await resident.fill("#cost", "12000");
      await resident.click("button:has-text('Hand in the proposal')");
      check.holds(`${how}: it is public`, (await resident.textContent("h1")).includes(title));
      const path = new URL(resident.url()).pathname;
      const officer = await be("officer");
      await officer.goto(path);
      await officer.check('input[name="side"][value="for"]');
      await officer.fill("#argument", "I walk there too.");
      await officer.click("button:has-text('Add the argument')");
      check.holds(`${how}: the argument stands there`, (await officer.textContent("main")).includes("I walk there too."));
      await officer.click("a:has-text('Propose an amendment')");
      await officer.fill("#text", "There is nowhere to sit or to drink along the river, and the walk is long for old people.");
      await officer.fill("#why", "Water belongs to it.");
      await officer.click("button:has-text('Propose this amendment')");
      check.holds(`${how}: what would change is marked`, (await officer.textContent("ins")).includes("or to drink"));
      check.holds(`${how}: who proposes it does not decide`, !(await officer.textContent("main")).includes("Take these words"));
      await resident.goto(new URL(officer.url()).pathname);
      await resident.click("button:has-text('Take these words')");
      await resident.goto(path);
      check.holds(`${how}: the words are taken, and their author is named`, (await resident.textContent("article")).includes("or to drink") && (await resident.textContent("aside.side")).includes("Words by"));
      const petition = await someProposal(town, "process=petitions&sort=newest");
      await resident.goto(`/proposals/${petition}`);
      const before = Number(await resident.textContent(".support .big"));
      await resident.click("button:has-text('Support this proposal')");
      check.equal(`${how}: the support counts`, Number(await resident.textContent(".support .big")), before + 1);
      await resident.click("button:has-text('Take my support back')");
      check.equal(`${how}: and is taken back`, Number(await resident.textContent(".support .big")), before);
      const visitor = await be("");
      const address = `/proposals?q=${encodeURIComponent(title)}`;
      const found = await soon(() => visitor.goto(address).then(() => visitor.locator(`main .closing a:has-text("${title}")`).count()), (links) => links > 0);
      check.equal(`${how}: everybody finds it`, found, 1);
      check.equal(`${how}: no script fails`, options.errors.join("; "), "");
    } catch (error) {
      check.holds(`${how}: the flow comes to its end`, false, error.message.split("\n").slice(0, 3).join(" "));
    }
    for (const page of people) await page.context().close();
  }
}
