// Open data in a browser: found, filtered, added up, asked in SQL and downloaded, with and without JavaScript, from right to left;
// and published by an administrator from a file.
import { visit } from "./town.mjs";

export const dataPages = ["/data", "/data?q=weather", "/data?q=zzzz", "/data/service-requests", "/data/service-requests/service_requests", "/data/service-requests/service_requests?group=district", "/data/weather-jfk-2013/weather_jfk_2013?group=time_hour%3Aday&sum=mean%3Atemp", "/data/weather-jfk-2013/weather_jfk_2013/report", "/data/weather-jfk-2013/weather_jfk_2013/row/7", "/data/council-districts", "/data/sql", "/data/sql?sql=select+*+from+weather_jfk_2013+limit+5", "/data/sql?sql=drop+table+x", "/data/requests", "/data/showcase", "/data/issues", "/data/service-requests/issues", "/data/stories/lamps"];
export const dataStaffPages = ["/data/new", "/data/weather-jfk-2013/edit", "/data/weather-jfk-2013/weather_jfk_2013/columns", "/data/harvest", "/data/approval", "/data/requests/new", "/data/showcase/new", "/data/service-requests/issues/new"];

const numberIn = (text) => Number(text.replace(/[^0-9].*$/s, "").replaceAll(",", "") || text.replaceAll(/[^0-9]/g, ""));

async function exploring(town, check, script) {
  const how = `open data, ${script ? "with script" : "plain"}`;
  const errors = [];
  const page = await visit(town, { width: script ? 1280 : 320, script, errors });
  await page.goto("/data");
  await page.fill("#q", "wether");
  await page.click("button:has-text('Search')");
  check.holds(`${how}: a typo finds it`, (await page.textContent("main")).includes("Shown instead"));
  await page.click(".datasets a >> nth=0");
  await page.click("a:has-text('Look at the table')");
  const all = await page.textContent("p.lead");
  check.holds(`${how}: every row is counted`, all.includes("2,155"), all);
  await page.selectOption("#column", "temp");
  await page.selectOption("#op", ">=");
  await page.fill("#value", "40");
  await page.click("button:has-text('Filter')");
  const asked = new URL(page.url());
  check.equal(`${how}: a view has one address`, asked.searchParams.get("where"), "temp >= 40");
  const told = await page.textContent("p.lead");
  const machine = await (await fetch(`${town.url}${asked.pathname}.json${asked.search}`)).json();
  check.equal(`${how}: the page counts as the twin`, numberIn(told.trim()), machine.count);
  await page.click("thead a:has-text('temp')");
  await page.click("thead a:has-text('temp')");
  check.equal(`${how}: sorted downwards`, await page.getAttribute("th:has(a:has-text('temp'))", "aria-sort"), "descending");
  await page.selectOption("#group", { label: "time_hour (by month)" });
  await page.selectOption("#sum", "mean:temp");
  await page.click("aside button:has-text('Add up')");
  check.holds(`${how}: added up in a table`, (await page.locator(".grouped tbody tr").count()) >= 1);
  check.holds(`${how}: and drawn`, (await page.locator("svg.chart").count()) === 1);
  await page.goto("/data/service-requests/service_requests");
  check.holds(`${how}: requests on the map of districts`, (await page.locator("svg.citymap").count()) === 1);
  await page.goto("/data/sql");
  await page.fill("#sql", "select count(*) as hours from weather_jfk_2013 where temp > 40");
  await page.click("button:has-text('Ask')");
  check.holds(`${how}: a question in SQL`, (await page.textContent("table.data")).includes("hours"));
  await page.fill("#sql", "delete from weather_jfk_2013");
  await page.click("button:has-text('Ask')");
  check.holds(`${how}: what is no question says so`, (await page.textContent(".esum")).includes("exactly one select"));
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
  check.holds(`${how}: nothing is wider than the screen`, !overflow);
  check.equal(`${how}: no error of a script`, errors.join("; "), "");
  await page.context().close();
}

async function publishing(town, check) {
  const page = await visit(town, { script: false, persona: "administrator" });
  await page.goto("/data/new");
  await page.selectOption("#organisation", { index: 1 });
  await page.fill("#title", "Benches");
  await page.fill("#notes", "Where one can sit down.");
  await page.selectOption("#licence", "cc-by");
  await page.click("button:has-text('Save')");
  await page.setInputFiles("#file", { name: "benches.csv", mimeType: "text/csv", buffer: Buffer.from("street,seats\nMain,4\nOak,\nElm,2,9\n") });
  await page.click("button:has-text('Add it')");
  check.holds("open data: a file is added", (await page.textContent("main")).includes("benches.csv"));
  await page.click("a:has-text('What became of each row')");
  check.holds("open data: every row is accounted for", (await page.textContent("p.lead")).includes("3 rows came in, 2 are stored, 1 were set aside"));
  await page.goto("/data/benches/edit");
  await page.click("button:has-text('Publish')");
  const visitor = await visit(town, { script: false, language: "ar", width: 390 });
  await visitor.goto("/data/benches");
  check.equal("open data, right to left", await visitor.getAttribute("html", "dir"), "rtl");
  check.holds("open data: everybody sees it", (await visitor.textContent("main")).includes("Benches"));
  const overflow = await visitor.evaluate(() => document.documentElement.scrollWidth > innerWidth);
  check.holds("open data, right to left: it fits", !overflow);
  await page.goto("/data/benches/edit");
  await page.click("button:has-text('Withdraw')");
  const gone = await visitor.goto("/data/benches");
  check.equal("open data: withdrawn, its address says so", gone.status(), 410);
  await visitor.context().close();
  await page.context().close();
}

export async function openData(town, check) {
  await exploring(town, check, true);
  await exploring(town, check, false);
  await publishing(town, check);
}
