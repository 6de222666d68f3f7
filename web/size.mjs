// `npm run size`: what the page weighs as a browser fetches it, and whether that is within budget.
import { readdirSync, readFileSync } from "node:fs";
import { brotliCompressSync, gzipSync } from "node:zlib";

const BUDGET = 450_000; // bytes of JavaScript in all, compressed
const FOLDER = new URL("../src/thucydides/desk/workbench/assets/", import.meta.url);

const scripts = readdirSync(FOLDER)
  .filter((name) => /\.m?js$/.test(name))
  .map((name) => {
    const content = readFileSync(new URL(name, FOLDER));
    return { name, packed: brotliCompressSync(content).length, zipped: gzipSync(content, { level: 9 }).length };
  })
  .sort((a, b) => b.packed - a.packed);

const sum = scripts.reduce((total, { packed }) => total + packed, 0);
for (const { name, packed, zipped } of scripts) console.log(`${String(packed).padStart(9)} br ${String(zipped).padStart(9)} gz  ${name}`);
console.log(`${String(sum).padStart(9)} of ${BUDGET} bytes of JavaScript, compressed by brotli`);
if (sum > BUDGET) {
  console.error("over budget");
  process.exit(1);
}
