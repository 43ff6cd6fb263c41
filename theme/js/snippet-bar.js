'use strict';

// The bar of a card: copy, the Playground link, the buttons whose scripts may come when they are pressed (press.js), and the
// notice (`snippet:notice`, whose detail is the text) that tells what happened.
{
    /** Servers refuse much longer links. The build has the same limit: preprocessors/snippets/src/playground.rs. */
    const LONGEST_LINK = 8 * 1024;

    /** @type {(card: HTMLElement) => string | null | undefined} The Python, where the card shows nothing else (snippet-twin.js). */
    const python = card => card.dataset.tab === 'python' ? card.querySelector('.snippet-python pre')?.textContent : null;

    /** @type {(card: HTMLElement) => string} The text on the card. */
    const shown = card => card.querySelector('.snippet-code')?.textContent ?? '';

    /** @type {WeakMap<Element, number>} */
    const timers = new WeakMap();

    /** @type {(card: Element, text: string) => void} */
    const notice = (card, text) => {
        const line = card.querySelector('.snippet-notice');
        if (line) {
            line.textContent = text;
            clearTimeout(timers.get(card));
            timers.set(card, window.setTimeout(() => line.replaceChildren(), 8000));
        }
    };

    /** @type {(text: string) => boolean} The way that works without the clipboard API, on http:// for example. */
    const copyBySelection = text => {
        const focused = document.activeElement;
        const area = qabook.make('textarea', 'snippet-offscreen');
        area.value = text;
        area.readOnly = true;
        document.body.append(area);
        area.select();
        const done = document.execCommand('copy');
        area.remove();
        if (focused instanceof HTMLElement) {
            focused.focus();
        }
        return done;
    };

    /** @type {(text: string) => Promise<boolean>} */
    const copy = async text => {
        try {
            await navigator.clipboard.writeText(text);
            return true;
        } catch {
            return copyBySelection(text);
        }
    };

    /** @type {(card: HTMLElement, text: string, done: string) => Promise<void>} */
    const copyAndSay = async (card, text, done) => {
        notice(card, await copy(text) ? done : qabook.words['card-copy-refused']);
    };

    /** @type {(card: HTMLElement) => string} */
    const address = card => {
        const { playground = '', channel = '', mode = '', edition = '' } = card.dataset;
        const query = { version: channel, mode, edition, code: qabook.program(card) };
        return `${playground}?${Object.entries(query).map(pair => pair.map(encodeURIComponent).join('=')).join('&')}`;
    };

    /** @type {(card: HTMLElement) => void} */
    const refresh = card => {
        const link = card.querySelector('[data-do="playground"]');
        if (link instanceof HTMLAnchorElement) {
            const full = address(card);
            link.href = full.length > LONGEST_LINK ? card.dataset.playground ?? '' : full;
            link.hidden = false;
        }
        const button = card.querySelector('[data-do="copy"]');
        button?.setAttribute('title', qabook.words[card.dataset.program === undefined ? 'card-copy-whole' : 'card-copy-part']);
        button?.removeAttribute('hidden');
    };

    qabook.onCardClick({
        copy(card, event) {
            const twin = python(card);
            const part = !twin && card.dataset.program !== undefined && !event.shiftKey;
            copyAndSay(card, twin ?? (part ? shown(card) : qabook.program(card)), qabook.words[part ? 'card-copied-part' : 'card-copied-whole']);
        },
        playground(card, event) {
            if (address(card).length > LONGEST_LINK) {
                event.preventDefault();
                copyAndSay(card, qabook.program(card), qabook.words['card-too-long']);
            }
        },
    });

    document.addEventListener('snippet:notice', event => {
        notice(/** @type {Element} */ (event.target), /** @type {CustomEvent<string>} */ (event).detail);
    });

    document.addEventListener('qabook:missing', ({ target }) => {
        const card = target instanceof Element && target.closest('.snippet');
        if (card) {
            notice(card, qabook.words['card-not-loaded']);
        }
    });

    document.addEventListener('snippet:changed', event => refresh(/** @type {HTMLElement} */ (event.target)));

    const explain = () => {
        for (const button of document.querySelectorAll('.snippet [data-do="run"]')) {
            button.setAttribute('title', navigator.onLine ? '' : qabook.words['run-no-network']);
        }
    };
    addEventListener('online', explain);
    addEventListener('offline', explain);
    explain();

    for (const card of qabook.snippets()) {
        refresh(card);
        const edit = card.querySelector('[data-do="edit"]');
        for (const button of [edit, card.querySelector('[data-do="run"]')]) {
            button?.removeAttribute('hidden');
        }
        // What the reader changed here before is shown at once.
        if (edit && qabook.kept(`${qabook.storage}:code:${card.dataset.snippet}`)) {
            qabook.need?.(edit).catch(() => {});
        }
    }
    // For the badge in the style sheet.
    document.documentElement.style.setProperty('--edited-name', JSON.stringify(qabook.words['card-edited']));
}
