import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

const server = 'http://localhost:8080';

/** The theme's script stays a classic one, which runs before the first paint. Its name gets a hash, so that browsers keep it like the rest. */
const themeScript: Plugin = {
  name: 'theme-script',
  apply: 'build',
  async buildStart() {
    this.emitFile({ type: 'asset', name: 'theme.js', source: await this.fs.readFile('src/theme.js') });
  },
  transformIndexHtml: {
    order: 'post',
    handler(html, { bundle = {} }) {
      const asset = Object.values(bundle).find((file) => file.type === 'asset' && file.names.includes('theme.js'));
      if (!asset) throw new Error('The theme script was not built.');
      return html.replace('"/src/theme.js"', `"/${asset.fileName}"`);
    },
  },
};

/** The server gives one document for every screen of the console; so does the development server. */
const consoleAddresses: Plugin = {
  name: 'console-addresses',
  apply: 'serve',
  configureServer({ middlewares }) {
    middlewares.use((incoming, _, next) => {
      // Node's own types are not among the packages.
      const request = incoming as unknown as { url?: string };
      if (/^\/admin(?:[/?]|$)/.test(request.url ?? '')) request.url = '/admin.html';
      next();
    });
  },
};

/** The operators' console is built by itself, after the chat's page: what they share is in both, so that neither waits for a second file. */
const consoleMode = 'console';

export default defineConfig(({ mode }) => ({
  plugins: [themeScript, consoleAddresses],
  build: {
    outDir: '../Server/wwwroot',
    emptyOutDir: mode !== consoleMode,
    ...(mode === consoleMode && { rolldownOptions: { input: 'admin.html' } }),
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
}));
