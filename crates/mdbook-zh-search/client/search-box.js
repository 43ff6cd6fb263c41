// The search box: mdBook's own elements, keys and address parameters, with results by chapter. search-start.js has opened it.
import { box, header, list, outer, toggle, wrapper } from './search-elements.js';
import { onDemand, open } from './search-index.js';
import { group, item, make, option, say } from './search-results.js';
import { QUERY_MAX, search } from './search.js';

/** @import { Answer } from './search.js' */

const form = /** @type {HTMLElement} */ (document.getElementById('mdbook-searchbar-outer'));
/** Below the list: help, and what loads more. */
const foot = document.createElement('div');
const PAGES = 6;
const WAIT_MS = 120;

let asked = '';
let limit = PAGES;
/** Whether Enter was pressed before there was an answer. */
let entered = false;
/** The link that the arrow keys have chosen. @type {HTMLElement | undefined} */
let chosen;

const links = () => /** @type {HTMLElement[]} */ ([...list.querySelectorAll('a')]);
const isOpen = () => !wrapper.classList.contains('hidden');

/** What stands around the results, once it is loaded. @type {ReturnType<typeof import('./search-aside.js').attach> | undefined} */
let aside;

/** Chooses a link, or none: the focus stays in the box. @param {HTMLElement} [link] */
const choose = (link) => {
    chosen?.removeAttribute('aria-selected');
    chosen = link;
    link?.setAttribute('aria-selected', 'true');
    link?.scrollIntoView({ block: 'nearest' });
    box?.setAttribute('aria-activedescendant', link?.id ?? '');
    aside?.preview(chosen ?? list.querySelector('a')).catch(() => {});
};

/** Puts groups of links into the list. @param {Node[]} groups */
const fill = (groups) => {
    list.replaceChildren(...groups);
    foot.replaceChildren();
    for (const [i, link] of links().entries()) link.id = `zh-search-${i}`;
    box?.setAttribute('aria-expanded', String(groups.length > 0));
    outer.classList.remove('hidden');
    choose();
};

const offer = (/** @type {string} */ label, /** @type {() => void} */ act) => {
    const button = make('button', 'search-more', label);
    button.onclick = act;
    foot.append(button);
};

/** What is said above the results. @param {Answer} answer @returns {string} */
const summary = ({ pages, more, notes, missing, cut }) => {
    const count = more ? say('found-more', { n: pages.length + more, shown: pages.length }) : say('found', { n: pages.length });
    const quoted = missing.map((word) => say('quoted', { word })).join(say('comma'));
    const said = pages.length
        ? [count, ...notes.map(([from, to]) => to && say('replaced', { from, to })), quoted && say('missing', { words: quoted })]
        : [say('found-nothing')];
    return [...said, cut ? say('cut', { n: QUERY_MAX }) : ''].filter(Boolean).join(say('semicolon'));
};

/** Links that ask for `texts`. @param {string} label @param {string[]} texts */
const questions = (label, texts) => {
    const all = texts.map((text) => option('search-question', `?search=${encodeURIComponent(text)}`, text));
    return group(label, make('span', '', label), ...all);
};

const show = (/** @type {Answer} */ answer) => {
    const { pages, more, meant } = answer;
    header.textContent = summary(answer);
    fill([...(meant ? [questions(say('meant'), [meant])] : []), ...pages.map(item)]);
    if (!pages.length) foot.append(make('p', 'search-help', say('help')));
    if (more) {
        offer(say('more'), () => {
            const known = links().length;
            limit += PAGES;
            run(() => {
                box?.focus();
                choose(links()[known]);
            });
        });
    }
};

const failed = () => {
    header.textContent = say('no-index');
    fill([]);
    offer(say('reload'), () => location.reload());
};

/** Searches for what the box holds. @param {() => void} [after] */
const run = (after) => {
    const text = asked;
    form.classList.add('searching');
    /** @template T @param {(result: T) => void} then @returns {(result: T) => void} */
    const current = (then) => (result) => {
        // An answer to an older query comes too late.
        if (text !== asked) return;
        form.classList.remove('searching');
        then(result);
        after?.();
        if (entered) links()[0]?.click();
        entered = false;
    };
    search(text, limit).then(current(show), current(failed));
};

const address = (/** @type {string} */ text) => {
    const url = new URL(location.href);
    url.searchParams.delete('highlight');
    url.searchParams.delete('search');
    if (text) url.searchParams.set('search', text);
    try {
        history.replaceState(null, '', url);
    } catch {
        // A page from file:// may not.
    }
};

/** Takes the marks off the page that a result led to. */
let clearMarks = () => {};

const changed = () => {
    const text = box?.value.trim() ?? '';
    if (text === asked) return;
    [asked, limit, entered] = [text, PAGES, false];
    address(text);
    clearMarks();
    if (text) {
        run();
        return;
    }
    form.classList.remove('searching');
    outer.classList.add('hidden');
    aside?.suggest().catch(() => {});
};

const leave = () => {
    entered = false;
    wrapper.classList.add('hidden');
    toggle.setAttribute('aria-expanded', 'false');
    address('');
};

const close = () => {
    leave();
    toggle.focus({ preventScroll: true });
};

let timer = 0;
const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(changed, WAIT_MS);
};

/** Follows the chosen link, or the first answer to what is in the box now. */
const enter = () => {
    changed();
    if (chosen) chosen.click();
    else if (form.classList.contains('searching')) entered = true;
    else if (asked) links()[0]?.click();
};

const keys = (/** @type {KeyboardEvent} */ event) => {
    // 229: a key that an input method has taken, where `isComposing` isn't set yet.
    if (event.isComposing || event.keyCode === 229 || event.altKey || event.ctrlKey || event.metaKey) return;
    const inside = wrapper.contains(document.activeElement);
    const step = Number(event.key === 'ArrowDown') - Number(event.key === 'ArrowUp');
    if (event.key === 'Escape' && isOpen()) {
        close();
    } else if (inside && step) {
        const all = links();
        const at = chosen ? all.indexOf(chosen) : -1;
        box?.focus();
        choose(all[Math.min(at + step, all.length - 1)]);
    } else if (event.key === 'Enter' && document.activeElement === box) enter();
    else {
        // mdBook turns pages by these.
        if (inside && /^Arrow(Left|Right)$/.test(event.key)) event.stopPropagation();
        return;
    }
    event.preventDefault();
    event.stopPropagation();
};

/** Loads what the first query needs, and what an empty box shows. */
const ready = async () => {
    open().catch(() => {});
    const labels = /** @type {[string, string, string]} */ ([say('recent'), say('popular'), say('forget')]);
    const { attach } = await onDemand('aside');
    if (box) aside ??= attach({ box, header, list, outer, labels, questions, fill, offer, choose, leave });
    if (!asked) aside?.suggest();
};

if (box) {
    if (new URLSearchParams(location.search).has('highlight')) {
        onDemand('marks').then(({ mark, clear }) => {
            clearMarks = clear;
            mark();
        }).catch(() => {});
    }
    outer.append(foot);
    const start = () => ready().catch(() => {});
    // What an input method is still composing is no query.
    box.addEventListener('input', (event) => {
        if (!(/** @type {InputEvent} */ (event).isComposing)) soon();
    });
    // Nor does it join what was typed just before it.
    box.addEventListener('compositionstart', () => clearTimeout(timer));
    box.addEventListener('compositionend', soon);
    form.addEventListener('submit', (event) => event.preventDefault());
    document.addEventListener('keydown', keys, true);
    addEventListener('zh-search-open', start);
    addEventListener('zh-search-close', close);
    if (isOpen()) start();
}
