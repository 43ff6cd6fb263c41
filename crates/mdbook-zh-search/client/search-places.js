// Where on a page a question is answered: the parts of a passage, and which of them have what was asked for.
import { isHan, spelled, tokens } from './search-index.js';

/** @import { Text } from './search-index.js' */
/** @import { Query } from './search.js' */
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
/** How much less a part says for each character of what is searched in it. */
const LENGTH = 0.00005;

/**
 * @typedef {{ anchor: string, heading: string, text: string, words: string[] }} Section a part of a page that can be opened
 * @typedef {{ text: string, size: number }} Wording a heading, or a question that the part answers; its size is 0 until it is needed
 * @typedef {Omit<Section, 'words'> & { sought: string, head: string, wordings: Wording[], above: string, isPlace: boolean }} Part
 *     what is shown, and what is searched in it
 */

/** How much a text says: a character for each 汉字, and two for each other word. @param {string} text */
const sizeOf = (text) => tokens(text).reduce((size, token) => size + (isHan(token) ? token.length : 2), 0);

/** Folded text, and again with its compound words in one piece, so that each word that `hits` finds is in it. @param {string} text */
export const searchable = (text) => {
    const folded = spelled(text);
    return `${folded}\n|${folded.replace(/(?<=[a-z0-9])[-.+#/_'’](?=[a-z0-9])/g, '')}`;
};

/** @param {Text} passage @returns {Part[]} */
const cut = ([anchor, heading, text, asked = '', starts = []]) => {
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
        const wordings = (part.isPlace ? part.heading : `${heading}\n${asked}`).split('\n').map((text) => ({ text: searchable(text), size: 0 }));
        const head = wordings.map(({ text }) => text).join('\n');
        const above = part.isPlace ? heading : '';
        return {
            ...part,
            heading: [above, part.heading].filter(Boolean).join(' › '),
            text: shown,
            sought: `${head}\n${searchable(shown)}`,
            head,
            wordings,
            above: searchable(above),
        };
    });
};

/** While a reader types, passages are cut once. @type {WeakMap<Text, Part[]>} */
const known = new WeakMap();
/** The parts of a passage: its section, and the places in it. @param {Text} passage */
export const partsIn = (passage) => {
    const parts = known.get(passage) ?? cut(passage);
    known.set(passage, parts);
    return parts;
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

/** What of `form` is in a searchable text, and how much of it that is. @param {string} form @param {string} text */
export const standsIn = (form, text) => {
    const words = text.includes(form) ? [form] : isHan(form) ? stretches(form, text) : [];
    // Words are in the index as a whole, so it is right about them.
    return { words, share: Math.max(0, words.join('').length / form.length - 0.1 * (words.length - 1)) };
};

/** How much of a unit a text has, and in which words. @param {Unit} unit @param {string} text */
const fit = ({ forms }, text) => {
    let most = 0;
    const words = [];
    for (const [form, quality] of forms) {
        const found = standsIn(form, text);
        if (found.share < SOME) continue;
        most = Math.max(most, quality * found.share);
        words.push(...found.words);
    }
    return { most, words };
};

/** How much of the units' weight a wording has, less if it says much else; 0 if that can't be more than `least`.
 * @param {Wording} wording @param {Unit[]} units @param {number} least @param {RegExp} asking words of asking */
const alike = (wording, units, least, asking) => {
    let sum = 0;
    const found = new Set();
    for (const unit of units) {
        const { most, words } = fit(unit, wording.text);
        sum += unit.weight * most;
        for (const word of words) found.add(word);
    }
    if (sum <= least) return 0;
    wording.size ||= sizeOf(wording.text.split('\n')[0].replace(asking, ' ')) || 1;
    return sum * (ANYHOW + (1 - ANYHOW) * Math.min(1, sizeOf([...found].join(' ')) / wording.size));
};

/** How well a part answers what is asked, and by which words of it; `has` are the units that it has, `asked` how much one of its
 * wordings is what is asked, from 0 to 1.
 * @param {Part} part @param {Unit[]} units @param {string} title the page's @param {Query} question */
export const answers = (part, units, title, { whole, asking }) => {
    let [sum, cover, asked] = [0, 0, 0];
    const has = [];
    /** @type {Unit[]} */
    const inHead = [];
    /** @type {Set<string>} */
    const found = new Set();
    for (const unit of units) {
        const { most, words } = fit(unit, part.sought);
        const above = ABOVE * fit(unit, part.above).most;
        const there = Math.max(most, above < SOME ? 0 : above);
        if (!there) continue;
        has.push(unit);
        for (const word of words) found.add(word);
        const head = fit(unit, part.head).most;
        if (head) inHead.push(unit);
        sum += unit.weight * (there + HEAD * head);
        cover += (unit.weight * there) / whole;
    }
    for (const wording of part.wordings) asked = Math.max(asked, alike(wording, inHead, asked, asking));
    asked /= whole;
    // Of two that have the same, the shorter one is about it.
    const length = 1 + LENGTH * part.sought.length;
    const score = ((part.heading === title ? TOP : 1) * sum * cover ** COVER_PART * (1 + ASKED * asked ** 3)) / length;
    return { score, asked, has, words: [...found] };
};
