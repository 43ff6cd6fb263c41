'use strict';
// Opens mdBook's search box and loads the client when a reader wants it: most pages are read without a search.
{
    const own = /** @type {HTMLScriptElement} */ (document.currentScript);
    const part = (/** @type {string} */ name) => /** @type {any} */ (document.getElementById(`mdbook-search${name}`));
    const [wrapper, box, toggle, outer, header] = ['-wrapper', 'bar', '-toggle', 'results-outer', 'results-header'].map(part);
    let loading = false;
    let composing = false;

    const load = () => {
        loading = true;
        const client = document.createElement('script');
        client.dataset.index = own.dataset.index;
        client.src = own.src.replace('.start.js', '.js');
        // What was typed meanwhile; a text that an input method still composes comes with its end.
        client.onload = () => composing || box.dispatchEvent(new InputEvent('input'));
        client.onerror = () => {
            loading = false;
            header.textContent = '搜索用不了：没有读到它的程序。刷新页面再试，或者从目录找。';
            outer.classList.remove('hidden');
        };
        document.head.append(client);
    };

    const open = () => {
        wrapper.classList.remove('hidden');
        toggle.setAttribute('aria-expanded', 'true');
        scrollTo(0, 0);
        box.focus();
        box.select();
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
        box.placeholder = '搜索本书（中文、英文、拼音）';
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
}
