/**
 * The reader's marks, known or again: elements with `data-question` get theirs as `data-mark`. And the cards of the practice
 * pages, which are kept, exported and imported with them.
 *
 * Of two marks the later wins, so that an import never undoes what was marked since; `none` is a mark taken away.
 */
'use strict';
{
    const MARKS = `${qabook.storage}:progress`;
    const CARDS = `${qabook.storage}:cards`;

    /** @type {(marks?: Marks) => Marks} Without what every object has: a question may be called `constructor`. */
    const bare = marks => Object.assign(Object.create(null), marks);

    /** What is kept; where localStorage throws, for as long as the page. @type {Records} */
    let memory = { marks: bare(), cards: {} };
    let forgets = false;

    /** @returns {Records} */
    const load = () => {
        const [marks, cards] = [MARKS, CARDS].map(qabook.kept);
        forgets ||= marks === undefined;
        if (!forgets) {
            const read = qabookRecords.read(marks ?? '');
            memory = {
                marks: bare('problem' in read ? {} : read.marks),
                cards: qabookRecords.readCards(cards ?? '') ?? {},
            };
        }
        return memory;
    };

    /** @type {(key: string, text: string, unread: boolean) => void} */
    const keep = (key, text, unread) => {
        // What this script can't read may be of a newer one: it is set aside.
        const before = unread ? qabook.kept(key) : null;
        forgets ||= Boolean(before) && !qabook.keep(`${key}:unread`, before ?? null);
        forgets ||= !qabook.keep(key, text);
    };

    /** @type {(records: Partial<Records>) => boolean} Whether the browser keeps them. */
    const save = ({ marks, cards }) => {
        memory = { ...load(), ...marks && { marks: bare(marks) }, ...cards && { cards } };
        if (marks && !forgets) {
            keep(MARKS, qabookRecords.writeMarks(marks), 'problem' in qabookRecords.read(qabook.kept(MARKS) ?? ''));
        }
        if (cards && !forgets) {
            keep(CARDS, JSON.stringify(qabookRecords.store(cards)), !qabookRecords.readCards(qabook.kept(CARDS) ?? ''));
        }
        changed();
        return !forgets;
    };

    /**
     * @param {string} selector
     * @param {ParentNode} [scope]
     * @returns {HTMLElement[]}
     */
    const all = (selector, scope = document) => Array.from(scope.querySelectorAll(selector));

    /** @param {string} message */
    const say = message => {
        for (const notice of all('.progress-notice')) {
            notice.textContent = [message, forgets && qabook.words.forgets].filter(Boolean).join(' ');
        }
    };

    // In the table of contents, as soon as there is a mark.
    const counts = qabook.make('span', 'progress-counts');

    /** @type {(place: HTMLElement) => void} */
    const count = place => {
        // On the page of the whole book several lists name a question.
        const scope = place.closest('nav, .print-chapter, main') ?? document;
        const [total, known, again] = ['', '[data-mark=known]', '[data-mark=again]'].map(mark =>
            new Set(all(`:is(li, span)[data-question]${mark}`, scope).map(({ dataset }) => dataset.question)).size);
        place.textContent = qabook.say('counts', { total, known, again });
        place.hidden = place === counts && known + again === 0;
        place.style.cssText = `--known:${known / total};--again:${again / total}`;
    };

    const show = () => {
        const { marks } = load();
        for (const element of all('[data-question]')) {
            const mark = marks[element.dataset.question || '']?.mark || 'none';
            element.dataset.mark = mark;
            for (const button of element.querySelectorAll('button')) {
                // Other buttons, such as those of practice cards, are not pressed.
                button.ariaPressed &&= String(button.value === mark);
            }
        }
        all('.progress-counts').forEach(count);
        say('');
    };

    const changed = () => {
        show();
        document.dispatchEvent(new Event('qabook:progress'));
    };

    /** @type {Progress['mark']} */
    const mark = (slug, value, at) => {
        const { marks } = load();
        return save({ marks: { ...marks, [slug]: { mark: value, at: qabookRecords.after(at, marks[slug]) } } });
    };

    /** @type {Progress['waiting']} */
    const waiting = () => {
        const { marks, cards } = load();
        const tonight = qabook.endOfDay(Date.now());
        /** @type {(slug: string) => number} A later mark than the last review is a review, too; see schedule.js. */
        const due = slug => {
            const card = cards[`q:${slug}`];
            return card && (marks[slug]?.at ?? 0) <= card.at && card.due < tonight ? card.due : Infinity;
        };
        const slugs = all('#mdbook-sidebar [data-question]').map(({ dataset }) => dataset.question ?? '');
        return [...new Set(slugs)].filter(slug => due(slug) < Infinity || marks[slug]?.mark === 'again').sort((a, b) =>
            (due(a) === due(b) ? (marks[a]?.at ?? 0) - (marks[b]?.at ?? 0) : due(a) < due(b) ? -1 : 1));
    };

    Object.freeze(Object.assign(qabook, /** @type {Progress} */ ({
        marks: () => load().marks,
        mark,
        cards: () => qabookRecords.store(load().cards),
        keepCards: ({ cards }) => save({ cards: qabookRecords.merge(load().cards, cards) }),
        waiting,
        queue: () => {
            const { marks } = load();
            const slugs = waiting();
            const again = slugs.filter(slug => marks[slug]?.mark === 'again').length;
            return { again, due: slugs.length - again };
        },
    })));

    const exportRecords = () => {
        const link = qabook.make('a', '');
        link.href = URL.createObjectURL(new Blob([qabookRecords.write(load())], { type: 'application/json' }));
        link.download = `${qabookRecords.FORMAT}-${new Date().toISOString().slice(0, 10)}.json`;
        link.click();
    };

    /**
     * @template {Mark | Card} T
     * @param {Record<string, T>} ours
     * @param {Record<string, T>} theirs
     */
    const mergeAndCount = (ours, theirs) => {
        const merged = qabookRecords.merge(ours, theirs);
        return { merged, changes: Object.entries(merged).filter(([name, entry]) => entry !== ours[name]).length };
    };

    /** @type {(file: File) => Promise<string>} What became of it. */
    const importFile = async file => {
        const text = await file.text().catch(() => null);
        const theirs = text === null ? { problem: 'unreadable' } : qabookRecords.read(text);
        if ('problem' in theirs) {
            const reason = qabook.say(`refused-${theirs.problem}`, { ...theirs });
            return qabook.say('refused', { file: file.name, reason });
        }
        const ours = load();
        const [marks, cards] = [mergeAndCount(ours.marks, theirs.marks), mergeAndCount(ours.cards, theirs.cards)];
        const [before, forgot] = [[MARKS, CARDS].map(key => qabook.kept(key) ?? null), forgets];
        if (!save({ marks: marks.merged, cards: cards.merged }) && !forgot) {
            // What is there fits as it did before: there is no room for more.
            forgets = ![MARKS, CARDS].map((key, i) => qabook.keep(key, before[i] ?? null)).every(Boolean);
            memory = ours;
            changed();
            return qabook.say('refused', { file: file.name, reason: qabook.words['refused-full'] });
        }
        const hasCards = Object.keys(theirs.cards).length > 0;
        return hasCards ? qabook.say('imported', { marks: marks.changes, cards: cards.changes })
            : qabook.say('imported-marks', { n: marks.changes });
    };

    const clear = () => {
        if (confirm(qabook.words['clear-confirm'])) {
            save({ marks: {}, cards: {} });
            say(qabook.words.cleared);
        }
    };

    // In the table of contents the questions are the numbered pages; a page's name is its question's slug, or its whole path
    // where an earlier one has that name.
    const slugs = new Set();
    for (const number of all('#mdbook-sidebar a > strong')) {
        const link = /** @type {HTMLAnchorElement} */ (number.parentElement);
        const path = decodeURI(link.pathname.slice(qabookRoot.pathname.length).replace(/\.html$/, ''));
        const name = path.replace(/.*\//, '');
        const slug = slugs.has(name) ? path : name;
        slugs.add(slug);
        /** @type {HTMLElement} */ (link.parentElement).dataset.question = slug;
    }
    if (qabook.words.counts) {
        document.querySelector('#mdbook-sidebar .chapter-link-wrapper')?.append(counts);
    }

    const input = /** @type {HTMLInputElement | null} */ (document.querySelector('.progress-tools input'));
    input?.addEventListener('change', async () => {
        const messages = [];
        for (const file of input.files ?? []) {
            messages.push(await importFile(file));
        }
        say(messages.join(' '));
        input.value = '';
    });
    const press = (/** @type {HTMLButtonElement} */ { parentElement, value, ariaPressed }) =>
        mark(parentElement?.dataset.question ?? '', ariaPressed === 'true' ? 'none' : value, Date.now());
    /** @type {Record<string, (button: HTMLButtonElement) => void>} By the values of the buttons. */
    const actions = { known: press, again: press, export: exportRecords, import: () => input?.click(), clear };
    document.addEventListener('click', ({ target }) => {
        const button = target instanceof Element ? target.closest('button') : null;
        if (button?.closest('.question-marks, .progress-tools')) {
            actions[button.value]?.(button);
        }
    });
    // Other tabs mark, too, and a page may come back as it was left.
    for (const event of ['storage', 'pageshow']) {
        window.addEventListener(event, changed);
    }
    // For the badges in style sheets.
    for (const name of ['known', 'again'].filter(name => qabook.words[name])) {
        document.documentElement.style.setProperty(`--${name}-name`, JSON.stringify(qabook.words[name]));
    }
    for (const place of all('.question-marks, .progress-summary')) {
        place.hidden = false;
    }
    show();
}
