// Bundles the stylesheet, the entry script and its islands into the folder named by the one
// argument, with hashed names, compressed twins and a manifest that build.rs reads.
import { build } from "esbuild";
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const out = resolve(process.argv[2] ?? "dist");
/** Fonts every page needs before its first line is drawn. */
const PRELOADED = [/^bricolage-grotesque-latin-wght/, /^atkinson-hyperlegible-next-latin-wght/];
/** The parts of a report that open without a network. */
const OFFLINE = ["src/offline/page.ts", "src/offline/note.ts", "src/islands/photo.ts"];
/** Files that a further compression makes smaller. */
const COMPRESSIBLE = /\.(css|js|svg|json|txt)$/;

rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
const result = await build({
  entryPoints: { app: "src/app.ts", style: "src/app.css" },
  bundle: true,
  splitting: true,
  format: "esm",
  minify: true,
  metafile: true,
  outdir: out,
  entryNames: "[name]-[hash]",
  chunkNames: "[name]-[hash]",
  assetNames: "[name]-[hash]",
  loader: { ".woff2": "file", ".png": "file", ".svg": "file" },
  target: ["es2022", "chrome109", "firefox115", "safari16"],
  charset: "utf8",
  legalComments: "none",
  logLevel: "warning",
});

const entry = (from) => {
  const found = Object.entries(result.metafile.outputs).find(([, output]) => output.entryPoint === from);
  if (!found) throw new Error(`esbuild made nothing from ${from}`);
  return basename(found[0]);
};
// The worker knows by name what its page needs: the stylesheet, the entry, the islands above, and what those import.
const needed = new Set();
const need = (output) => {
  if (needed.has(output)) return;
  needed.add(output);
  for (const { path, kind } of result.metafile.outputs[output].imports) {
    if (kind === "import-statement" || OFFLINE.includes(result.metafile.outputs[path]?.entryPoint)) need(path);
  }
};
need(Object.entries(result.metafile.outputs).find(([, output]) => output.entryPoint === "src/app.ts")[0]);
const files = [...[...needed].map((output) => basename(output)), entry("src/app.css")].map((name) => `/assets/${name}`).sort();
const edition = createHash("sha256").update(files.join(" ")).digest("hex").slice(0, 12);
const made = await build({
  entryPoints: { worker: "src/offline/worker.ts" },
  bundle: true,
  format: "iife",
  minify: true,
  metafile: true,
  outdir: out,
  entryNames: "[name]-[hash]",
  define: { FILES: JSON.stringify(files), EDITION: JSON.stringify(edition) },
  target: ["es2022", "chrome109", "firefox115", "safari16"],
  charset: "utf8",
  legalComments: "none",
  logLevel: "warning",
});
const worker = basename(Object.keys(made.metafile.outputs)[0]);

const manifest = { css: entry("src/app.css"), js: entry("src/app.ts"), worker, preload: [], files: [] };
for (const name of readdirSync(out).sort()) {
  const bytes = readFileSync(join(out, name));
  const file = { name };
  if (COMPRESSIBLE.test(name)) {
    writeFileSync(join(out, `${name}.gz`), gzipSync(bytes, { level: 9 }));
    writeFileSync(join(out, `${name}.br`), brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } }));
    file.compressed = true;
  }
  manifest.files.push(file);
  if (PRELOADED.some((wanted) => wanted.test(name))) manifest.preload.push(name);
}
// The same facts for people (manifest.json) and, a line each, for build.rs (manifest.txt).
writeFileSync(join(out, "manifest.json"), JSON.stringify(manifest, null, 2));
const lines = [`css ${manifest.css}`, `js ${manifest.js}`, `worker ${manifest.worker}`, ...manifest.preload.map((name) => `preload ${name}`),
  ...manifest.files.map(({ name, compressed }) => `${compressed ? "compressed" : "file"} ${name}`)];
writeFileSync(join(out, "manifest.txt"), `${lines.join("\n")}\n`);
