// Keeps the book for reading without a network. Made by `qabook build`.
//
// One build is one version with a cache of its own. Every file is checked against the hash that the build gave it before it
// is kept, so a cache never holds files of two builds, even when the host changes them in between. A new version is fetched
// next to the one in use (files that stayed the same are copied) and waits until the reader accepts it or closes the book.
'use strict';
{
    const worker = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));
    const VERSION = '{{ version }}';

    /** @type {Map<string, string>} The files of this version, relative to the scope, with the SHA-256 of each in base64. */
    const FILES = new Map({{ files }});

    /** How much they are together. */
    const BYTES = {{ bytes }};

    /** Files next to the pages that are too large to keep. @type {string[]} */
    const DOWNLOADS = {{ downloads }};

    /** The page that says that they need a network. */
    const NO_NETWORK = {{ no_network }};

    const SCOPE = new URL(worker.registration.scope);
    // Books on one host share its caches: the scope tells whose one is.
    const PREFIX = `qabook:${SCOPE.pathname}:`;
    const CACHE = PREFIX + VERSION;
    const HASH = 'Qabook-Hash';
    const AT_A_TIME = 6;

    /** Pages of another version, which came from the network: so do their files. @type {Set<string>} */
    const strangers = new Set();

    /** @param {string} file */
    const addressOf = file => new URL(file.split('/').map(encodeURIComponent).join('/'), SCOPE).href;

    /** @type {(url: URL) => string} */
    const pathOf = url => {
        try {
            return decodeURIComponent(url.pathname.slice(SCOPE.pathname.length));
        } catch {
            return url.pathname;
        }
    };

    /** @type {(url: URL) => string | undefined} The file that a server answers with, if it is one of this version. */
    const fileAt = url => {
        const path = pathOf(url);
        const file = path === '' || path.endsWith('/') ? `${path}index.html` : path;
        return [file, `${file}.html`].find(name => FILES.has(name));
    };

    /** @param {ArrayBuffer} bytes */
    const hashOf = async bytes => {
        const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
        return btoa(String.fromCharCode(...hash));
    };

    /**
     * Keeps the answer of a server when it is the file of this version.
     * @type {(cache: Cache, file: string, response: Response) => Promise<boolean>}
     */
    const keep = async (cache, file, response) => {
        const bytes = await response.arrayBuffer();
        const hash = FILES.get(file) ?? '';
        if (await hashOf(bytes) !== hash) {
            return false;
        }
        // A new response: one that was redirected can't answer the request for a page.
        const headers = { 'Content-Type': response.headers.get('Content-Type') ?? '', [HASH]: hash };
        await cache.put(addressOf(file), new Response(bytes, { headers }));
        return true;
    };

    /**
     * What is kept of a file. A cache that can't be opened (a damaged profile, storage that is refused) keeps nothing: the
     * network has the file.
     * @type {(file: string) => Promise<Response | undefined>}
     */
    const keptOf = async file => {
        try {
            return await (await caches.open(CACHE)).match(addressOf(file));
        } catch {
            return undefined;
        }
    };

    /**
     * Whether the browser has room for this many files. Without it nothing is fetched: each visit would fetch the book again.
     * @param {number} count
     */
    const hasRoomFor = async count => {
        try {
            const { quota = Infinity, usage = 0 } = await navigator.storage.estimate();
            return quota - usage > BYTES * count / FILES.size;
        } catch {
            return true;
        }
    };

    /** Where an older version notes that this one had no room; no chapter can have such a path. */
    const FULL = new URL('-/qabook/full', SCOPE).href;
    const WEEK = 7 * 24 * 3_600_000;

    /** @type {(older: Cache[]) => Promise<boolean>} Whether there was no room a short while ago. */
    const wasFull = async older => {
        const notes = await Promise.all(older.map(async cache => (await cache.match(FULL))?.text()));
        return notes.some(note => {
            const [version, at] = (note ?? '').split(' ');
            return version === VERSION && Date.now() - Number(at) < WEEK;
        });
    };

    /** @type {(older: Cache[]) => Promise<void>} Some browsers report more room than there is: what was learned is kept. */
    const noteFull = async older => {
        const note = `${VERSION} ${Date.now()}`;
        await Promise.all(older.map(cache => cache.put(FULL, new Response(note)).catch(() => undefined)));
        for (const page of await worker.clients.matchAll({ includeUncontrolled: true })) {
            page.postMessage('full');
        }
    };

    /** @returns {Promise<Cache[]>} */
    const olderCaches = async () => {
        const names = (await caches.keys()).filter(name => name.startsWith(PREFIX) && name !== CACHE);
        return Promise.all(names.map(name => caches.open(name)));
    };

    /** @type {(cache: Cache, older: Cache[], file: string) => Promise<void>} */
    const obtain = async (cache, older, file) => {
        const address = addressOf(file);
        for (const other of older) {
            const kept = await other.match(address);
            if (kept && kept.headers.get(HASH) === FILES.get(file)) {
                return cache.put(address, kept);
            }
        }
        if (!await keep(cache, file, await fetch(address, { cache: 'no-cache' }))) {
            throw new Error(`${address} is not the file of version ${VERSION}: it will be tried again`);
        }
    };

    /**
     * Obtains those of `files` that aren't kept yet. After an error the next attempt goes on from there.
     * @param {Iterable<string>} files
     */
    const obtainAll = async files => {
        const [cache, older] = [await caches.open(CACHE), await olderCaches()];
        const kept = new Set((await cache.keys()).map(request => request.url));
        const missing = [...files].filter(file => !kept.has(addressOf(file)));
        const queue = missing.values();
        const obtainNext = async () => {
            for (const file of queue) {
                await obtain(cache, older, file);
            }
        };
        try {
            if (missing.length > 0 && (await wasFull(older) || !await hasRoomFor(missing.length))) {
                throw new DOMException('the book has no room', 'QuotaExceededError');
            }
            await Promise.all(Array.from({ length: AT_A_TIME }, obtainNext));
        } catch (error) {
            if (error instanceof DOMException && error.name === 'QuotaExceededError') {
                // The disk is full: the reader's space is worth more than a book that can't be read whole.
                await caches.delete(CACHE);
                await noteFull(older);
            }
            throw error;
        }
    };

    /** Whether the reader asks sites to save data: then only what was opened is kept. */
    const isSparing = () => {
        const { connection } = /** @type {WorkerNavigator & { connection?: { saveData?: boolean } }} */ (navigator);
        return Boolean(connection?.saveData);
    };

    /**
     * Keeps pages and what they are made of.
     * @param {string[]} pages
     */
    const obtainPages = async pages => {
        await obtainAll(pages);
        const cache = await caches.open(CACHE);
        const parts = await Promise.all(pages.map(async page => {
            const html = await (await cache.match(addressOf(page)))?.text() ?? '';
            const links = html.matchAll(/<(?:link|script)\b[^>]* (?:href|(?:data-)?src)="([^"]+\.(?:css|js))"/g);
            return [...links].map(link => fileAt(new URL(link[1] ?? '', addressOf(page))));
        }));
        await obtainAll(parts.flat().filter(file => file !== undefined));
    };

    const install = async () => {
        if (!isSparing()) {
            return obtainAll(FILES.keys());
        }
        // The pages that were opened in the version before.
        const requests = await Promise.all((await olderCaches()).map(cache => cache.keys()));
        const files = requests.flat().map(request => fileAt(new URL(request.url)));
        return obtainPages(files.filter(file => file !== undefined).filter(file => file.endsWith('.html')));
    };

    const activate = async () => {
        const all = await caches.keys().catch(() => []);
        const names = all.filter(name => name.startsWith(PREFIX) && name !== CACHE);
        await Promise.all(names.map(name => caches.delete(name)));
        if (names.length === 0) {
            // The first version: the page that brought it needs no reload.
            await worker.clients.claim();
        }
    };

    /** @type {(event: FetchEvent, file: string) => Promise<Response>} */
    const answer = async (event, file) => {
        const { request, clientId, resultingClientId } = event;
        if (strangers.has(clientId)) {
            return fetch(request);
        }
        const kept = await keptOf(file);
        if (kept) {
            return kept;
        }
        const response = await fetch(request);
        const copy = response.clone();
        const ours = await caches.open(CACHE).then(cache => keep(cache, file, copy)).catch(() => false);
        if (!ours && response.ok && request.mode === 'navigate') {
            strangers.add(resultingClientId);
        }
        return response;
    };

    /** @type {(request: Request) => Promise<Response>} What isn't kept: a download, or a page that isn't there. */
    const answerElsewhere = async request => {
        const url = new URL(request.url);
        if (FILES.has(`${pathOf(url)}/index.html`)) {
            return Response.redirect(`${url.pathname}/${url.search}`);
        }
        try {
            return await fetch(request);
        } catch (error) {
            if (DOWNLOADS.includes(pathOf(url))) {
                return new Response(NO_NETWORK, { status: 503, headers: { 'Content-Type': 'text/html; charset=utf-8' } });
            }
            const page = await keptOf('404.html');
            if (!page) {
                throw error;
            }
            return new Response(page.body, { status: 404, headers: page.headers });
        }
    };

    worker.addEventListener('install', event => event.waitUntil(install()));
    worker.addEventListener('activate', event => event.waitUntil(activate()));

    worker.addEventListener('fetch', event => {
        const url = new URL(event.request.url);
        if (event.request.method !== 'GET' || url.origin !== SCOPE.origin || !url.pathname.startsWith(SCOPE.pathname)) {
            return;
        }
        const file = fileAt(url);
        if (file !== undefined) {
            event.respondWith(answer(event, file));
        } else if (event.request.mode === 'navigate') {
            event.respondWith(answerElsewhere(event.request));
        }
    });

    // From theme/js/offline.js.
    worker.addEventListener('message', event => {
        if (event.data === 'activate') {
            worker.skipWaiting();
        } else if (typeof event.data?.opened === 'string') {
            const page = fileAt(new URL(event.data.opened));
            // For others than sparing readers: what the browser has dropped, or an earlier attempt didn't get.
            const obtained = isSparing() ? obtainPages(page ? [page] : []) : obtainAll(FILES.keys());
            event.waitUntil(obtained.catch(() => undefined));
        }
    });
}
