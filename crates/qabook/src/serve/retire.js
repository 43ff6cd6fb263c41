// In the place of a published book's service worker: a browser that once read one at this address would go on showing the
// pages it kept. This worker drops them, reloads the open pages and goes.
'use strict';
{
    const worker = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));
    worker.addEventListener('install', () => worker.skipWaiting());
    worker.addEventListener('activate', event => {
        const retire = async () => {
            // Where the cache can't be opened there is nothing to drop, and the worker must go all the same.
            const names = await caches.keys().catch(() => []);
            const kept = names.filter(name => name.startsWith('qabook:/:'));
            await Promise.all(kept.map(name => caches.delete(name).catch(() => false)));
            await worker.registration.unregister();
            const pages = await worker.clients.matchAll({ type: 'window' });
            for (const page of pages) {
                // Not waited for: it waits for this worker itself.
                page.navigate(page.url);
            }
        };
        event.waitUntil(retire());
    });
}
