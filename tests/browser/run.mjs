import { alike } from "./alike.mjs";
import { Checks } from "./checks.mjs";
import { conversations } from "./conversations.mjs";
import { gatherings } from "./gatherings.mjs";
import { openData } from "./data.mjs";
import { flows } from "./flows.mjs";
import { moderation } from "./moderation.mjs";
import { pages } from "./pages.mjs";
import { promises } from "./promises.mjs";
import { resident } from "./resident.mjs";
import { recount } from "./recount.mjs";
import { participation } from "./participation.mjs";
import { services } from "./services.mjs";
import { openTown } from "./town.mjs";
import { voting } from "./voting.mjs";

const check = new Checks("browser");
const town = await openTown();
try {
  await flows(town, check);
  await alike(town, check);
  await moderation(town, check);
  await conversations(town, check);
  await gatherings(town, check);
  await openData(town, check);
  await promises(town, check);
  await resident(town, check);
  await recount(town, check);
  await voting(town, check);
  await participation(town, check);
  await services(town, check);
  await pages(town, check);
} catch (error) {
  check.holds("the run comes to its end", false, error.stack);
} finally {
  await town.close();
}
console.log(`${check.name}: ${check.passed} passed, ${check.failed} failed`);
process.exit(check.failed ? 1 : 0);
