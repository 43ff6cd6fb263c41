'use strict';

// Which cards are asked: chips with counts, kept in the address so that a view can be linked.
{
    const { place, cards } = qabookDeck;
    const FACETS = ['part', 'level', 'tag'];
    const SHOWS = ['', 'due', 'unmarked', 'again'];

    const address = new URLSearchParams(location.search);
    const filters = {
        show: SHOWS.includes(address.get('show') ?? '') ? address.get('show') ?? '' : '',
        /** @type {Record<string, Set<string>>} */
        facets: Object.fromEntries(FACETS.map(facet => [facet, new Set(address.getAll(facet))])),
    };

    const keepInAddress = () => {
        const kept = new URLSearchParams(FACETS.flatMap(facet => [...filters.facets[facet]].map(value => [facet, value])));
        if (filters.show) {
            kept.set('show', filters.show);
        }
        try {
            history.replaceState(null, '', `${location.pathname}${kept.size > 0 ? `?${kept}` : ''}`);
        } catch {
            // Some browsers refuse it for files; then the view can't be linked, and that is all.
        }
    };

    /**
     * Whether it is in the parts, levels and tags that are chosen; of none chosen, all are.
     * @param {PracticeCard} card
     * @param {string} [except] A facet that doesn't count.
     */
    const fits = (card, except) => FACETS.every(facet => facet === except || filters.facets[facet].size === 0
        || card.facets[facet].some(value => filters.facets[facet].has(value)));

    /** @typedef {{button: HTMLButtonElement, count: HTMLElement, facet: string, value: string}} Chip */
    /** @type {Chip[]} */
    const chips = [];

    /** @type {(facet: string, value: string, name: string) => HTMLElement} */
    const chip = (facet, value, name) => {
        const count = qabook.make('span', 'practice-count');
        const button = qabook.make('button', 'practice-chip', name, ' ', count);
        Object.assign(button, { type: 'button', value });
        button.dataset.facet = facet;
        button.addEventListener('click', () => {
            if (facet === 'show') {
                filters.show = value === filters.show ? '' : value;
            } else if (!filters.facets[facet].delete(value)) {
                filters.facets[facet].add(value);
            }
            deal();
        });
        chips.push({ button, count, facet, value });
        return button;
    };

    /** @type {(name: string, ...inside: HTMLElement[]) => HTMLElement} */
    const group = (name, ...inside) => {
        const element = qabook.make('div', 'practice-chips', ...inside);
        element.role = 'group';
        element.ariaLabel = name;
        return element;
    };

    /**
     * The values of a facet. A tag of a single question is no filter, unless a link came with it.
     * @param {string} facet
     */
    const values = facet => {
        /** @type {Map<string, Set<string>>} */
        const questions = new Map([...filters.facets[facet]].map(value => [value, new Set()]));
        for (const { facets, slug } of cards) {
            for (const value of facets[facet]) {
                questions.set(value, (questions.get(value) ?? new Set()).add(slug));
            }
        }
        const found = [...questions].filter(([value, { size }]) => facet !== 'tag' || size > 1 || filters.facets.tag.has(value));
        return (facet === 'tag' ? found.sort(([, a], [, b]) => b.size - a.size) : found).map(([value]) => value);
    };

    const message = qabook.make('p', 'practice-empty');
    message.role = 'status';
    const notice = qabook.make('p', 'practice-notice');
    notice.role = 'status';
    const summary = qabook.make('summary', '');
    const clear = () => {
        const button = qabook.make('button', 'practice-clear', qabook.words.clear);
        button.type = 'button';
        button.addEventListener('click', () => {
            filters.show = '';
            for (const facet of FACETS) {
                filters.facets[facet].clear();
            }
            deal();
            qabookDeck.current?.element.focus({ preventScroll: true });
        });
        return button;
    };
    const clearFilters = clear();

    const build = () => {
        const marked = qabookDeck.kind === 'review' ? 'unmarked' : 'new';
        const names = { '': 'all', due: 'today', unmarked: marked, again: 'again' };
        const tools = qabook.make('div', 'practice-tools');
        tools.append(group(qabook.words.filter,
            ...Object.entries(names).map(([value, word]) => chip('show', value, qabook.words[word]))));
        const facets = FACETS.map(facet => ({ facet, of: values(facet) })).filter(({ of }) => of.length > 1);
        if (facets.length > 0) {
            const details = qabook.make('details', 'practice-filters', summary);
            for (const { facet, of } of facets) {
                const name = qabook.words[facet];
                details.append(qabook.make('p', 'practice-facet', name), group(name, ...of.map(value =>
                    chip(facet, value, facet === 'level' ? qabook.words[`level-${value}`] || value : value))));
            }
            details.append(clearFilters);
            tools.append(details);
        }
        tools.append(notice, message);
        place?.prepend(tools);
    };

    const count = () => {
        const views = qabookGrades.views();
        for (const { button, count, facet, value } of chips) {
            const left = facet === 'show' ? views[value](cards.filter(card => fits(card)))
                : views[filters.show](cards.filter(card => card.facets[facet].includes(value) && fits(card, facet)));
            count.textContent = String(left.length);
            button.ariaPressed = String(facet === 'show' ? value === filters.show : filters.facets[facet].has(value));
        }
        const chosen = chips.filter(({ facet, value }) => facet !== 'show' && filters.facets[facet].has(value))
            .map(({ button }) => button.firstChild?.textContent ?? '');
        summary.textContent = chosen.length > 0 ? qabook.say('filter-on', { filters: chosen.join(' · ') }) : qabook.words.filter;
        clearFilters.hidden = chosen.length === 0 && filters.show === '';
        notice.textContent = qabookGrades.forgets() ? qabook.words.forgets : '';
    };

    const deal = () => {
        keepInAddress();
        qabookDeck.deal(qabookGrades.views()[filters.show](cards.filter(card => fits(card))));
        message.replaceChildren();
        if (qabookDeck.round.length === 0) {
            const words = { due: 'empty-today', again: 'empty-again' }[filters.show];
            const only = FACETS.every(facet => filters.facets[facet].size === 0);
            message.append(qabook.words[only && words || 'empty'], ' ', clear());
        }
    };

    if (place) {
        build();
        place.addEventListener('practice:change', count);
        document.addEventListener('qabook:progress', count);
        document.addEventListener('practice:start', deal);
    }
}
