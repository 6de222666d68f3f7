import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync } from "node:zlib";

import { svelte } from "@sveltejs/vite-plugin-svelte";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";

import { units } from "./made/units.ts";

// `npm run dev` serves the page alone and passes everything else on to `thuc serve`.
const SERVER = "http://127.0.0.1:8642";
const OUT = "../src/thucydides/desk/workbench";

/** Lays a packed copy beside every script and style, so that the server need not pack as well as it can while somebody waits. */
function packed(): Plugin {
  return {
    name: "packed",
    apply: "build",
    writeBundle() {
      const folder = join(import.meta.dirname, OUT, "assets");
      for (const name of readdirSync(folder)) {
        if (/\.(m?js|css|json)$/.test(name)) writeFileSync(join(folder, `${name}.br`), brotliCompressSync(readFileSync(join(folder, name))));
      }
    },
  };
}

export default defineConfig({
  plugins: [svelte(), units(), packed()],
  build: {
    outDir: OUT,
    emptyOutDir: true,
    assetsInlineLimit: 0, // the content security policy allows no data: scripts or styles
    chunkSizeWarningLimit: 1200, // the map; `npm run size` holds the budget
    target: "es2022",
    // What several screens share comes as one file instead of a dozen small ones that wait for each other.
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: "shared", test: /\/src\/(lib|parts)\//, minShareCount: 2 }] } } },
  },
  server: { fs: { allow: [".."] }, proxy: { "/api": SERVER, "/base": SERVER, "/e/": SERVER, "/r/": SERVER } },
  test: { include: ["src/**/*.test.ts"] },
});
