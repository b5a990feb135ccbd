import { Checks } from "./checks.mjs";
import { flows } from "./flows.mjs";
import { pages } from "./pages.mjs";
import { openTown } from "./town.mjs";

const check = new Checks("browser");
const town = await openTown();
try {
  await flows(town, check);
  await pages(town, check);
} catch (error) {
  check.holds("the run comes to its end", false, error.stack);
} finally {
  await town.close();
}
console.log(`${check.name}: ${check.passed} passed, ${check.failed} failed`);
process.exit(check.failed ? 1 : 0);
