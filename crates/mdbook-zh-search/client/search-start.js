// Opens mdBook's search box and loads the client when a reader wants it: most pages are read without a search.
import { box, header, outer, toggle, wrapper } from './search-elements.js';
import { words } from './search-words.js';

const own = /** @type {HTMLScriptElement} */ (document.currentScript);
let loading = false;
let composing = false;

const load = () => {
    loading = true;
    const [rel, href] = ['stylesheet', own.src.replace('.start.js', '.results.css')];
    const results = Object.assign(document.createElement('link'), { rel, href });
    const client = document.createElement('script');
    client.dataset.index = own.dataset.index;
    client.src = own.src.replace('.start.js', '.js');
    // What was typed meanwhile; a text that an input method still composes comes with its end.
    client.onload = () => composing || box?.dispatchEvent(new InputEvent('input'));
    client.onerror = () => {
        loading = false;
        header.textContent = String(words['no-client']);
        outer.classList.remove('hidden');
    };
    document.head.append(results, client);
};

const open = () => {
    wrapper.classList.remove('hidden');
    toggle.setAttribute('aria-expanded', 'true');
    box?.focus({ preventScroll: true });
    box?.select();
    if (!loading) load();
    dispatchEvent(new Event('zh-search-open'));
};

const isApple = /Mac|iP/.test(navigator.platform);

/** Of inputs those that letters are written into. */
const WRITES = ':not([type=checkbox], [type=radio], [type=button], [type=submit], [type=reset])';

const key = (/** @type {KeyboardEvent} */ event) => {
    if (event.isComposing || event.altKey) return;
    const command = isApple ? event.metaKey && !event.ctrlKey : event.ctrlKey && !event.metaKey;
    const typing = document.activeElement?.matches(`input${WRITES}, select, textarea, [contenteditable]`);
    const plain = !event.ctrlKey && !event.metaKey && !typing && /^[/s]$/.test(event.key);
    if (plain || (command && !event.shiftKey && event.key === 'k')) {
        event.preventDefault();
        event.stopImmediatePropagation();
        open();
    }
};

/** The button says what it opens and by which key; the style sheet shows it where there is room. */
const label = () => {
    const texts = [String(words['open']), isApple ? '⌘K' : 'Ctrl K'];
    for (const text of texts) {
        const part = document.createElement(text === texts[0] ? 'span' : 'kbd');
        part.className = 'search-open';
        part.textContent = text;
        toggle.append(part);
    }
    toggle.setAttribute('aria-label', texts.join(' '));
    toggle.setAttribute('aria-keyshortcuts', `/ s ${isApple ? 'Meta' : 'Control'}+K`);
};

if (box) {
    label();
    box.placeholder = String(words['placeholder']);
    header.setAttribute('aria-live', 'polite');
    box.addEventListener('compositionstart', () => (composing = true));
    box.addEventListener('compositionend', () => (composing = false));
    toggle.addEventListener('click', () => (wrapper.classList.contains('hidden') ? open() : dispatchEvent(new Event('zh-search-close'))));
    document.addEventListener('keydown', key, true);
    const parameters = new URLSearchParams(location.search);
    const given = parameters.get('search');
    if (given) {
        box.value = given;
        open();
    } else if (parameters.has('highlight')) load();
}
