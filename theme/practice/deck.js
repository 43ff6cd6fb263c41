'use strict';

// The cards of a practice page: which of them are in the round, and which one is current.
//
// What changes is told by events, so that nothing here knows who shows it: `practice:deal` and `practice:change` on the
// place of the cards, and `practice:show` on a card whose answer opens.

/**
 * @typedef {object} PracticeCard
 * @property {string} id What the reader's progress calls it, such as `q:arp`.
 * @property {string} slug The question that it belongs to.
 * @property {Record<string, string[]>} facets What it can be filtered by.
 * @property {HTMLElement} element
 * @property {HTMLDetailsElement} answer
 * @property {'' | 'known' | 'again'} grade The reader's in this round; none yet.
 * @property {boolean} told Whether the page judged the answer, not the reader.
 * @property {Card} [before] What was known of the card when it got its first grade in this round.
 */

const qabookDeck = {
    /** @type {HTMLElement | null} None on the page of the whole book, whose lists are there to be read and printed. */
    place: document.querySelector('.practice:not(.print-chapter *)'),

    /** @type {PracticeCard[]} All of the place, in the order of the book. */
    cards: [],

    /** @type {PracticeCard[]} In the order in which they are asked. */
    round: [],
    /** @type {PracticeCard | undefined} */
    current: undefined,
    /** Whether each card of the round has its grade. */
    ended: false,

    /** @returns {string} What is practised: `review`, `statements`, `follow-ups` or `outputs`. */
    get kind() {
        return this.place?.dataset.kind ?? '';
    },

    /** @param {Node | null} node */
    holding(node) {
        return this.cards.find(({ element }) => element.contains(node));
    },

    /** @param {string} name */
    tell(name) {
        this.place?.dispatchEvent(new Event(`practice:${name}`));
    },

    /** @param {PracticeCard | undefined} card */
    choose(card) {
        this.current?.element.removeAttribute('aria-current');
        this.current = card;
        this.ended = false;
        if (card) {
            card.element.setAttribute('aria-current', 'true');
            // Focus goes there by script, never by Tab.
            card.element.tabIndex = -1;
        }
    },

    /**
     * Begins a round.
     * @param {PracticeCard[]} cards
     */
    deal(cards) {
        this.round = cards;
        const inRound = new Set(cards);
        for (const card of this.cards) {
            Object.assign(card, { grade: '', told: false, before: undefined });
            delete card.element.dataset.grade;
            card.answer.open = false;
            card.element.hidden = !inRound.has(card);
        }
        // Whoever hears the page or goes through it by Tab meets them in the same order.
        cards[0]?.element.parentElement?.prepend(...cards.map(({ element }) => element));
        this.choose(cards[0]);
        this.tell('deal');
        this.tell('change');
    },

    /** @param {PracticeCard} card */
    move(card) {
        if (this.current) {
            this.current.answer.open = false;
        }
        this.choose(card);
        card.element.scrollIntoView({ block: 'start' });
        this.tell('change');
    },

    /** @param {number} steps */
    step(steps) {
        const card = this.current && this.round[this.round.indexOf(this.current) + steps];
        if (card) {
            this.move(card);
        }
    },

    /** Goes on to the next card without a grade, after the last to the first such; or to the end of the round. */
    advance() {
        const at = this.current ? this.round.indexOf(this.current) : 0;
        const next = [...this.round.slice(at), ...this.round.slice(0, at)].find(({ grade }) => !grade);
        if (next) {
            this.move(next);
        } else if (this.current) {
            this.current.answer.open = false;
            this.ended = true;
            this.tell('change');
        }
    },

    /** @param {boolean} open */
    open(open) {
        if (this.current) {
            this.current.answer.open = open;
            // Where both don't fit, the answer.
            for (const part of [this.current.element, this.current.answer]) {
                part.scrollIntoView({ block: 'nearest' });
            }
            this.tell('change');
        }
    },
};

{
    const { place } = qabookDeck;

    qabookDeck.cards = Array.from(place?.querySelectorAll('.practice-card') ?? [], card => {
        const element = /** @type {HTMLElement} */ (card);
        const { card: id = '', question: slug = '', part = '', level = '', tags = '' } = element.dataset;
        const [parts, levels, ofTags] = [[part], [level], tags.split('|')].map(values => values.filter(Boolean));
        const answer = /** @type {HTMLDetailsElement} */ (element.querySelector('.practice-answer'));
        return { id, slug, facets: { part: parts, level: levels, tag: ofTags }, element, answer, grade: '', told: false };
    });

    // It doesn't bubble; it comes, too, where the reader opens an answer without us.
    place?.addEventListener('toggle', event => {
        const card = qabookDeck.cards.find(({ answer }) => answer === event.target);
        if (card?.answer.open) {
            if (card !== qabookDeck.current) {
                qabookDeck.choose(card);
            }
            card.element.dispatchEvent(new CustomEvent('practice:show', { bubbles: true, detail: card.element }));
        }
        if (card) {
            qabookDeck.tell('change');
        }
    }, true);

    // A tap anywhere on a card makes it the current one and, where nothing is to be answered first, opens it.
    place?.addEventListener('click', ({ target }) => {
        const inert = target instanceof Element && !target.closest('a, button, summary, input, textarea, select, label');
        const card = inert && !getSelection()?.toString() ? qabookDeck.holding(target) : undefined;
        if (card) {
            if (card !== qabookDeck.current) {
                qabookDeck.choose(card);
            }
            card.answer.open ||= ['review', 'follow-ups'].includes(qabookDeck.kind);
            qabookDeck.tell('change');
        }
    });
}
