// What a reader may have meant by characters that the book doesn't have side by side: others of the same sound, or one wrong
// character between right ones. Every guess is text of the book.
import { fold, isHan, load, need, open, postings, simplify, withPrefix } from './search-index.js';
import { inTheBook, pairsOf, readings, romanized } from './search-pinyin.js';

/** @import { Attempt } from './search.js' */

/** The readings of characters, the usual one first. @type {Map<string, string[]>} */
const sounds = new Map();
const loadSounds = async () => {
    if (sounds.size) return;
    for (const group of /** @type {string} */ (await load('p/characters')).split(' ').filter(Boolean)) {
        const [, syllable, characters] = /** @type {string[]} */ (/^([a-z]+)(.*)$/.exec(group));
        for (const one of characters) sounds.set(one, [...(sounds.get(one) ?? []), syllable]);
    }
};

/** A longer piece is no word with a mistake in it, and of more pieces there is more to read than to guess. */
const PIECE_MAX = 16;
const PIECES_MAX = 4;
const PATHS_MAX = 60;
/** A query of more words is a long question. */
const LONG = 6;
/** Letters of pinyin that are taken for one another. */
const ALIKE = new Map('bp pb dt td gk kg jq qj nl ln'.split(' ').map(([one, other]) => [one, other]));
/** What it costs that a character only nearly sounds as typed, or doesn't at all, and that two words aren't side by side. */
const [SAME, NEAR, OTHER, GAP] = [1, 2, 4, 1.5];

/** @type {Map<string, string>} */
const blur = new Map();
/** What a syllable is to those who don't tell zh from z, ng from n, p from b. @param {string} syllable */
const blurred = (syllable) => {
    const known = blur.get(syllable) ?? syllable.replace(/^([zcs])h/, '$1').replace(/^[ptkcqn]/, (one) => 'bdgzjl'['ptkcqn'.indexOf(one)]).replace(/ng$/, 'n');
    blur.set(syllable, known);
    return known;
};

/** What it costs to read a syllable of the book for the character that was typed.
 * @param {string} syllable @param {string} typed */
const cost = (syllable, typed) => {
    const typedSounds = sounds.get(typed) ?? [];
    if (typedSounds.includes(syllable)) return SAME;
    return typedSounds.some((other) => blurred(other) === blurred(syllable)) ? NEAR : OTHER;
};

/**
 * @typedef {{ pair: string, costs: [number, number], isWord: boolean }} Step
 * @typedef {{ text: string, cost: number, odd: number, weak: boolean, open: boolean, alone: boolean }} Path a way through a
 *     piece: `odd` characters sound otherwise; the last one is `weak` while no word of the book has it, `open` while
 *     a word must go on after it, and `alone` while it is in no pair
 */

/** The pairs of the book that may stand for two characters. @param {string} a @param {string} b
 * @param {boolean[]} right which of them are right @returns {Promise<Map<string, Step[]>>} by the first character */
const steps = async (a, b, [aIsRight, bIsRight]) => {
    /** @type {Map<string, Map<string, Step>>} */
    const found = new Map();
    const add = (/** @type {string} */ pair, /** @type {[number, number]} */ costs, /** @type {boolean} */ isWord) => {
        const from = found.get([...pair][0]) ?? new Map();
        const before = from.get(pair)?.costs ?? [Infinity, 0];
        if (costs[0] + costs[1] < before[0] + before[1]) found.set([...pair][0], from.set(pair, { pair, costs, isWord }));
    };
    const letters = (sounds.get(a) ?? []).flatMap(([letter]) => [letter, ALIKE.get(letter) ?? letter]);
    for (const letter of new Set(letters)) {
        for (const [first, seconds] of await readings(letter)) {
            const extra = first === '=' ? OTHER : cost(first, a);
            if (extra === OTHER) continue;
            for (const [second, pairs, words] of seconds) {
                const more = cost(second, b);
                for (const [i, pair] of pairs.entries()) {
                    const costs = /** @type {[number, number]} */ ([pair.startsWith(a) ? 0 : extra, pair.endsWith(b) ? 0 : more]);
                    // One of the two may sound otherwise if the other is as typed.
                    const isTooOdd = Math.max(...costs) > SAME && Math.min(...costs);
                    if (!isTooOdd && !(costs[0] && aIsRight) && !(costs[1] && bIsRight)) add(pair, costs, i < words);
                }
            }
        }
    }
    return new Map([...found].map(([x, from]) => [x, [...from.values()]]));
};

/** Whether a pair of the book is a word or part of one. @param {string} pair */
const isWord = async (pair) => {
    for (const first of sounds.get([...pair][0]) ?? []) {
        const seconds = (await readings(first[0])).get(first) ?? [];
        if (seconds.some(([, pairs, words]) => pairs.indexOf(pair) < words && pairs.includes(pair))) return true;
    }
    return false;
};

const lastOf = (/** @type {string} */ text) => [...text].slice(-1)[0];

/** The ways on from `path`, whose last character stands for `from`, to what may stand for `to`.
 * @param {Path} path @param {string} from @param {string} to @param {Step[]} steps @param {string} particles */
const onward = async (path, from, to, steps, particles) => {
    /** @type {Path[]} */
    const found = [];
    const last = lastOf(path.text);
    const go = (/** @type {string} */ text, /** @type {Partial<Path>} */ change) =>
        found.push({ ...path, weak: false, open: false, alone: false, text: path.text + text, ...change });
    if (path.open) {
        if (await isWord(last + to)) go(to, {});
        return found;
    }
    if (last === from && postings(from + to)) go(to, {});
    for (const { pair, costs: [, extra], isWord } of steps) {
        const odd = path.odd + Number(extra > SAME);
        // A character that was put in stands in a word.
        if (odd > 1 || ((path.weak || extra === OTHER) && !isWord)) continue;
        go([...pair][1], { cost: path.cost + extra, odd, weak: extra > 0 && !isWord, open: extra === OTHER });
    }
    if (!path.weak && (!path.alone || particles.includes(last))) go(` ${to}`, { cost: path.cost + GAP, alone: true });
    return found;
};

/** Whether so short a text is evidence enough. @param {string[]} typed @param {string[]} found @param {boolean} odd */
const isLikely = async (typed, found, odd) => {
    const usual = (/** @type {string} */ one) => sounds.get(one)?.[0];
    // Another word altogether: as it is usually read, and no rare one.
    if (found.every((one, i) => one !== typed[i])) {
        const lists = pairsOf(found.join('')).map(postings);
        return found.every((one, i) => usual(one) === usual(typed[i])) && lists.every((list) => list && list.impacts.size > 2);
    }
    if (!odd || found.length > 2) return true;
    // What nearly always follows the first character: 骗 on 欺.
    const rivals = await withPrefix(found[0]);
    const total = rivals.reduce((sum, pair) => sum + (postings(pair)?.impacts.size ?? 0), 0);
    return found[0] === typed[0] && (postings(found.join(''))?.impacts.size ?? 0) * 2 > total;
};

/** Text of the book that may have been meant by `piece`: each of its characters stands in a pair of the book.
 * @param {string} piece @param {(pair: string) => unknown} isRight whether a pair of it stays as it is
 * @returns {Promise<string | undefined>} */
const mended = async (piece, isRight) => {
    const characters = [...piece];
    if (characters.length < 2 || characters.length > PIECE_MAX) return undefined;
    const { particles } = await open();
    await loadSounds();
    await need(pairsOf(piece));
    // A character in a word of the book is right, whatever is beside the word.
    const kept = await Promise.all(pairsOf(piece).map(isRight));
    const right = characters.map((_, at) => Boolean(kept[at - 1] || kept[at]));
    /** @type {Path[]} */
    let paths = [{ text: characters[0], cost: 0, odd: 0, weak: false, open: false, alone: true }];
    for (const [i, to] of characters.slice(1).entries()) {
        const from = characters[i];
        const table = await steps(from, to, [right[i], right[i + 1]]);
        if (!i) {
            for (const [text, [{ costs: [extra] }]] of table) {
                if (extra) paths.push({ text, cost: extra, odd: Number(extra > SAME), weak: true, open: false, alone: true });
            }
        }
        const next = await Promise.all(paths.map((path) => onward(path, from, to, table.get(lastOf(path.text)) ?? [], particles)));
        const known = new Set();
        paths = next.flat().sort((a, b) => a.cost - b.cost).filter(({ text }) => !known.has(text) && known.add(text)).slice(0, PATHS_MAX);
    }
    const whole = paths.filter(({ text, weak, open, alone }) =>
        !weak && !open && (!alone || particles.includes(lastOf(text))) && text.replace(/ /g, '') !== piece);
    for (const { text, odd } of whole.slice(0, 12)) {
        const found = text.replace(/ /g, '');
        const stretches = text.split(' ').filter((one) => one.length > 1);
        if ((await inTheBook(stretches)).length === stretches.length && (await isLikely(characters, [...found], odd > 0))) return found;
    }
    return undefined;
};

/** `text` with words that the book lacks replaced by their synonyms that it has. @param {string} text
 * @param {string[][]} groups @param {(word: string) => Promise<boolean>} has */
export const ownWords = async (text, groups, has) => {
    // 区域网路 before 网路.
    const known = groups.flatMap((group) => group.map((word) => ({ word, group })));
    for (const { word, group } of known.sort((a, b) => b.word.length - a.word.length)) {
        if (!isHan(word) || !text.includes(word) || (await has(word))) continue;
        for (const other of group) {
            if (other !== word && (await has(other))) {
                text = text.replace(word, isHan(other) ? other : ` ${other} `);
                break;
            }
        }
    }
    return text;
};

/** So much says a pair about a page that has it in its title, or in a heading and the text. */
const SUBJECT = 0.35;
/** Whether what was put into `other` is what some page is about: in a sentence nobody means the 靠 of 要靠 by an unknown word.
 * @param {string} piece @param {string} other */
const isSubject = (piece, other) =>
    pairsOf(other).some((pair) => !piece.includes(pair) && Math.max(0, ...(postings(pair)?.impacts.values() ?? [])) > SUBJECT);

let isSimplifying = false;
/** From now on all traditional characters are folded, not only those of the book. */
const simplifyAll = async () => {
    const pairs = /** @type {string} */ (await load('p/simplified'));
    if (!isSimplifying) simplify(pairs);
    isSimplifying = true;
};

/** A better answer to `text` than `found`, if simplified characters, pinyin without tones, or others of the same sound give one.
 * @param {string} text @param {Attempt} found @param {(folded: string, notes: Map<string, string>) => Promise<Attempt>} attempt
 * @param {Map<string, string>} notes what `found` replaced by what, and then what the answer did */
export const rescue = async (text, found, attempt, notes) => {
    let said = new Map(notes);
    /** @type {[string, string][]} */
    const replaced = [];
    const replace = async (/** @type {string} */ other, /** @type {[string, string][]} */ ...note) => {
        if (other === found.folded) return;
        const own = new Map();
        const second = await attempt(other, own);
        if (second.cover > found.cover || (second.cover === found.cover && second.torn.length < found.torn.length)) {
            [found, said] = [second, own];
            replaced.push(...note);
        }
    };
    await simplifyAll();
    const spelled = fold(romanized(text)).text;
    for (const other of new Set([spelled, spelled.replace(/(?<=[a-z]) +(?=[a-z])/g, '')])) await replace(other);
    if (found.torn.length || found.missing.length || found.cover < 0.85) {
        const long = found.units.map((unit) => unit.text).filter((word) => isHan(word) && word.length > 1);
        // Two words that the book has, but not in this order: 重载运算符 where it says 运算符重载.
        for (const piece of long.filter((piece) => piece.length <= 12).slice(0, PIECES_MAX)) {
            for (let at = 2; at < piece.length - 1; at++) {
                const halves = [piece.slice(0, at), piece.slice(at)];
                if ((await inTheBook(halves)).length > 1) await replace(found.folded.replace(piece, halves.join(' ')));
            }
        }
        // What a long question has and the book hasn't is rather another word than a wrong character.
        const odd = found.units.length > LONG ? [] : found.torn.length ? found.torn : long;
        for (const piece of odd.slice(0, PIECES_MAX)) {
            const other = await mended(piece, postings);
            if (other && (piece === found.folded || isSubject(piece, other))) await replace(found.folded.replace(piece, other), [piece, other]);
        }
    }
    notes.clear();
    for (const [from, to] of [...said, ...replaced]) notes.set(from, to);
    return found;
};

/** A query to offer where the book has no text as it was typed, but the pairs of it: they may be where two words meet. Empty
 * where there is none. @param {Attempt} found */
export const offered = async ({ folded, units, torn }) => {
    for (const piece of (torn.length ? torn : units.map((unit) => unit.text).filter(isHan)).slice(0, PIECES_MAX)) {
        const other = await mended(piece, isWord);
        if (other) return folded.replace(piece, other);
    }
    return '';
};
