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

/** What of `public/` belongs to the shell; the other icons only the system asks for. */
const shellFiles = ['favicon.svg', 'favicon-unread.svg', 'manifest.webmanifest'];

/** The service worker has a name of its own for ever; what it holds, and its version, follow from everything that was built. */
const serviceWorker: Plugin = {
  name: 'service-worker',
  apply: 'build',
  async writeBundle({ dir = '' }, bundle) {
    const assets = Object.keys(bundle).filter((name) => name.startsWith('assets/')).sort();
    const document = bundle['index.html'];
    if (document?.type !== 'asset') throw new Error('The document was not built.');
    const script = await this.fs.readFile('src/serviceWorker.js', { encoding: 'utf8' });
    const files = await Promise.all(shellFiles.map((file) => this.fs.readFile(`public/${file}`, { encoding: 'utf8' })));
    const content = new TextEncoder().encode([script, document.source, ...assets, ...files].join('\n'));
    const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', content));
    const version = Array.from(digest.slice(0, 8), (byte) => byte.toString(16).padStart(2, '0')).join('');
    const shell = ['/', ...[...assets, ...shellFiles].map((name) => `/${name}`)];
    await this.fs.writeFile(`${dir}/sw.js`, script.replace('%VERSION%', version).replace('%SHELL%', JSON.stringify(shell)));
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
  // The worker keeps the chat's shell, which the console is no part of.
  plugins: mode === consoleMode ? [themeScript] : [themeScript, serviceWorker, consoleAddresses],
  build: {
    outDir: '../Server/wwwroot',
    emptyOutDir: mode !== consoleMode,
    // light-dark() and :has() are used as they are: no rewriting for browsers older than these.
    target: ['chrome123', 'firefox121', 'safari17.5'],
    // What the first message needs is one chunk, named in the document; the polyfill would be dead weight.
    rolldownOptions: {
      ...(mode === consoleMode && { input: 'admin.html' }),
      output: { codeSplitting: { groups: [{ name: mode === consoleMode ? 'admin' : 'index', tags: ['$initial'] }] } },
    },
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
    // A busy machine is no fault of the page.
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
}));
