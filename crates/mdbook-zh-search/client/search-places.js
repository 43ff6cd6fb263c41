// Where on a page a question is answered: the parts of a passage, and which of them have what was asked for.
import { fold, hits, isHan } from './search-index.js';

/** @import { Text } from './search-index.js' */
/** @import { Unit } from './search-query.js' */

/** How much more a word in the heading of a part says. */
const HEAD = 0.8;
/** How much a word in the heading above a place says for it. */
const ABOVE = 0.5;
/** What is above the first section says a little of everything. */
const TOP = 0.7;
/** How much less a part says for each of its characters. */
const LENGTH = 0.0001;

/**
 * @typedef {{ anchor: string, heading: string, text: string, words: string[] }} Section a part of a page that can be opened
 * @typedef {Section & { folded: string, head: string, above: string, isPlace: boolean }} Part
 */

/** The parts of a passage: its section, and the places in it. @param {Text} passage @returns {Part[]} */
export const partsIn = ([anchor, heading, text, ...more]) => {
    const starts = more.find((one) => typeof one !== 'string') ?? [];
    const asked = more.find((one) => typeof one === 'string') ?? '';
    const lines = text.split('\n');
    const own = { anchor, heading, lines: /** @type {string[]} */ ([]), isPlace: false };
    const parts = [own];
    for (let i = -1; i < starts.length; i++) {
        const [line, id, begins] = starts[i] ?? [0, '', 0];
        const part = begins ? { anchor: id, heading: typeof begins === 'number' ? lines[line].slice(0, begins) : begins, lines: [], isPlace: true } : own;
        if (begins) parts.push(part);
        part.lines.push(...lines.slice(line, starts[i + 1]?.[0]));
    }
    return parts.map(({ lines, ...part }) => {
        const whole = lines.join('\n');
        // What a place begins with isn't said twice.
        const shown = part.isPlace && whole.startsWith(part.heading) ? whole.slice(part.heading.length).trim() : whole;
        const head = fold(part.isPlace ? part.heading : `${heading}\n${asked}`).text;
        const above = part.isPlace ? heading : '';
        return { ...part, heading: [above, part.heading].filter(Boolean).join(' › '), text: shown, words: [], folded: `${head}\n${fold(shown).text}`, head, above: fold(above).text };
    });
};

/** The stretches of `word` that `text` has, the longest first found. @param {string} word @param {string} text */
const stretches = (word, text) => {
    const characters = [...word];
    const found = [];
    for (let start = 0; start < characters.length; start++) {
        let end = start;
        while (end < characters.length && text.includes(characters.slice(start, end + 1).join(''))) end++;
        if (end - start > 1 || (end > start && characters.length === 1)) {
            found.push(characters.slice(start, end).join(''));
            start = end - 1;
        }
    }
    return found;
};

/** What of `form` is in folded `text`, and how much of it that is. @param {string} form @param {string} text */
export const standsIn = (form, text) => {
    const words = isHan(form) ? stretches(form, text) : hits(text, form).length ? [form] : [];
    // Words are in the index as a whole, so it is right about them.
    const share = isHan(form) ? Math.max(0, words.join('').length / form.length - 0.1 * (words.length - 1)) : words.length;
    return { words, share };
};

/** How well a part answers what is asked, by the words of it that it has, which are kept; `has` are those units.
 * @param {Part} part @param {Unit[]} units @param {string} title the page's */
export const answers = (part, units, title) => {
    let [sum, inHead] = [0, 0];
    const has = [];
    for (const unit of units) {
        let [most, told] = [0, 0];
        for (const [form, quality] of unit.forms) {
            const { words, share } = standsIn(form, part.folded);
            const context = ABOVE * standsIn(form, part.above).share;
            if (Math.max(share, context) < 0.4) continue;
            part.words.push(...words);
            const head = quality * standsIn(form, part.head).share;
            told = Math.max(told, head);
            most = Math.max(most, quality * Math.max(share, context) + HEAD * head);
        }
        if (most) has.push(unit);
        sum += unit.weight * most;
        inHead += unit.weight * told;
    }
    // Of two that have the same, the shorter one is about it.
    return { score: (part.heading === title ? TOP : 1) * sum / (1 + LENGTH * part.folded.length), inHead, has };
};
