'use strict';
// The search box: mdBook's own elements, keys and address parameters, with results by chapter. search-start.js has opened it.
{
    /** @type {any} */
    let index;
    dispatchEvent(new CustomEvent('zh-search-index', { detail: (/** @type {any} */ it) => (index = it) }));

    const part = (/** @type {string} */ name) => /** @type {any} */ (document.getElementById(`mdbook-search${name}`));
    const [wrapper, form, box, toggle, outer, header, list] =
        ['-wrapper', 'bar-outer', 'bar', '-toggle', 'results-outer', 'results-header', 'results'].map(part);
    const PAGES = 6;
    const WAIT_MS = 120;
    const TEASER = 90;

    /** An element with its class and its children. @param {string} name @param {string} className @param {(string | Node)[]} children */
    const make = (name, className, ...children) => {
        const element = document.createElement(name);
        if (className) element.className = className;
        element.append(...children);
        return /** @type {any} */ (element);
    };

    /** `text` from the first place with most of `words`, each marked. @param {string} text @param {string[]} words @param {number} length */
    const teaser = (text, words, length) => {
        const { text: folded, places } = index.fold(text);
        const hits = words.flatMap((word) => index.hits(folded, word)).map(([from, to]) => [places[from], places[to]]);
        hits.sort((a, b) => a[0] - b[0] || b[1] - a[1]);
        // From the longest hit: the phrase, or its longest word.
        const [best] = [...hits].sort((a, b) => b[1] - b[0] - a[1] + a[0]);
        let start = best && best[0] > length / 3 ? best[0] - 15 : 0;
        // Not in the middle of a word.
        while (start > 0 && /\w\w/.test(text.slice(start - 1, start + 1))) start--;
        const end = Math.min(text.length, start + length);
        const pieces = [start ? '…' : ''];
        let at = start;
        for (const [from, to] of hits) {
            if (from < at || to > end) continue;
            pieces.push(text.slice(at, from), make('mark', '', text.slice(from, to)));
            at = to;
        }
        return [...pieces, text.slice(at, end), end < text.length ? '…' : ''];
    };

    /** @param {any} page */
    const item = ({ address, title, sections }) => {
        /** @type {string[]} */
        const words = [...new Set(sections.flatMap((/** @type {any} */ one) => one.words))];
        const link = (/** @type {string} */ anchor) =>
            `${index.root}${address}?highlight=${encodeURIComponent(words.join(' '))}${anchor && `#${encodeURIComponent(anchor)}`}`;
        const entries = sections.map((/** @type {any} */ section) => {
            const own = section.heading !== title;
            const anchor = make('a', 'search-section', make('span', 'search-heading', ...(own ? teaser(section.heading, section.words, Infinity) : [])),
                make('span', 'teaser', ...teaser(section.text.replace(/\n/g, ' '), section.words, TEASER)));
            anchor.href = link(own ? section.anchor : '');
            return anchor;
        });
        const first = make('a', 'search-page', ...teaser(title, words, Infinity));
        first.href = link('');
        return make('li', '', first, ...entries);
    };

    const quote = (/** @type {string[]} */ texts) => texts.map((text) => `“${text}”`).join('、');

    const HELP = '试试更短的关键词。中文、英文、拼音（sisuo）都行，也认得繁体和个别错字。';

    let asked = '';
    let limit = PAGES;
    const offer = (/** @type {string} */ label, /** @type {() => void} */ act) => {
        const button = make('button', 'search-more', label);
        button.onclick = act;
        list.append(make('li', '', button));
    };

    const show = (/** @type {any} */ { pages, more, notes, missing, cut }) => {
        const read = notes.filter((/** @type {string[]} */ [, to]) => pages.length && to).map((/** @type {string[]} */ [from, to]) => `“${from}”按“${to}”查找`);
        const count = more ? `找到约 ${pages.length + more} 页，先列 ${pages.length} 页` : `找到 ${pages.length} 页`;
        const lacking = missing.length ? `书里没有${quote(missing)}` : '';
        const long = cut ? '只用了开头 80 个字' : '';
        header.textContent = [pages.length ? count : '没有找到', ...read, pages.length ? lacking : '', long].filter(Boolean).join('；');
        list.replaceChildren(...pages.map(item));
        if (!pages.length) list.append(make('li', 'search-help', HELP));
        if (more) {
            const next = pages.length;
            offer('再列一些', () => {
                limit += PAGES;
                run(() => list.children[next]?.querySelector('a')?.focus());
            });
        }
    };

    const failed = () => {
        header.textContent = '搜索用不了：没有读到索引。刷新页面再试，或者从目录找。';
        list.replaceChildren();
        offer('刷新页面', () => location.reload());
    };

    /** Searches for what the box holds. @param {() => void} [after] */
    const run = (after) => {
        const text = asked;
        form.classList.add('searching');
        const current = (/** @type {(result: any) => void} */ then) => (/** @type {any} */ result) => {
            // An answer to an older query comes too late.
            if (text !== asked) return;
            form.classList.remove('searching');
            outer.classList.remove('hidden');
            then(result);
            after?.();
        };
        const detail = { text, limit, answer: current(show), fail: current(failed) };
        dispatchEvent(new CustomEvent('zh-search-query', { detail }));
    };

    const address = (/** @type {string} */ text) => {
        const url = new URL(location.href);
        url.searchParams.delete('highlight');
        if (text) url.searchParams.set('search', text);
        else url.searchParams.delete('search');
        try {
            history.replaceState(null, '', url);
        } catch {
            // A page from file:// may not.
        }
    };

    const changed = () => {
        const text = box.value.trim();
        if (text === asked) return;
        [asked, limit] = [text, PAGES];
        address(text);
        dispatchEvent(new Event('zh-search-clear'));
        if (text) return run();
        form.classList.remove('searching');
        outer.classList.add('hidden');
    };

    const close = () => {
        wrapper.classList.add('hidden');
        toggle.setAttribute('aria-expanded', 'false');
        address('');
        toggle.focus();
    };

    let timer = 0;
    const soon = () => {
        clearTimeout(timer);
        timer = setTimeout(changed, WAIT_MS);
    };

    const keys = (/** @type {KeyboardEvent} */ event) => {
        // 229: a key that an input method has taken, where `isComposing` isn't set yet.
        if (event.isComposing || event.keyCode === 229 || event.altKey || event.ctrlKey || event.metaKey) return;
        const links = [...list.querySelectorAll('a, button')];
        const at = links.indexOf(document.activeElement);
        const inside = wrapper.contains(document.activeElement);
        const step = Number(event.key === 'ArrowDown') - Number(event.key === 'ArrowUp');
        if (event.key === 'Escape' && !wrapper.classList.contains('hidden')) close();
        else if (inside && step && links.length) (links[at + step] ?? (at + step < 0 ? box : links[at])).focus();
        else if (event.key === 'Enter' && document.activeElement === box) {
            changed();
            links[0]?.click();
        } else {
            // mdBook turns pages by these.
            if (inside && /^Arrow(Left|Right)$/.test(event.key)) event.stopPropagation();
            return;
        }
        event.preventDefault();
        event.stopPropagation();
    };

    if (box) {
        const parameters = new URLSearchParams(location.search);
        if (parameters.has('highlight')) index.load('marks').catch(() => {});
        // What an input method is still composing is no query.
        box.addEventListener('input', (/** @type {InputEvent} */ event) => event.isComposing || soon());
        // Nor does it join what was typed just before it.
        box.addEventListener('compositionstart', () => clearTimeout(timer));
        box.addEventListener('compositionend', soon);
        form.addEventListener('submit', (/** @type {Event} */ event) => event.preventDefault());
        document.addEventListener('keydown', keys, true);
        const ready = () => index.open().catch(() => {});
        addEventListener('zh-search-open', ready);
        addEventListener('zh-search-close', close);
        if (!wrapper.classList.contains('hidden')) ready();
    }
}
