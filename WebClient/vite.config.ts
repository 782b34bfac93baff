import { defineConfig } from 'vitest/config';

const server = 'http://localhost:8080';

export default defineConfig({
  build: {
    outDir: '../Server/wwwroot',
    emptyOutDir: true,
    // light-dark() and :has() are used as they are: no rewriting for browsers older than these.
    target: ['chrome123', 'firefox121', 'safari17.5'],
    // One chunk holds everything the first message needs, so there is nothing to preload; and the polyfill would be dead weight.
    modulePreload: { polyfill: false },
    // An inlined asset would be a data: address, which the content security policy refuses.
    assetsInlineLimit: 0,
  },
  server: {
    proxy: {
      '/api': server,
      '/hub': { target: server, ws: true },
    },
  },
  test: {
    include: ['src/**/*.test.ts'],
    // Style sheets are read as text, to be compared with what the source says of them.
    css: true,
  },
});
