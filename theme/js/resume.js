/**
 * The ways back in: to where the reader left off, on the page with the doors; to the questions that wait, in the menu bar and
 * there; and, after a mark, from a question to the next that waits.
 */
'use strict';
{
    const KEY = `${qabook.storage}:last`;

    /**
     * The last page of a question that was read: below the site's root; the section that was on top of the window, if any;
     * how far in it, from 0 to 1; and whether the reader is on the way back to it.
     * @typedef {{page: string, section: string, heading: string, part: number, back?: boolean}} Last
     */

    // @ts-expect-error: mdBook puts it into every page.
    const root = /** @type {string} */ (path_to_root);
    const here = location.href.slice(new URL(root || '.', document.baseURI).href.length).replace(/[?#].*/s, '');

    /** @type {() => Last | null} */
    const last = () => {
        try {
            const { page, section, heading, part, back } = JSON.parse(qabook.kept(KEY) ?? '');
            const good = [page, section, heading].every(text => typeof text === 'string') && part >= 0 && part <= 1;
            return good ? { page, section, heading, part, back } : null;
        } catch {
            return null;
        }
    };

    /** @type {(page: string) => HTMLAnchorElement | undefined} Its link in the table of contents, if the book still has it. */
    const inContents = page => {
        const { href } = new URL(`${root}${page}`, document.baseURI);
        /** @type {NodeListOf<HTMLAnchorElement>} */
        const links = document.querySelectorAll('#mdbook-sidebar [data-question] > a');
        return [...links].find(link => link.href.replace(/[?#].*/s, '') === href);
    };
    /** @type {(link: HTMLAnchorElement) => string} Without its number. */
    const titleOf = link => [...link.childNodes].filter(node => !(node instanceof HTMLElement && node.matches('strong')))
        .map(node => node.textContent).join('').trim();

    /** @type {() => HTMLElement[]} */
    const sections = () => Array.from(document.querySelectorAll('main :is(h2, h3)[id]'));
    /** What is above this is below the menu bar, or read. */
    const line = () => (document.getElementById('mdbook-menu-bar')?.offsetHeight ?? 0) + 16;
    /** @type {(element: Element | undefined) => number} */
    const top = element => (element ?? document.querySelector('.question-end'))?.getBoundingClientRect().top ?? 0;

    const remember = () => {
        const all = sections();
        const index = all.filter(section => top(section) <= line()).length - 1;
        const current = all[index];
        const length = top(all[index + 1]) - top(current);
        const part = current && length > 0 ? Math.min(Math.max((line() - top(current)) / length, 0), 1) : 0;
        /** @type {Last} */
        const record = { page: here, section: current?.id ?? '', heading: current?.textContent?.trim() ?? '', part };
        qabook.keep(KEY, JSON.stringify(record));
    };

    /** Where the reader was, not only at the heading above it. */
    const goBack = () => {
        const record = last();
        if (!record?.back || record.page !== here) {
            return;
        }
        const all = sections();
        const index = all.findIndex(({ id }) => id === record.section);
        if (index >= 0) {
            scrollBy({ top: top(all[index]) + record.part * (top(all[index + 1]) - top(all[index])) - line() });
        }
        qabook.keep(KEY, JSON.stringify({ ...record, back: false }));
    };

    /** Of inputs those that are written into. */
    const WRITES = ':not([type=checkbox], [type=radio], [type=button], [type=submit], [type=reset])';

    /** @type {(event: KeyboardEvent) => boolean} Whether a key is the browser's, or part of what is being written. */
    const isForOthers = ({ target, ctrlKey, metaKey, altKey }) => {
        const writes = target instanceof Element && target.closest(`input${WRITES}, textarea, select, [contenteditable]`);
        return Boolean(writes) || ctrlKey || metaKey || altKey;
    };

    /** @type {(record: Last) => HTMLAnchorElement | null} */
    const resumeLink = record => {
        const chapter = inContents(record.page);
        if (!chapter) {
            return null;
        }
        const label = qabook.make('strong', '', qabook.words.resume);
        const link = qabook.make('a', 'resume-link', label, ' ', qabook.make('span', '', titleOf(chapter)));
        if (record.heading) {
            link.append(' ', qabook.make('span', 'resume-section', record.heading));
        }
        link.href = chapter.href;
        link.hash = record.section;
        link.addEventListener('click', () => qabook.keep(KEY, JSON.stringify({ ...record, back: true })));
        return link;
    };

    /** @type {() => HTMLAnchorElement} */
    const queueLink = () => {
        const link = qabook.make('a', 'queue-link');
        link.href = `${root}review.html?show=again`;
        return link;
    };

    const showHome = () => {
        const doors = document.querySelector('.practice-doors');
        if (doors) {
            const record = last();
            const ways = qabook.make('p', 'resume', ...[record && resumeLink(record), queueLink()].flatMap(way => way ?? []));
            doors.after(ways);
        }
    };

    const showQueue = () => {
        const { again, due } = qabook.queue();
        /** @type {NodeListOf<HTMLElement>} */
        const links = document.querySelectorAll('.queue-link');
        for (const link of links) {
            link.textContent = qabook.say('queue', { n: again + due });
            // The page for addresses that don't exist has no words.
            link.hidden = again + due === 0 || link.textContent === '';
        }
        /** @type {NodeListOf<HTMLElement>} */
        const ways = document.querySelectorAll('.resume');
        for (const way of ways) {
            way.hidden = !way.querySelector('a:not([hidden])');
        }
    };

    /** Below the text: the next question that isn't known, unless it is the next page. */
    const showOpen = () => {
        document.querySelector('.next-open')?.remove();
        const turns = document.querySelector('.page-turns');
        /** @type {NodeListOf<HTMLAnchorElement>} */
        const links = document.querySelectorAll('#mdbook-sidebar [data-question] > a');
        const place = [...links].findIndex(link => link.classList.contains('active'));
        const others = [...links].slice(place + 1).concat([...links].slice(0, Math.max(place, 0)));
        const open = others.find(({ parentElement }) => parentElement?.dataset.mark !== 'known');
        const next = /** @type {HTMLAnchorElement | null} */ (document.querySelector('.page-turns a.next'));
        if (turns && place >= 0 && open && open.href !== next?.href) {
            const link = qabook.make('a', 'nav-chapters next-open',
                qabook.make('span', 'page-turn-label', qabook.words['next-open']), ' ',
                qabook.make('span', 'page-turn-title', titleOf(open)));
            link.href = open.href;
            turns.append(link);
        }
    };

    /** @type {(marks: Element) => void} Below the buttons that were pressed: the next that waits. */
    const showNext = marks => {
        document.querySelector('.next-in-queue')?.remove();
        const slug = marks.getAttribute('data-question') ?? '';
        const [next] = qabook.waiting().filter(other => other !== slug);
        const chapter = document.querySelector(`#mdbook-sidebar [data-question="${CSS.escape(next ?? '')}"] > a`);
        if (!marks.querySelector('[aria-pressed="true"]') || !(chapter instanceof HTMLAnchorElement)) {
            return;
        }
        const label = qabook.make('strong', '', qabook.words['next-in-queue']);
        const link = qabook.make('a', 'next-in-queue', label, ' ', qabook.make('span', '', titleOf(chapter)), ' ',
            qabook.make('kbd', '', 'N'));
        link.href = chapter.href;
        link.setAttribute('aria-keyshortcuts', 'n');
        marks.after(link);
    };

    // The doors by their numbers; not on the page of the whole book.
    const doors = /** @type {NodeListOf<HTMLAnchorElement>} */ (document.querySelectorAll('.practice-doors:not(.print-chapter *) a'));
    document.addEventListener('keydown', event => {
        if (!isForOthers(event)) {
            doors[Number(event.key) - 1]?.click();
        }
    });

    document.querySelector('#mdbook-menu-bar .right-buttons')?.prepend(queueLink());
    showHome();
    showQueue();
    document.addEventListener('qabook:progress', showQueue);

    // Nor are a place in it and a next question.
    if (document.querySelector('.question-header:not(.print-chapter *)')) {
        showOpen();
        document.addEventListener('qabook:progress', showOpen);
        addEventListener('load', goBack);
        // A phone may end a hidden page without another event.
        addEventListener('pagehide', remember);
        document.addEventListener('visibilitychange', () => document.visibilityState === 'hidden' && remember());

        // After progress.js has kept the mark.
        document.addEventListener('click', ({ target }) => {
            const marks = target instanceof Element && target.closest('.question-marks button')?.parentElement;
            if (marks) {
                showNext(marks);
            }
        });
        document.addEventListener('keydown', event => {
            const link = document.querySelector('a.next-in-queue');
            if (/^n$/i.test(event.key) && !isForOthers(event) && link instanceof HTMLAnchorElement) {
                link.click();
            }
        });
    }
}
