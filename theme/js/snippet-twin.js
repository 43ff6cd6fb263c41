'use strict';

// Cards in two languages: where there is room a switch shows the Python beside the Rust, otherwise each has a tab and their
// output a third. What the reader chose last holds for all cards, on every page; a card without it shows its first tab.
{
    const SHOWN = `${qabook.storage}:shown`;
    const root = document.documentElement;
    /** That of snippet-twin.css. */
    const narrow = matchMedia('(max-width: 767.98px)');
    /** @typedef {{ card: HTMLElement, tabs: HTMLElement[] }} Twin */
    /** @type {Twin[]} */
    const twins = qabook.snippets()
        .map(card => ({ card, tabs: [.../** @type {NodeListOf<HTMLElement>} */ (card.querySelectorAll('[role="tab"]'))] }))
        .filter(({ tabs }) => tabs.length);

    /** @type {(twin: Twin) => void} */
    const mark = ({ card, tabs }) => {
        const { shown } = root.dataset;
        const chosen = tabs.find(tab => tab.dataset.tab === shown) ?? tabs[0];
        for (const tab of tabs) {
            const panel = card.querySelector(`.snippet-${tab.dataset.tab}`);
            tab.id = `${card.id}-tab-${tab.dataset.tab}`;
            tab.setAttribute('aria-selected', String(tab === chosen));
            tab.tabIndex = tab === chosen ? 0 : -1;
            for (const [name, value] of [['role', 'tabpanel'], ['aria-labelledby', tab.id]]) {
                panel?.[narrow.matches ? 'setAttribute' : 'removeAttribute'](name, value);
            }
        }
        card.dataset.tab = narrow.matches ? chosen.dataset.tab : '';
        const button = card.querySelector('[data-do="python"]');
        button?.setAttribute('aria-pressed', String(shown ? shown !== 'rust' : 'primary' in card.dataset));
        button?.removeAttribute('hidden');
    };

    /** @type {(name: string, under: Element) => void} */
    const show = (name, under) => {
        const before = under.getBoundingClientRect().top;
        root.dataset.shown = name;
        twins.forEach(mark);
        // All cards change their height; what is under the reader's finger stays where it is.
        scrollBy({ top: under.getBoundingClientRect().top - before, behavior: 'instant' });
    };

    /** @type {(name: string, under: Element) => void} Where it isn't kept, the choice lives as long as the page. */
    const choose = (name, under) => {
        qabook.keep(SHOWN, name);
        show(name, under);
    };

    /** @type {(event: KeyboardEvent, tabs: HTMLElement[]) => void} */
    const onKey = (event, tabs) => {
        const at = tabs.indexOf(/** @type {HTMLElement} */ (event.target));
        const forward = getComputedStyle(tabs[0]).direction === 'rtl' ? -1 : 1;
        const to = { ArrowRight: at + forward, ArrowLeft: at - forward, Home: 0, End: -1 }[event.key];
        if (to !== undefined && !event.altKey && !event.ctrlKey && !event.metaKey) {
            event.preventDefault();
            // mdBook turns pages by ← and →.
            event.stopPropagation();
            const tab = tabs.at(to % tabs.length);
            tab?.focus();
            tab?.click();
        }
    };

    for (const { tabs } of twins) {
        for (const tab of tabs) {
            tab.addEventListener('click', () => choose(tab.dataset.tab ?? '', tab));
            tab.addEventListener('keydown', event => onKey(event, tabs));
        }
    }
    qabook.onCardClick({
        python(_card, _event, button) {
            choose(button.getAttribute('aria-pressed') === 'true' ? 'rust' : 'python', button);
        },
    });

    // Who runs a program wants to see what it prints.
    document.addEventListener('snippet:running', ({ target }) => {
        if (narrow.matches && target instanceof Element && target.querySelector('.snippet-outputs')) {
            show('outputs', target);
        }
    });

    // Where the build didn't put the book's name into the page, the script in its head couldn't know. And who comes back to a
    // page may have chosen on another.
    const restore = () => {
        const kept = qabook.kept(SHOWN);
        if (kept) {
            root.dataset.shown = kept;
        }
        twins.forEach(mark);
    };
    addEventListener('pageshow', restore);
    narrow.addEventListener('change', () => twins.forEach(mark));
    restore();
}
