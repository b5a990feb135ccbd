// “Is it one of these?”: me too instead of a duplicate, another matter, and an officer who merges. With and without JavaScript.
import { appears, visit } from "./town.mjs";

// Each round at a spot of its own, so that one does not find the reports of another.
const SPOTS = [[34.0622, -118.2837], [34.0722, -118.2937]];

// Fills in a report up to the question.
async function toQuestion(page, [lat, long], words) {
  await page.goto("/report");
  await page.check('input[value="streetlight"]');
  await page.click("button:has-text('Continue')");
  await page.click("summary:has-text('Enter coordinates')");
  await page.fill("#lat", String(lat));
  await page.fill("#long", String(long));
  await page.click("button:has-text('Continue')");
  await page.check("fieldset .opt input >> nth=0");
  await page.fill("#description", words);
  await page.click("button:has-text('Continue')");
}

async function send(page) {
  await page.click("button:has-text('Continue')");
  await page.click("button:has-text('Send the report')");
  return (await page.textContent(".ref")).trim();
}

// The address of a draft that stands at the question, for the checks of every page.
export async function someQuestion(town) {
  const page = await visit(town, { script: false });
  await toQuestion(page, [34.0522, -118.2437], "The lamp is dark");
  if (!page.url().endsWith("/alike")) {
    await send(page);
    await toQuestion(page, [34.0522, -118.2437], "The lamp is dark");
  }
  const path = new URL(page.url()).pathname;
  await page.context().close();
  return path;
}

export async function alike(town, check) {
  for (const [script, spot] of [[true, SPOTS[0]], [false, SPOTS[1]]]) {
    const how = `alike, ${script ? "with script" : "plain"}`;
    const options = { width: script ? 1280 : 390, script, errors: [] };
    const [first, second, third] = [await visit(town, options), await visit(town, options), await visit(town, options)];
    try {
      await toQuestion(first, spot, "The lamp is dark since Monday");
      check.holds(`${how}: with nothing near nothing is asked`, first.url().endsWith("/contact"), first.url());
      const code = await send(first);
      const near = [spot[0] + 0.0001, spot[1]];
      await toQuestion(second, near, "Dark lamp");
      const reasons = await second.textContent(".alike");
      check.holds(`${how}: why it may be the same is said`, reasons.includes("11 metres away") && reasons.includes("Both say: Dark, lamp"), reasons);
      await second.click("button:has-text('Continue')");
      check.holds(`${how}: nothing chosen is said in the summary`, await appears(second, ".esum"));
      await second.check(`input[value="${code}"]`);
      await second.click("button:has-text('Continue')");
      check.holds(`${how}: me too leads to the report`, second.url().endsWith(`/requests/${code}`) && (await second.textContent("main")).includes("It affects one more person"));
      await second.click("a:has-text('It affects me too')");
      check.holds(`${how}: whoever said it is known again`, (await second.textContent("main")).includes("You are counted"));
      await second.click("button:has-text('Take it back')");
      check.holds(`${how}: it is taken back`, (await second.textContent("main")).includes("Nobody else has said so yet"));
      await toQuestion(third, near, "Another lamp, also dark");
      await third.check('input[value="none"]');
      await third.click("button:has-text('Continue')");
      const other = await send(third);
      const desk = await visit(town, { ...options, persona: "administrator" });
      await desk.goto(`/desk/${other}`);
      check.holds(`${how}: the officer reads what the reporter said`, (await desk.textContent("main")).includes("Its reporter said that it is another matter"));
      await desk.click(`button:has-text('merge ${other} into ${code}')`);
      check.holds(`${how}: merged`, await appears(desk, ".flash"));
      await third.goto(`/requests/${other}`);
      check.holds(`${how}: the public page leads on`, (await third.textContent(".notice")).includes(code));
      await desk.fill("#separate-text", "Two lamps, side by side");
      await desk.click("button:has-text('Separate it')");
      await desk.goto(`/desk/${code}`);
      const text = await desk.textContent("main");
      check.holds(`${how}: separated, and not suggested again`, text.includes("Nothing nearby looks like it") && text.includes("Suggest again"));
      check.equal(`${how}: no script fails`, options.errors.join("; "), "");
      await desk.context().close();
    } catch (error) {
      check.holds(`${how}: the flow comes to its end`, false, `${error.message.split("\n").slice(0, 3).join(" ")} at ${third.url()}`);
    }
    for (const page of [first, second, third]) await page.context().close();
  }
}
