// A survey along a branch, a place at a meeting, an answer to a comment; with and without JavaScript.
import { someProposal } from "./participation.mjs";
import { appears, visit } from "./town.mjs";

async function firstOf(town, list, standing) {
  const all = await fetch(`${town.url}/${list}.json`).then((answer) => answer.json());
  return all[list].find((one) => one.standing === standing).code;
}

// The pages of surveys, meetings and discussions, for the checks of every page.
export async function gatheringPages(town) {
  const [counted, open] = [await firstOf(town, "surveys", "counted"), await firstOf(town, "surveys", "open")];
  const [coming, held] = [await firstOf(town, "meetings", "coming"), await firstOf(town, "meetings", "minuted")];
  const proposal = await someProposal(town, "process=budget-2018&sort=discussed");
  const talk = await fetch(`${town.url}/comments.json?kind=proposal&id=${proposal}`).then((answer) => answer.json());
  const comment = talk.comments[1].id;
  return {
    everybody: ["/surveys", `/surveys/${counted}`, `/surveys/${counted}/results`, `/surveys/${open}`, "/meetings", `/meetings/${coming}`, `/meetings/${held}`, `/proposals/${proposal}`, `/comments?kind=proposal&id=${proposal}&sort=newest`, `/comments/${comment}/thread`],
    staff: [`/surveys/${open}/answer/often`, `/surveys/${open}/send`, `/comments/${comment}/reply`, "/admin/surveys", `/admin/surveys/${open}`, `/admin/surveys/${open}/form`, `/admin/surveys/${counted}/answers`, "/admin/meetings", `/admin/meetings/${coming}`, `/admin/meetings/${coming}/people`, `/admin/meetings/${held}/minutes`, `/proposals/${proposal}/split`],
  };
}

export async function gatherings(town, check) {
  for (const [script, width, persona] of [[true, 1280, "resident"], [false, 390, "officer"]]) {
    const how = `surveys and meetings, ${script ? "with script" : "plain"}`;
    const options = { width, script, errors: [] };
    const page = await visit(town, { ...options, persona });
    try {
      await page.goto("/surveys");
      await page.click("a:has-text('Evenings in our parks')");
      await page.click("a:has-text('Answer the questions')");
      await page.click("button:has-text('Continue')");
      check.holds(`${how}: an open question is said`, await appears(page, ".esum"));
      await page.check('input[value="daily"]');
      await page.click("button:has-text('Continue')");
      check.holds(`${how}: who is out is asked what helps`, (await page.textContent("main")).includes("What would help?"));
      await page.check('input[value="light"]');
      await page.fill("#q2", "22");
      await page.click("button:has-text('Continue')");
      await page.click("button:has-text('Continue')");
      check.holds(`${how}: the answers are shown to check`, (await page.textContent("main")).includes("More light"));
      await page.click("a:has-text('Are you out after dark?')");
      await page.check('input[value="weekly"]');
      await page.click("button:has-text('Continue')");
      check.holds(`${how}: another answer takes another way`, (await page.textContent("h1")).includes("Your district"));
      await page.click("button:has-text('Continue')");
      await page.click("button:has-text('Send my answers')");
      check.holds(`${how}: they have arrived`, (await page.textContent("main")).includes("your answers have arrived"));

      await page.goto("/meetings");
      await page.click("a:has-text('An evening for proposals')");
      await page.click("button:has-text('Put me on the waiting list')");
      check.holds(`${how}: who comes late waits`, (await page.textContent("aside.side")).includes("on the waiting list"));
      await page.click("button:has-text('Give my place back')");
      check.holds(`${how}: and gives the place back`, await appears(page, "button:has-text('Put me on the waiting list')"));

      const proposal = await someProposal(town, "process=budget-2018&sort=discussed");
      await page.goto(`/proposals/${proposal}`);
      await page.click(".cm > li a:has-text('Reply')");
      const words = `They walk there at eight, ${script ? "I think" : "I am told"}.`;
      await page.fill("#text", words);
      await page.click("button:has-text('Add the comment')");
      check.holds(`${how}: the answer stands under what it answers`, (await page.textContent(".cm > li > ol")).includes(words));
      await page.goto(`/comments?kind=proposal&id=${proposal}&sort=newest`);
      check.holds(`${how}: and in the list of all`, (await page.textContent("main")).includes(words));
      if (script) {
        await page.goto("/proposals/new?process=budget-2018");
        await page.fill("#title", "Lamps for the steps to the river");
        await page.waitForFunction(() => document.querySelector("[data-kept]")?.textContent !== "", null, { timeout: 8000 });
        await page.goto("/proposals/mine");
        check.holds(`${how}: a draft is kept as one types`, (await page.textContent("main")).includes("Lamps for the steps"));
      }
      check.equal(`${how}: no script fails`, options.errors.join("; "), "");
    } catch (error) {
      check.holds(`${how}: the flow comes to its end`, false, error.message.split("\n").slice(0, 3).join(" "));
    }
    await page.context().close();
  }
  const arab = await visit(town, { language: "ar", width: 390 });
  for (const path of ["/surveys", "/meetings"]) {
    await arab.goto(path);
    check.equal(`surveys and meetings, right to left: ${path}`, await arab.getAttribute("html", "dir"), "rtl");
    const overflow = await arab.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
    check.holds(`surveys and meetings, right to left: ${path} fits`, !overflow);
  }
  await arab.context().close();
}
