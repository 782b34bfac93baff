// Keeps the page's shell: the document and what it is made of, so that it opens without a network. Never an answer of the API or the hub. The
// build puts in the names and the version (vite.config.ts).
const version = '%VERSION%';
const shell = JSON.parse('%SHELL%');
const cacheName = `kaichat-shell-${version}`;

self.addEventListener('install', (event) => {
  // What has its content in its name may come from the browser's own cache.
  const wanted = shell.map((path) => new Request(path, { cache: path.startsWith('/assets/') ? 'default' : 'no-cache' }));
  event.waitUntil(caches.open(cacheName).then((cache) => cache.addAll(wanted)));
});

// The shell before this one stays: pages that were opened with it may still want a part of it.
self.addEventListener('activate', (event) => {
  event.waitUntil(
    caches.keys().then((names) => {
      const former = names.filter((name) => name.startsWith('kaichat-shell-') && name !== cacheName);
      return Promise.all(former.slice(0, -1).map((name) => caches.delete(name)));
    }),
  );
});

self.addEventListener('message', (event) => {
  if (event.data === 'activate') self.skipWaiting();
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== location.origin) return;
  if (request.mode === 'navigate') {
    if (pathname === '/' || pathname.startsWith('/c/')) event.respondWith(newestDocument(request));
  } else if (pathname.startsWith('/assets/') || (pathname !== '/' && shell.includes(pathname))) {
    event.respondWith(held(request));
  }
});

/** From the server whenever it answers: an old page is only for those who would have none. */
async function newestDocument(request) {
  try {
    const answer = await fetch(request);
    if (answer.status < 500) return answer;
    return (await heldDocument()) ?? answer;
  } catch (unreachable) {
    const document = await heldDocument();
    if (document) return document;
    throw unreachable;
  }
}

const heldDocument = async () => (await caches.open(cacheName)).match('/');

/** These have their content in their name, or change with this worker. */
async function held(request) {
  const own = await (await caches.open(cacheName)).match(request, { ignoreVary: true });
  return own ?? (await caches.match(request, { ignoreVary: true })) ?? fetch(request);
}

/** A notification leads to its message: in a page that is open, or in a new one. */
self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  const path = event.notification.data?.path;
  if (typeof path === 'string') event.waitUntil(show(path));
});

async function show(path) {
  const pages = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
  const page = pages.find((candidate) => candidate.focused) ?? pages.find((candidate) => candidate.visibilityState === 'visible') ?? pages[0];
  if (!page) return self.clients.openWindow(path);
  page.postMessage({ type: 'show', path });
  return page.focus();
}
