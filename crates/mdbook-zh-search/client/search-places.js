// Where on a page a question is answered: the parts of a passage, and which of them have what was asked for.
import { fold, hits, isHan, tokens } from './search-index.js';

/** @import { Text } from './search-index.js' */
/** @import { Unit } from './search-query.js' */

/** How much more a word in the heading of a part says. */
const HEAD = 0.6;
/** How much a word in the heading above a place says for it. */
const ABOVE = 0.5;
/** How much more a part says one of whose wordings is what is asked. */
const ASKED = 2;
/** How much a wording that has what is asked says, whatever else it has. */
const ANYHOW = 0.6;
/** What is above the first section says a little of everything. */
const TOP = 0.7;
/** By this power of it counts how much of what is asked a part has. */
const COVER_PART = 0.5;
/** Less of a word than this is none. */
const SOME = 0.4;
/** How much less a part says for each of its characters. */
const LENGTH = 0.0001;

/**
 * @typedef {{ anchor: string, heading: string, text: string, words: string[] }} Section a part of a page that can be opened
 * @typedef {{ text: string, size: number }} Wording a heading, or a question that the part answers
 * @typedef {Section & { folded: string, head: string, wordings: Wording[], above: string, isPlace: boolean }} Part
 */

/** How much a text says: a character for each 汉字, and two for each other word. @param {string} text */
const sizeOf = (text) => tokens(text).reduce((size, token) => size + (isHan(token) ? token.length : 2), 0);

/** The parts of a passage: its section, and the places in it. @param {Text} passage @param {RegExp} asking words of asking
 * @returns {Part[]} */
export const partsIn = ([anchor, heading, text, ...more], asking) => {
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
        const wordings = head.split('\n').map((text) => ({ text, size: sizeOf(text.replace(asking, ' ')) }));
        const above = part.isPlace ? heading : '';
        return {
            ...part,
            heading: [above, part.heading].filter(Boolean).join(' › '),
            text: shown,
            words: [],
            folded: `${head}\n${fold(shown).text}`,
            head,
            wordings,
            above: fold(above).text,
        };
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

/** How much of the units' weight a wording has; less if it says much else. @param {Wording} wording @param {Unit[]} units */
const alike = ({ text, size }, units) => {
    let sum = 0;
    const found = new Set();
    for (const unit of units) {
        let most = 0;
        for (const [form, quality] of unit.forms) {
            const { words, share } = standsIn(form, text);
            if (share < SOME) continue;
            most = Math.max(most, quality * share);
            for (const word of words) found.add(word);
        }
        sum += unit.weight * most;
    }
    return sum * (ANYHOW + (1 - ANYHOW) * Math.min(1, sizeOf([...found].join(' ')) / (size || 1)));
};

/** How well a part answers what is asked, by the words of it that it has, which are kept; `has` are those units, `asked` how
 * much one of its wordings is what is asked, from 0 to 1.
 * @param {Part} part @param {Unit[]} units @param {string} title the page's @param {number} whole the sum of the units' weights */
export const answers = (part, units, title, whole) => {
    let [sum, cover] = [0, 0];
    const has = [];
    /** @type {Unit[]} */
    const inHead = [];
    for (const unit of units) {
        let [most, told, there] = [0, 0, 0];
        for (const [form, quality] of unit.forms) {
            const { words, share } = standsIn(form, part.folded);
            const context = ABOVE * standsIn(form, part.above).share;
            if (Math.max(share, context) < SOME) continue;
            part.words.push(...words);
            const head = standsIn(form, part.head).share;
            told = Math.max(told, head);
            there = Math.max(there, quality * Math.max(share, context));
            most = Math.max(most, quality * (Math.max(share, context) + HEAD * head));
        }
        if (most) has.push(unit);
        if (told) inHead.push(unit);
        sum += unit.weight * most;
        cover += (unit.weight * there) / whole;
    }
    const asked = Math.max(...part.wordings.map((wording) => alike(wording, inHead))) / whole;
    // Of two that have the same, the shorter one is about it.
    const length = 1 + LENGTH * part.folded.length;
    const score = ((part.heading === title ? TOP : 1) * sum * cover ** COVER_PART * (1 + ASKED * asked ** 3)) / length;
    return { score, asked, has };
};
