// Services in a browser: found by what people type, asked about entitlement, applied for page by page with and without JavaScript, from
// right to left, decided at the office; a form designed without code.
import { visit } from "./town.mjs";

const PARKING = "/services/residents-parking";

// Sends JSON, as a program does.
async function send(town, path, body) {
  const answer = await fetch(town.url + path, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
  return answer.json();
}

// A permit that a program applied for: its page and its receipt, and a decision that everybody sees.
async function applicationPages(town) {
  const { draft } = await send(town, `${PARKING}/apply.json`, {});
  const answers = { full_name: "Amina Test", street: "Long Lane 1", district: "3", lives_in_zone: "yes", car_is_used_by_you: "yes", has_own_space: "no", plate: "AB 1234", email: "amina.test@example.org", signature: "Amina Test" };
  for (const [name, value] of Object.entries(answers)) await send(town, `/apply/${draft}/page_${name}.json`, { [name]: value });
  const { code, key } = await send(town, `/apply/${draft}/check.json`, {});
  const record = await (await fetch(`${town.url}/record.json`)).json();
  const decided = JSON.stringify(record).match(/applications\/(A-[0-9A-Z]+)/);
  return [`/applications/${code}?key=${key}`, `/applications/${code}/receipt?key=${key}`, ...(decided ? [`/applications/${decided[1]}`] : [])];
}

// An appointment that is held and one that is booked, and the sandbox where a fee is paid.
async function meetingPages(town) {
  const answers = { full_name: "Omar Test", birth: "1990-02-28", lives_in_town: "yes", district: "3", lost_card: "no", has_social_card: "no", email: "omar.test@example.org" };
  const { draft } = await send(town, "/services/identity-card/apply.json", {});
  for (const [name, value] of Object.entries(answers)) await send(town, `/apply/${draft}/page_${name}.json`, { [name]: value });
  const { code, key } = await send(town, `/apply/${draft}/check.json`, {});
  const { free } = await (await fetch(`${town.url}/services/identity-card/appointments.json`)).json();
  await send(town, `/applications/${code}/appointment.json`, { key, slot: free.at(-1).slot });
  const { url } = await send(town, `/applications/${code}/pay.json`, { key });
  const { pathname, search } = new URL(url);
  const other = await send(town, "/services/identity-card/apply.json", {});
  return [`/applications/${code}/appointment?key=${key}`, `/applications/${code}?key=${key}`, pathname + search, `/apply/${other.draft}/appointment`];
}

export async function servicePages(town) {
  const everybody = ["/services", "/services?q=moved+house", "/services?q=zzzz", PARKING, `${PARKING}/entitled`, `${PARKING}/apply`, "/services/figures", "/services/figures?service=residents-parking", "/services/take-up", "/services/take-up?service=residents-parking", "/services/identity-card/appointments", "/services/hardship-grant/draft", "/services/hardship-grant/draft/form", "/services/hardship-grant/draft/rules"];
  const begun = await send(town, `${PARKING}/apply.json`, {});
  for (const page of ["page_full_name", "page_district", "page_lives_in_zone", "page_lease", "check"]) everybody.push(`/apply/${begun.draft}/${page}`);
  everybody.push(...(await applicationPages(town)), ...(await meetingPages(town)));
  const staff = ["/desk/all", "/desk/all?room=services", "/desk/services/appointments", "/desk/services/payments", "/desk/services/payments/differences", "/admin/services/identity-card/appointments", "/desk/services", "/desk/services/queue", "/desk/services/queue?rate=3&now-1=2&then-1=4", "/admin/services", "/admin/services/population", "/admin/services/residents-parking", "/admin/services/residents-parking/form", "/applications"];
  return { everybody, staff };
}

async function answer(page, script) {
  await page.fill("#q1", "Amina Test");
  if (script) {
    await page.waitForFunction(() => document.querySelector("[data-kept]")?.textContent !== "", null, { timeout: 8000 });
    await page.goto(page.url());
  }
  const kept = await page.inputValue("#q1");
  const go = async () => {
    const before = page.url();
    await page.click("form[data-island=draft] .go button");
    await page.waitForURL((url) => url.href !== before);
  };
  if (!script) await page.fill("#q1", "Amina Test");
  await go();
  await page.fill("#q1", "Long Lane 1");
  await go();
  await page.selectOption("#q1", "3");
  await go();
  for (const value of ["yes", "no"]) {
    await page.check(`input[value=${value}]`);
    await go();
  }
  const branched = await page.textContent("h1");
  await page.fill("#q1", "Omar");
  await go();
  await page.check("input[value=no]");
  await go();
  await page.fill("#q1", "AB 1234");
  await go();
  await go();
  await page.fill("#q1", "amina.test@example.org");
  await go();
  await page.fill("#q1", "Amina Test");
  await go();
  return { kept, branched };
}

async function applying(town, check, script) {
  const how = `services, ${script ? "with script" : "plain"}`;
  const errors = [];
  const page = await visit(town, { width: script ? 1280 : 320, script, errors });
  try {
    await page.goto("/services");
    await page.fill("#q", "wheelchair parking");
    await page.click("button:has-text('Search')");
    check.holds(`${how}: found by what people type`, (await page.textContent(".cards h3 >> nth=0")).includes("Blue badge"));
    await page.goto(PARKING);
    await page.click("a:has-text('Am I entitled?')");
    await page.check("input[value=no]");
    await page.click("button:has-text('Continue')");
    check.holds(`${how}: a no says why and by which law`, (await page.textContent(".verdict")).includes("section 4(1)"));
    await page.goto(`${PARKING}/apply`);
    await page.click("button:has-text('Begin')");
    await page.click("form[data-island=draft] .go button");
    await page.waitForSelector(".esum");
    check.holds(`${how}: an error summary leads to the field`, (await page.getAttribute(".esum a", "href")) === "#q1");
    const { kept, branched } = await answer(page, script);
    if (script) check.equal(`${how}: what was typed is kept while typing`, kept, "Amina Test");
    check.equal(`${how}: a page comes by an answer`, branched, "Who owns the car?");
    check.holds(`${how}: answers to check`, (await page.textContent("dl.check")).includes("AB 1234"));
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
    check.holds(`${how}: nothing is wider than the screen`, !overflow);
    await page.click("button:has-text('Send application')");
    const code = (await page.textContent(".confirm .ref")).trim();
    check.holds(`${how}: a reference`, /^A-[2-9A-Z]{6,}$/.test(code), code);
    await page.click("a:has-text('See where it stands')");
    check.holds(`${how}: what happens next and by when`, (await page.textContent(".lead")).includes("You get an answer by"));
    check.equal(`${how}: no script fails`, errors.join("; "), "");
    await page.context().close();
    return code;
  } catch (error) {
    check.holds(`${how}: the flow comes to its end`, false, `${error.message.split("\n").slice(0, 3).join(" ")} at ${page.url()}`);
    await page.context().close();
    return null;
  }
}

async function deciding(town, check, code) {
  const page = await visit(town, { script: false, persona: "officer" });
  try {
    await page.goto(`/desk/services/${code}`);
    await page.click("button:has-text('Open')");
    check.holds("services, desk: the rules speak of what was filed", (await page.textContent("main")).includes("not entitled"));
    await page.check("input[name=outcome][value=refused]");
    await page.fill("#reasons", "The car belongs to somebody else, so section 4(2) is not met.");
    await page.click("button:has-text('Decide')");
    check.holds("services, desk: decided", (await page.textContent(".flash")).includes("Decided and recorded"));
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
    check.holds("services, desk: nothing is wider than the screen", !overflow);
  } catch (error) {
    check.holds("services, desk: the flow comes to its end", false, `${error.message.split("\n").slice(0, 3).join(" ")} at ${page.url()}`);
  }
  await page.context().close();
}

async function designing(town, check) {
  const page = await visit(town, { script: false, persona: "administrator" });
  try {
    await page.goto("/admin/services");
    await page.fill("#code", "dog-licence");
    await page.fill("#title-en", "Dog licence");
    await page.selectOption("#organisation", "resident-services");
    await page.click("button:has-text('Make it')");
    await page.click("a:has-text('Edit the questions')");
    for (const [kind, words] of [["text", "Name of the dog"], ["yes-no", "Is it bigger than a cat?"]]) {
      await page.selectOption("#kind", kind);
      await page.fill("#label-en", words);
      await page.click("button:has-text('Add a question')");
    }
    check.equal("services, designing: two pages", await page.locator("ol.pages > li").count(), 2);
    await page.goto("/admin/services/dog-licence");
    await page.fill("#who-en", "Everybody who keeps a dog.");
    await page.fill("#law-en", "Demo dog order, section 1");
    await page.click("button:has-text('Keep draft')");
    await page.click("button:has-text('Publish as the next version')");
    check.holds("services, designing: in force", (await page.textContent(".flash")).includes("In force"));
    await page.goto("/services/dog-licence");
    check.holds("services, designing: the public page asks it", (await page.textContent("main")).includes("Is it bigger than a cat?"));
  } catch (error) {
    check.holds("services, designing: the flow comes to its end", false, `${error.message.split("\n").slice(0, 3).join(" ")} at ${page.url()}`);
  }
  await page.context().close();
}

// A time is held while one writes, moved by the link, given up; then the fee is paid in the sandbox.
async function meeting(town, check, script) {
  const how = `services, appointment, ${script ? "with script" : "plain"}`;
  const errors = [];
  const page = await visit(town, { width: script ? 1280 : 320, script, errors });
  try {
    const { draft } = await send(town, "/services/identity-card/apply.json", {});
    const answers = { full_name: "Omar Test", birth: "1990-02-28", lives_in_town: "yes", district: "3", lost_card: "no", has_social_card: "no", email: "omar.test@example.org" };
    for (const [name, value] of Object.entries(answers)) await send(town, `/apply/${draft}/page_${name}.json`, { [name]: value });
    await page.goto(`/apply/${draft}/check`);
    await page.click("a:has-text('Book an appointment')");
    await page.click("nav.tabs a:has-text('Harbour')");
    await page.click("button[name=slot] >> nth=0");
    check.holds(`${how}: held while one writes`, (await page.textContent("main")).includes("held for 30 minutes"));
    await page.click("button:has-text('Send application')");
    await page.click("a:has-text('See where it stands')");
    check.holds(`${how}: it stands on the page`, (await page.textContent("#h-meet ~ p")).includes("Harbour branch"));
    check.holds(`${how}: the fee stands there too`, (await page.textContent("main")).includes("28 is to be paid"));
    await page.click("a:has-text('See, move or give up')");
    const before = await page.textContent(".notice.good b");
    await page.click("button[name=slot] >> nth=1");
    check.holds(`${how}: moved`, (await page.textContent(".flash")).includes("Booked") && (await page.textContent(".notice.good b")) !== before);
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
    check.holds(`${how}: nothing is wider than the screen`, !overflow);
    await page.click("button[name=cancel]");
    check.holds(`${how}: given up`, (await page.textContent(".flash")).includes("Given up"));
    await page.click("nav.crumb a >> nth=2");
    await page.click("button:has-text('Pay now')");
    check.holds(`${how}: the sandbox says that it is one`, (await page.textContent("main")).includes("no money moves"));
    await page.click("button[value=pay]");
    check.holds(`${how}: paid`, (await page.textContent("main")).includes("28 was paid"));
    check.equal(`${how}: no script fails`, errors.join("; "), "");
  } catch (error) {
    check.holds(`${how}: the flow comes to its end`, false, `${error.message.split("\n").slice(0, 3).join(" ")} at ${page.url()}`);
  }
  await page.context().close();
}

// One inbox over all desks, by keyboard.
async function waiting(town, check) {
  const page = await visit(town, { persona: "officer" });
  try {
    await page.goto("/desk/all");
    const kinds = await page.locator("table.inbox tbody td:nth-child(4)").allTextContents();
    check.holds("services, inbox: work is there", kinds.length > 5, kinds.length);
    await page.click("nav.tabs a:has-text('Applications')");
    check.equal("services, inbox: one room alone", [...new Set(await page.locator("table.inbox tbody td:nth-child(4)").allTextContents())].join(), "Applications");
    await page.keyboard.press("j");
    await page.keyboard.press("j");
    const code = await page.evaluate(() => document.activeElement?.textContent ?? "");
    check.equal("services, inbox: j goes down", code, await page.textContent("table.inbox tbody tr:nth-child(2) a.id"));
    await page.keyboard.press("o");
    await page.waitForURL((url) => url.pathname.endsWith(code));
    check.holds("services, inbox: o opens", page.url().endsWith(`/desk/services/${code}`), page.url());
  } catch (error) {
    check.holds("services, inbox: the flow comes to its end", false, `${error.message.split("\n").slice(0, 3).join(" ")} at ${page.url()}`);
  }
  await page.context().close();
}

async function rightToLeft(town, check) {
  const page = await visit(town, { width: 390, language: "ar" });
  for (const path of ["/services", PARKING, `${PARKING}/entitled`, `${PARKING}/apply`, "/services/figures", "/services/identity-card/appointments"]) {
    await page.goto(path);
    check.equal(`services, right to left: ${path}`, await page.getAttribute("html", "dir"), "rtl");
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
    check.holds(`services, right to left: ${path} fits`, !overflow);
  }
  await page.context().close();
}

export async function services(town, check) {
  await applying(town, check, true);
  const code = await applying(town, check, false);
  if (code) await deciding(town, check, code);
  await designing(town, check);
  await meeting(town, check, true);
  await meeting(town, check, false);
  await waiting(town, check);
  await rightToLeft(town, check);
}
