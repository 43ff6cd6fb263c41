'use strict';

// What is written down of a reader: marks and cards, in a file or in the browser. Reading, writing and merging, nothing of
// the page.

/** @typedef {{marks: Marks, cards: Record<string, Card>}} Records */
/** @typedef {{problem: string, entry?: string, version?: string}} Refusal */
/**
 * @typedef {object} RecordsFormat
 * @property {string} FORMAT What a file says that it is.
 * @property {number} LATEST The last time that is taken: with a century to spare before what a Date can hold.
 * @property {(now: number, before?: {at: number}) => number} after When something is said that was said before, too: a clock
 *   may have been set back, and what is said last counts.
 * @property {(text: string) => Records | Refusal} read What a file holds, or why it is refused. Version 1 had no cards.
 * @property {(records: Records) => string} write A file.
 * @property {(text: string) => Record<string, Card> | null} readCards The cards that the browser kept.
 * @property {(cards: Record<string, Card>) => Store} store Cards as the browser keeps them.
 * @property {(marks: Marks) => string} writeMarks Marks as the browser keeps them.
 * @property {<T extends Mark | Card>(ours: Record<string, T>, theirs: Record<string, T>) => Record<string, T>} merge Of each
 *   name the later entry; which comes first doesn't matter.
 */

const qabookRecords = /** @type {RecordsFormat} */ ({});
{
    const FORMAT = `${qabook.storage}-progress`;
    const CARDS = `${qabook.storage}-cards`;
    const LATEST = Date.UTC(9999, 0);

    /** @type {(value: unknown) => value is Record<string, any>} */
    const isObject = value => typeof value === 'object' && value !== null && !Array.isArray(value);
    /** @type {(value: unknown, least: number) => boolean} */
    const isCount = (value, least) => Number.isSafeInteger(value) && Number(value) >= least;
    /** @type {(value: unknown, least: number, most: number) => boolean} */
    const isWithin = (value, least, most) => Number.isFinite(value) && Number(value) >= least && Number(value) <= most;
    const isTime = (/** @type {unknown} */ value) => isWithin(value, 0, LATEST);

    /** @type {(slug: string, mark: any) => boolean} */
    const isMark = (slug, mark) => slug !== '' && isObject(mark) && isTime(mark.at)
        && ['known', 'again', 'none'].includes(mark.mark);
    /** @type {(name: string, card: any) => boolean} */
    const isCard = (name, card) => /^[qsfo]:./u.test(name) && isObject(card)
        && ['due', 'last', 'at'].every(field => isTime(card[field]))
        && (card.first === undefined || isTime(card.first)) && [undefined, true].includes(card.again)
        // The limits of FSRS.
        && isWithin(card.stability, 0.001, 36500) && isWithin(card.difficulty, 1, 10)
        && isCount(card.reps, 1) && isCount(card.lapses, 0) && [0, 1, 2, 3].includes(card.state);

    /**
     * @param {any} json
     * @param {string} format
     * @param {number} newest
     * @returns {Refusal | null}
     */
    const refuse = (json, format, newest) => {
        if (!isObject(json) || json.format !== format) {
            return { problem: 'foreign' };
        }
        if (!isCount(json.version, 1)) {
            return { problem: 'damaged', entry: 'version' };
        }
        return json.version > newest ? { problem: 'newer', version: String(json.version) } : null;
    };

    /**
     * @param {any} json
     * @param {[string, (name: string, entry: any) => boolean][]} fields
     * @returns {Refusal | null}
     */
    const damage = (json, fields) => {
        for (const [field, good] of fields) {
            if (!isObject(json[field])) {
                return { problem: 'damaged', entry: field };
            }
            const bad = Object.entries(json[field]).find(([name, entry]) => !good(name, entry));
            if (bad) {
                return { problem: 'damaged', entry: bad[0] };
            }
        }
        return null;
    };

    /** @type {(text: string) => any} undefined when it isn't JSON */
    const parse = text => {
        try {
            return JSON.parse(text);
        } catch {
            return undefined;
        }
    };

    /** @type {RecordsFormat['read']} */
    const read = text => {
        const json = parse(text);
        if (json === undefined) {
            return { problem: 'json' };
        }
        const refusal = refuse(json, FORMAT, 2);
        if (refusal) {
            return refusal;
        }
        const cards = json.version === 1 ? {} : json.cards;
        return damage({ ...json, cards }, [['marks', isMark], ['cards', isCard]]) ?? { marks: json.marks, cards };
    };

    /** @type {RecordsFormat['readCards']} */
    const readCards = text => {
        const json = parse(text);
        return refuse(json, CARDS, 1) ?? damage(json, [['cards', isCard]]) ? null : json.cards;
    };

    /** @type {(entry: object) => string} The same text for the same entry, however its fields are ordered. */
    const canonical = entry => JSON.stringify(Object.entries(entry).sort(([a], [b]) => (a < b ? -1 : 1)));

    /** @type {(a: Mark | Card, b: Mark | Card) => boolean} Whether `a` is kept of the two; which is first doesn't matter. */
    const wins = (a, b) => a.at === b.at ? canonical(a) > canonical(b) : a.at > b.at;

    /** @type {RecordsFormat['merge']} */
    const merge = (ours, theirs) => {
        const merged = new Map(Object.entries(ours));
        for (const [name, entry] of Object.entries(theirs)) {
            const kept = merged.get(name);
            if (!kept || wins(entry, kept)) {
                merged.set(name, entry);
            }
        }
        return Object.fromEntries(merged);
    };

    Object.freeze(Object.assign(qabookRecords, /** @type {RecordsFormat} */ ({
        FORMAT,
        LATEST,
        after: (now, before) => Math.min(Math.max(now, before ? before.at + 1 : 0), LATEST),
        read,
        write: ({ marks, cards }) => JSON.stringify({ format: FORMAT, version: 2, marks, cards }),
        readCards,
        store: cards => ({ format: CARDS, version: 1, cards }),
        writeMarks: marks => JSON.stringify({ format: FORMAT, version: 1, marks }),
        merge,
    })));
}
