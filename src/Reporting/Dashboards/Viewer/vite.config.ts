import { defineConfig } from "vite";

export default defineConfig({
  // Addresses relative to /dashboards/, so that the server may live below any path.
  base: "./",
  build: {
    target: "es2022",
    assetsInlineLimit: 0,
    // A script in the page would need an exception in the content security policy.
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 900,
    rollupOptions: {
      output: {
        manualChunks: (id: string) => (/node_modules\/(echarts|zrender)\//.test(id) ? "charts" : undefined),
      },
    },
  },
});
