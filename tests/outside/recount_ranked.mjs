// Bundles the second count of web/src/recount and runs it on lines from standard input, one JSON object each: a contest with its ballots
// (ranked.ts), or the files that the recount page is given (verdict.ts).
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath, pathToFileURL } from "node:url";

const web = fileURLToPath(new URL("../../web/", import.meta.url));
const { build } = await import(pathToFileURL(join(web, "node_modules/esbuild/lib/main.js")));
const folder = mkdtempSync(join(tmpdir(), "recount-"));
const entryPoints = ["ranked", "verdict"].map((name) => join(web, `src/recount/${name}.ts`));
await build({ entryPoints, bundle: true, format: "esm", target: "es2022", outdir: folder, outExtension: { ".js": ".mjs" }, logLevel: "warning" });
const { recount } = await import(pathToFileURL(join(folder, "ranked.mjs")));
const { verdict } = await import(pathToFileURL(join(folder, "verdict.mjs")));
rmSync(folder, { recursive: true });

const seeded = (ties) => ({ ...ties, ...(ties.seed === undefined ? {} : { seed: BigInt(ties.seed) }), ...(ties.then ? { then: seeded(ties.then) } : {}) });
for await (const line of createInterface({ input: process.stdin })) {
  const { contest, ballots, files } = JSON.parse(line);
  if (files) console.log(JSON.stringify(await verdict(files, () => {}, async () => null).catch((fault) => ({ fault: fault.message }))));
  else console.log(JSON.stringify(recount({ ...contest, ties: seeded(contest.ties) }, ballots)));
}
