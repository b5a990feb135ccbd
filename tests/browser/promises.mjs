// A promise grows out of a report, is postponed and kept; the thread tells it; with and without JavaScript.
import { appears, visit } from "./town.mjs";

async function someCode(town) {
  const list = await fetch(`${town.url}/requests.json?limit=1&category=bulky-items`).then((answer) => answer.json());
  return list.requests[0].code;
}

// The reference of a promise of the demo, for the checks of every page.
export async function somePromise(town) {
  const list = await fetch(`${town.url}/commitments.json?limit=1`).then((answer) => answer.json());
  return list.commitments[0].code;
}

export async function promises(town, check) {
  const report = await someCode(town);
  for (const [script, width] of [[true, 1280], [false, 390]]) {
    const how = `promises, ${script ? "with script" : "plain"}`;
    const options = { width, script, errors: [] };
    const people = [];
    try {
      const officer = await visit(town, { ...options, persona: "officer" });
      people.push(officer);
      await officer.goto(`/requests/${report}`);
      await officer.click("a:has-text('Promise something because of this')");
      const title = `A skip on the corner ${script ? "from March on" : "from April on"}`;
      await officer.fill("#title", title);
      // Jonas answers for two agencies, so he says for which he promises.
      await officer.selectOption("#organisation", "bos");
      await officer.click("button:has-text('Promise it')");
      check.equal(`${how}: the agency stays chosen`, await officer.inputValue("#organisation"), "bos");
      check.holds(`${how}: a promise has a day`, await appears(officer, ".esum"));
      check.equal(`${how}: what was typed stays`, await officer.inputValue("#title"), title);
      await officer.fill("#due", "2018-03-31");
      await officer.click("button:has-text('Promise it')");
      check.holds(`${how}: it is public`, (await officer.textContent("h1")).includes(title));
      const page = new URL(officer.url()).pathname;
      await officer.click("a:has-text('Say what becomes of it')");
      await officer.click("summary:has-text('Postpone it')");
      await officer.fill("#until", "2018-04-30");
      await officer.click("button:has-text('Postpone it')");
      check.holds(`${how}: a delay has reasons`, await appears(officer, ".esum"));
      await officer.fill("details[open] textarea[name=text] >> nth=-1", "The skips come late");
      await officer.click("button:has-text('Postpone it')");
      await officer.fill("#fulfil-text", "The skip is there");
      await officer.click("button:has-text('It was kept')");
      const visitor = await visit(town, options);
      people.push(visitor);
      await visitor.goto(page);
      const text = await visitor.textContent("main");
      check.holds(`${how}: the old day stays, with its reasons`, text.includes("31 March 2018") && text.includes("The skips come late"));
      check.holds(`${how}: it was kept`, text.includes("The skip is there"));
      await visitor.click("a:has-text('See the whole thread')");
      const thread = await visitor.textContent("main");
      check.holds(`${how}: the thread tells of both`, thread.includes(report) && thread.includes(title));
      check.holds(`${how}: and draws it`, (await visitor.locator("svg.threadline circle").count()) >= 2);
      await visitor.goto("/commitments/outcomes");
      check.holds(`${how}: you said, we did`, (await visitor.textContent("main")).includes("The skip is there"));
      check.equal(`${how}: no script fails`, options.errors.join("; "), "");
    } catch (error) {
      check.holds(`${how}: the flow comes to its end`, false, error.message.split("\n").slice(0, 3).join(" "));
    }
    for (const page of people) await page.context().close();
  }
}
