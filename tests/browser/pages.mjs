// Every kind of page: accessible (axe, WCAG 2.2 AA), valid HTML (vnu), nothing cut off at 320 px, all of it by keyboard.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { someQuestion } from "./alike.mjs";
import { dataPages, dataStaffPages } from "./data.mjs";
import { conversationPages, facilitatorPages } from "./conversations.mjs";
import { someCase } from "./moderation.mjs";
import { somePromise } from "./promises.mjs";
import { someProposal } from "./participation.mjs";
import { gatheringPages } from "./gatherings.mjs";
import { servicePages } from "./services.mjs";
import { visit } from "./town.mjs";
import { someVotes } from "./voting.mjs";

const require = createRequire(import.meta.url);
const AXE = require.resolve("axe-core/axe.min.js");
const VNU = require("vnu-jar");
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

async function someCode(town) {
  const list = await fetch(`${town.url}/requests.json?limit=1`).then((answer) => answer.json());
  return list.requests[0].code;
}

export async function pages(town, check) {
  const code = await someCode(town);
  const promise = await somePromise(town);
  const everybody = ["/", "/report", await someQuestion(town), "/requests", `/requests/${code}`, `/requests/${code}/me-too`, "/requests?q=zzzz", "/requests?state=overdue", "/requests/figures", "/requests/figures/backlog", "/requests/figures/districts/3", "/record", "/record/7", "/districts", "/districts/3", "/developers", "/about/data", "/about/retention", "/help", "/accessibility", "/privacy", "/source", "/mandates", "/moderation/log", "/commitments", `/commitments/${promise}`, `/thread/commitment/${promise}`, "/commitments/outcomes", "/commitments/embed", `/moderation/report/request/${code}`, "/search?q=main", ...(await conversationPages(town)), "/sign-in", "/outbox", "/nothing-here", "/report/device", "/report/paper", "/embed", "/embed/requests?district=3", "/alerts?district=3", "/works", "/recount"];
  const staff = ["/moderation?state=closed", await someCase(town), "/desk", `/desk/${code}`, "/admin/categories?edit=graffiti", "/admin/reasons?edit=insult", "/groups", "/admin/districts", "/admin/organisations", "/admin/people", "/admin/jobs", "/admin/operations", "/admin/setup", "/admin/setup/name", "/admin/setup/hues", "/admin/setup/categories", "/admin/retention", "/admin/webhooks", "/desk/conversations", "/desk/conversations/new", ...(await facilitatorPages(town)), "/admin/conversations/import", `/commitments/new?from=request/${code}`, `/commitments/${promise}/desk`, `/thread/request/${code}`, "/me", "/me/tokens", "/desk/new", "/desk/new?category=graffiti", "/desk/posters", "/works/new"];
  const voting = await someVotes(town);
  everybody.push(...voting.everybody);
  staff.push(...voting.staff);
  const proposal = await someProposal(town);
  everybody.push("/processes", "/processes/budget-2017", "/proposals?sort=supported", `/proposals/${proposal}`, `/proposals/${proposal}/versions`);
  staff.push("/proposals/new?process=budget-2018", "/proposals/mine", "/proposals/desk", `/proposals/${await someProposal(town, "process=petitions")}/answer`, "/admin/processes", "/admin/processes/budget-2018", "/admin/processes/budget-2017/imports");
  const gatherings = await gatheringPages(town);
  everybody.push(...gatherings.everybody);
  staff.push(...gatherings.staff);
  const services = await servicePages(town);
  everybody.push(...services.everybody);
  staff.push(...services.staff);
  everybody.push(...dataPages);
  staff.push(...dataStaffPages);
  const seen = [];
  for (const [language, width] of [["en", 1280], ["ar", 390]]) {
    // The town's own policy lets no foreign script in; axe is one.
    const visitor = await visit(town, { language, width, outsideScript: true });
    for (const path of everybody) seen.push(await look(visitor, check, path, language));
    const administrator = await visit(town, { language, width, persona: "administrator", outsideScript: true });
    for (const path of staff) seen.push(await look(administrator, check, path, language));
    await visitor.context().close();
    await administrator.context().close();
  }
  validate(check, seen);
  await reflow(town, check, [...everybody, ...staff]);
  await keyboard(town, check);
}

// The numbers in a map stand on coloured districts, which axe takes for the white of the panel behind; a Rust test holds
// their contrast instead.
async function look(page, check, path, language) {
  await page.goto(path);
  await page.waitForTimeout(150);
  await page.addScriptTag({ path: AXE });
  const result = await page.evaluate((rules) => window.axe?.run({ exclude: [[".citymap text"]] }, { runOnly: rules, resultTypes: ["violations"] }), RULES);
  const found = (result?.violations ?? [{ id: "axe did not run", nodes: [] }]).map((one) => `${one.id} ${one.nodes.map((node) => node.target.join(" ")).slice(0, 3).join(", ")}`);
  check.equal(`axe ${path} (${language})`, found.join("; "), "");
  const html = await page.request.get(path).then((answer) => answer.text());
  return { path: `${path} (${language})`, html };
}

// All pages in one call: a Java machine for each would take longer than the checks.
function validate(check, seen) {
  const folder = mkdtempSync(join(tmpdir(), "polity-html-"));
  try {
    const files = seen.map(({ html }, number) => {
      const file = join(folder, `${number}.html`);
      writeFileSync(file, html);
      return file;
    });
    const done = spawnSync("java", ["-jar", VNU, "--errors-only", "--exit-zero-always", "--format", "json", ...files], { encoding: "utf8", maxBuffer: 1 << 26 });
    const { messages } = JSON.parse(done.stderr);
    seen.forEach(({ path }, number) => {
      const own = messages.filter((message) => message.url?.endsWith(`/${number}.html`));
      check.equal(`vnu ${path}`, own.map((message) => `${message.message} at ${message.lastLine}: ${message.extract}`).join("; ").slice(0, 400), "");
    });
    check.equal("vnu speaks of pages only", messages.filter((message) => !message.url).length, 0);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

// WCAG 1.4.10: at 320 CSS pixels nothing needs to be scrolled sideways but what must (tables scroll in themselves).
async function reflow(town, check, paths) {
  const page = await visit(town, { width: 320, persona: "administrator" });
  for (const path of paths) {
    await page.goto(path);
    const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    check.holds(`reflow ${path}`, over <= 0, `(${over} px too wide)`);
  }
  await page.context().close();
}

// Tab goes through everything that can be used, visibly, and gets out again.
async function keyboard(town, check) {
  const page = await visit(town, {});
  for (const path of ["/", "/requests", "/report"]) {
    await page.goto(path);
    const reached = new Set();
    let invisible = 0;
    for (let presses = 0; presses < 160; presses += 1) {
      await page.keyboard.press("Tab");
      const at = await page.evaluate(() => {
        const element = document.activeElement;
        if (!element || element === document.body) return null;
        const style = getComputedStyle(element);
        const marked = style.outlineStyle !== "none" || style.boxShadow !== "none" || element.closest("label, .opt, svg, .leaf");
        const all = [...document.querySelectorAll("*")];
        return { index: all.indexOf(element), marked: Boolean(marked) };
      });
      if (!at) break;
      if (reached.has(at.index)) break;
      reached.add(at.index);
      if (!at.marked) invisible += 1;
    }
    check.holds(`keyboard ${path}: everything is reached`, reached.size > 10, `(${reached.size})`);
    check.equal(`keyboard ${path}: the focus is always seen`, invisible, 0);
  }
  await page.goto("/report");
  await page.keyboard.press("Tab");
  check.holds("the first stop skips to the content", (await page.evaluate(() => document.activeElement?.getAttribute("href"))) === "#main");
  await page.context().close();
}
