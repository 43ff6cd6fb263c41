'use strict';

// When a card comes next, by FSRS. Nothing of the page is here: a store goes in, a store comes out, and the time is told.

/** @typedef {'again' | 'hard' | 'good' | 'easy'} Grade The mark again is `again`, known is `good`. */
/**
 * @typedef {object} Schedule
 * @property {(store: Store, id: string, grade: Grade, now: number) => Store} grade The store after a card was graded.
 * @property {(store: Store, marks: Marks) => Store} replay The store with the marks that were set elsewhere, on a chapter's
 *   page, since the question's card was last graded: each counts as a review at its time. The same store when there are none.
 * @property {(store: Store, ids: string[], now: number) => string[]} due Those of the cards that are due on the reader's day,
 *   the longest due first.
 * @property {(store: Store, ids: string[], now: number, newLimit?: number) => string[]} session What to look at in one go:
 *   the due cards, then new ones in the order of the book, so many a day.
 */

const qabookSchedule = /** @type {Schedule} */ ({});
{
    /**
     * Nine of ten are remembered when they come back. No fuzz: the same grades give the same days on every device. No steps of
     * minutes: whoever has a few evenings before an interview looks again within the session, where the page asks, and not by
     * an alarm; each card then waits for days, and its state needs no step.
     */
    const SETTINGS = { request_retention: 0.9, enable_fuzz: false, enable_short_term: false };
    /** @type {Record<Grade, number>} FSRS's numbers. */
    const RATINGS = { again: 1, hard: 2, good: 3, easy: 4 };

    const { fsrs, createEmptyCard } = /** @type {any} */ (globalThis).FSRS;
    const scheduler = fsrs(SETTINGS);

    /** @type {(card: Card) => object} As FSRS knows it; what isn't kept follows from the rest. */
    const forFsrs = ({ due, stability, difficulty, reps, lapses, state, last }) => ({
        due: new Date(due), stability, difficulty, reps, lapses, state, last_review: new Date(last),
        elapsed_days: 0, scheduled_days: 0, learning_steps: 0,
    });

    /** @type {(before: Card | undefined, grade: Grade, now: number) => Card} */
    const next = (before, grade, now) => {
        // With a clock that was set back FSRS would answer NaN.
        const at = qabookRecords.after(now, before);
        const card = before ? forFsrs(before) : createEmptyCard(new Date(at));
        const { due, stability, difficulty, reps, lapses, state } = scheduler.next(card, new Date(at), RATINGS[grade]).card;
        const kept = { due: Math.min(Number(due), qabookRecords.LATEST), stability, difficulty, reps, lapses, state, last: at, at };
        // What is forgotten is due tomorrow at the earliest, and nothing else in it tells how it was graded.
        return grade === 'again' ? { ...kept, again: true } : kept;
    };

    /** @type {(store: Store, id: string, card: Card) => Store} */
    const put = (store, id, card) => ({ ...store, cards: { ...store.cards, [id]: card } });

    /** @type {Schedule['grade']} */
    const grade = (store, id, grade, now) => {
        const before = store.cards[id];
        const card = next(before, grade, now);
        const first = before ? before.first : card.at;
        return put(store, id, first === undefined ? card : { ...card, first });
    };

    /** @type {Schedule['replay']} */
    const replay = (store, marks) => {
        let replayed = store;
        for (const [slug, { mark, at }] of Object.entries(marks)) {
            const id = `q:${slug}`;
            const before = replayed.cards[id];
            if (mark !== 'none' && (!before || at > before.at)) {
                replayed = put(replayed, id, next(before, mark === 'known' ? 'good' : 'again', at));
            }
        }
        return replayed;
    };

    /** @type {Schedule['due']} */
    const due = ({ cards }, ids, now) => {
        const tonight = qabook.endOfDay(now);
        return ids.filter(id => cards[id] && cards[id].due < tonight).sort((a, b) => cards[a].due - cards[b].due);
    };

    /** @type {Schedule['session']} */
    const session = (store, ids, now, newLimit = 10) => {
        const morning = new Date(now).setHours(0, 0, 0, 0);
        const begun = ids.filter(id => (store.cards[id]?.first ?? 0) >= morning).length;
        const fresh = ids.filter(id => !store.cards[id]);
        return [...due(store, ids, now), ...fresh.slice(0, Math.max(newLimit - begun, 0))];
    };

    Object.freeze(Object.assign(qabookSchedule, { grade, replay, due, session }));
}
