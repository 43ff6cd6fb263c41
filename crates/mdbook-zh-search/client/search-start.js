// Opens mdBook's search box and loads the client when a reader wants it: most pages are read without a search.
import { box, header, outer, toggle, wrapper } from './search-elements.js';
import { words } from './search-words.js';

const own = /** @type {HTMLScriptElement} */ (document.currentScript);
let loading = false;
let composing = false;

const load = () => {
    loading = true;
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
    document.head.append(client);
};

const open = () => {
    wrapper.classList.remove('hidden');
    toggle.setAttribute('aria-expanded', 'true');
    scrollTo(0, 0);
    box?.focus();
    box?.select();
    if (!loading) load();
    dispatchEvent(new Event('zh-search-open'));
};

const key = (/** @type {KeyboardEvent} */ event) => {
    if (event.isComposing || event.altKey || event.ctrlKey || event.metaKey) return;
    const typing = document.activeElement?.matches('input, select, textarea, [contenteditable]');
    if ((event.key === '/' || event.key === 's') && !typing) {
        event.preventDefault();
        event.stopImmediatePropagation();
        open();
    }
};

if (box) {
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
