import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vite";

// `npm run dev` serves the page alone and passes everything else on to `thuc serve`.
const SERVER = "http://127.0.0.1:8642";

export default defineConfig({
  plugins: [svelte()],
  build: {
    outDir: "../src/thucydides/desk/workbench",
    emptyOutDir: true,
    assetsInlineLimit: 0, // the content security policy allows no data: scripts or styles
    target: "es2022",
  },
  server: { fs: { allow: [".."] }, proxy: { "/api": SERVER, "/base": SERVER, "/e/": SERVER, "/r/": SERVER } },
});
