// Bundles each script of `entries/` with what it takes from npm into the folder of assets that the program serves,
// each with the licences of what is in it. The same lock file gives the same bytes.

import { build } from "esbuild";
import { copyFile, mkdir, readdir, rm } from "node:fs/promises";
import { fileURLToPath } from "node:url";

const here = fileURLToPath(new URL(".", import.meta.url));
const out = fileURLToPath(new URL("../src/sco_graph/publish/assets/built/", import.meta.url));

await rm(out, { recursive: true, force: true });
await mkdir(out, { recursive: true });
const entries = (await readdir(`${here}entries`)).filter((name) => name.endsWith(".js")).sort();
await build({
  absWorkingDir: here,
  entryPoints: entries.map((name) => `entries/${name}`),
  outdir: out,
  bundle: true,
  format: "esm",
  minify: true,
  legalComments: "linked",
  target: ["es2022"],
  logLevel: "warning",
});
await copyFile(`${here}node_modules/oxigraph/web_bg.wasm`, `${out}oxigraph.wasm`);
