import { defineConfig } from 'vite';

// The page is served by `lightloom studio` under a content security policy without inline script, style or data: script.
// For work on the page alone: `npm run dev`, with a studio running on the port that STUDIO names.
const studio = `http://127.0.0.1:${(globalThis as { process?: { env: Record<string, string> } }).process?.env.STUDIO ?? '5080'}`;

export default defineConfig({
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    target: 'es2022',
    outDir: 'dist',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 700,
  },
  server: { proxy: { '/api': { target: studio, changeOrigin: true } } },
});
