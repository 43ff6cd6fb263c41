'use strict';

// What the reader's browser knows of the cards of a practice page: marks, due dates and the grades of this round.

// biome-ignore lint/correctness/noUnusedVariables: the other scripts of the page use it.
const qabookGrades = (() => {
    // Marks that were made in the chapters since the last review count as one.
    const store = () => qabookSchedule.replay(qabook.cards(), qabook.marks());

    // Whether nothing is kept here: known at once where even reading is refused, else when something should be.
    let forgets = qabook.kept(`${qabook.storage}:cards`) === undefined;

    /** @param {PracticeCard} card */
    const isQuestion = card => card.id.startsWith('q:');

    /**
     * What each value of `show` in the address leaves of some cards, in the order in which they are to be asked.
     * @returns {Record<string, (cards: PracticeCard[]) => PracticeCard[]>}
     */
    const views = () => {
        const known = store();
        const marks = qabook.marks();
        const waiting = new Set(qabook.waiting());
        const now = Date.now();
        const byId = new Map(qabookDeck.cards.map(card => [card.id, card]));
        /** @param {PracticeCard} card */
        const isNew = card => (isQuestion(card) ? (marks[card.slug]?.mark ?? 'none') === 'none' : !known.cards[card.id]);
        return {
            '': cards => cards,
            due: cards => qabookSchedule.session(known, cards.map(({ id }) => id), now).flatMap(id => byId.get(id) ?? []),
            unmarked: cards => cards.filter(isNew),
            again: cards => cards.filter(card => (isQuestion(card) ? waiting.has(card.slug) : known.cards[card.id]?.again)),
        };
    };

    /**
     * Keeps how the reader did. A second grade in the same round takes the place of the first.
     * @param {PracticeCard} card
     * @param {boolean} right
     */
    const grade = (card, right) => {
        const before = store();
        if (!card.grade) {
            card.before = before.cards[card.id];
        }
        const { [card.id]: _last, ...cards } = before.cards;
        if (card.before) {
            cards[card.id] = card.before;
        }
        card.grade = right ? 'known' : 'again';
        card.element.dataset.grade = card.grade;
        let now = Date.now();
        if (isQuestion(card)) {
            qabook.mark(card.slug, card.grade, now);
            // Of the same moment, or the mark would count as one more review.
            now = qabook.marks()[card.slug].at;
        }
        const kept = qabook.keepCards(qabookSchedule.grade({ ...before, cards }, card.id, right ? 'good' : 'again', now));
        forgets ||= !kept;
    };

    return { views, grade, forgets: () => forgets };
})();
