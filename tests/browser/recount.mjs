// A resident counts two real elections again in her browser, from files on her disk and by a link; a changed outcome is found out.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, get } from "node:http";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { visit } from "./town.mjs";

const DATA = join(dirname(fileURLToPath(import.meta.url)), "../../../shared/data/pb");
const ELECTIONS = [["Netherlands_Assen_2024.pb", ["--completion", "add1"]], ["Poland_Swiecie_2023.pb", ["--method", "phragmen"]]];

/** What the program announces. */
function announced(file, words) {
  return JSON.parse(execFileSync(process.env.POLITY_BINARY ?? "polity", ["tally", "budget", join(DATA, file), ...words, "--json"], { maxBuffer: 1 << 28 }));
}

/** The town with some files more, which a vote would publish. */
async function give(town, files) {
  const server = createServer((asked, answer) => {
    if (asked.url in files) { answer.end(files[asked.url]); return; }
    get(`${town.url}${asked.url}`, { headers: { ...asked.headers, host: new URL(town.url).host } }, (own) => { answer.writeHead(own.statusCode, own.headers); own.pipe(answer); });
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  return { url: `http://localhost:${server.address().port}`, close: () => server.close() };
}

async function counted(page, files) {
  await page.goto("/recount");
  await page.waitForSelector("[data-part=form]:visible");
  await page.setInputFiles("#recount-files", files);
  await page.click("[data-part=go]");
  await page.waitForSelector("[data-part=result]:visible", { timeout: 60_000 });
  // Values are isolated from the direction of the sentence by marks that nobody sees.
  const text = (await page.textContent("[data-part=result]")).replace(/[\u2068\u2069]/g, "");
  return { good: await page.locator("[data-part=result].good").count(), text };
}

export async function recount(town, check) {
  const folder = mkdtempSync(join(tmpdir(), "polity-recount-"));
  const errors = [];
  let giving = null;
  try {
    const page = await visit(town, { errors });
    for (const [file, words] of ELECTIONS) {
      const outcome = announced(file, words), told = join(folder, "outcome.json");
      writeFileSync(told, JSON.stringify(outcome));
      const right = await counted(page, [join(DATA, file), told]);
      check.holds(`recount of ${file}: the same is found`, right.good === 1 && right.text.includes(String(outcome.selected.length)), right.text);
      const [gone, ...others] = outcome.selected;
      writeFileSync(told, JSON.stringify({ ...outcome, selected: others }));
      const wrong = await counted(page, [join(DATA, file), told]);
      check.holds(`recount of ${file}: what was left out is named`, wrong.good === 0 && wrong.text.includes(`${gone} is funded in the recount`), wrong.text);
    }
    const lone = await counted(page, [join(DATA, ELECTIONS[0][0])]);
    check.holds("recount: a missing outcome is said", lone.good === 0 && lone.text.includes("announced outcome is missing"), lone.text);

    const [file, words] = ELECTIONS[0];
    giving = await give(town, { "/given/ballots.pb": readFileSync(join(DATA, file)), "/given/outcome.json": JSON.stringify(announced(file, words)) });
    await page.goto(`${giving.url}/recount?ballots=/given/ballots.pb&outcome=/given/outcome.json`);
    await page.waitForSelector("[data-part=result]:visible", { timeout: 60_000 });
    check.equal("recount by a link: green at once", await page.locator("[data-part=result].good").count(), 1);
    await page.goto("/recount?ballots=https://example.org/b.pb&outcome=//example.org/o.json");
    check.holds("recount: addresses elsewhere are not fetched", (await page.textContent("main")).includes("not of this site"));
    check.equal("recount: no script fails", errors.join("; "), "");
    await page.context().close();

    const plain = await visit(town, { script: false, width: 390 });
    await plain.goto("/recount?ballots=/given/ballots.pb&outcome=/given/outcome.json");
    const said = await plain.textContent("main");
    check.holds("recount without script: files and commands", said.includes("polity tally budget") && said.includes("/given/ballots.pb") && (await plain.locator("a[download]").count()) === 2, said.slice(0, 300));
    check.equal("recount without script: nothing to press that does nothing", await plain.locator("[data-part=go]:visible").count(), 0);
    await plain.context().close();
  } catch (error) {
    check.holds("the recount comes to its end", false, error.message.split("\n").slice(0, 3).join(" "));
  } finally {
    giving?.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
