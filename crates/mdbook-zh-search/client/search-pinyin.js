// What Latin letters may mean as pinyin. Every guess is text of the book.
import { fold, isHan, load, need, open, postings } from './search-index.js';

const CHAINS_MAX = 40;
/** A longer word isn't tried as two, and so many runs of so many words are tried as one. */
const HALVES_MAX = 20;
const RUNS_MAX = 4;
const RUN_MAX = 6;

/**
 * @typedef {[syllable: string, pairs: string[], words: number]} Seconds so many of the pairs, the first ones, are words or
 *     parts of one; the others are where two words meet
 * @type {Map<string, Promise<Map<string, Seconds[]>>>} */
const letters = new Map();

/** @param {string} letter @returns {Promise<Map<string, Seconds[]>>} */
const parse = async (letter) => {
    /** @type {Map<string, Seconds[]>} */
    const found = new Map();
    if (!(await open()).readings.includes(letter)) return found;
    const file = /** @type {Record<string, string>} */ (await load(`p/${letter}`));
    for (const first of Object.keys(file)) {
        found.set(first, file[first].split(' ').map((group) => {
            const [, syllable, rest] = /** @type {string[]} */ (/^([a-z]*)(.*)$/.exec(group));
            if (first === '=') return [syllable, rest.split(','), 0];
            const [words, others = []] = rest.split("'").map((pairs) => pairs.match(/../gu) ?? []);
            return [syllable, [...words, ...others], words.length];
        }));
    }
    return found;
};

/** Second syllables and pairs by first syllable, for the syllables of one letter. @param {string} letter */
export const readings = (letter) => {
    const known = letters.get(letter) ?? parse(letter);
    letters.set(letter, known);
    known.catch(() => letters.delete(letter));
    return known;
};

/** A syllable, and with `loose` what those hear in it who don't tell z from zh or n from ng.
 * @param {string} syllable @param {boolean} loose */
const spellings = (syllable, loose) => {
    if (!loose) return [syllable];
    const initials = /^[zcs]/.test(syllable) ? [syllable.replace(/^(.)h?/, '$1'), syllable.replace(/^(.)h?/, '$1h')] : [syllable];
    return initials.flatMap((one) => (/[aei]ng?$/.test(one) ? [one.replace(/g$/, ''), one.replace(/g?$/, 'g')] : [one]));
};

/** Runs of 汉字 whose pinyin is `word`, or with `open` begins so.
 * @param {string} word @param {boolean} loose @param {boolean} open */
const walk = async (word, loose, open) => {
    /** `last` is the last syllable; it begins at `start` and ends at `end`.
     * @type {{ text: string, last: string, start: number, end: number }[]} */
    let chains = [];
    const done = new Set();
    const extend = async (/** @type {typeof chains[number]} */ { text, last, start, end }) => {
        const longer = [];
        const seconds = (await readings(word[start])).get(last) ?? [];
        for (const [second, pairs] of seconds) {
            const rest = word.slice(end);
            const spelling = spellings(second, loose).find((one) => rest.startsWith(one)) ??
                (open && second.startsWith(rest) ? rest : undefined);
            if (spelling === undefined) continue;
            for (const pair of pairs) {
                const [a, b] = pair;
                if (text && !text.endsWith(a)) continue;
                longer.push({ text: text ? text + b : pair, last: second, start: end, end: end + spelling.length });
            }
        }
        return longer;
    };
    for (const first of (await readings(word[0])).keys()) {
        for (const one of spellings(first, loose)) {
            if (word.startsWith(one) && one.length < word.length) chains.push({ text: '', last: first, start: 0, end: one.length });
        }
    }
    while (chains.length) {
        const next = (await Promise.all(chains.slice(0, CHAINS_MAX).map(extend))).flat();
        for (const chain of next) if (chain.end === word.length) done.add(chain.text);
        chains = next.filter((chain) => chain.end < word.length);
    }
    return [...done];
};

export const pairsOf = (/** @type {string} */ text) => [...text].slice(1).map((character, i) => [...text][i] + character);

/** Those of `texts` whose pairs stand in one passage, most widespread first. @param {string[]} texts */
export const inTheBook = async (texts) => {
    await need(texts.flatMap(pairsOf));
    const counted = texts.map((text) => {
        const lists = pairsOf(text).map((pair) => postings(pair)?.passages);
        let count = 0;
        for (const document of lists[0]?.keys() ?? []) {
            if (lists.reduce((bits, list) => bits & (list?.get(document) ?? 0), -1)) count++;
        }
        return { text, count };
    });
    return counted.filter(({ count }) => count).sort((a, b) => b.count - a.count).map(({ text }) => text);
};

/** What the book has of `word` and of those of the same meaning. @param {string} word */
const ownForms = async (word) => {
    const { same, near } = (await open()).synonyms;
    const groups = [...same, ...near].map((group) => group.map((one) => fold(one).text));
    const forms = new Set([word, ...(groups.find((group) => group.includes(word)) ?? [])]);
    const terms = (/** @type {string} */ form) => (form.length > 1 && isHan(form) ? pairsOf(form) : [form]);
    await need([...forms].flatMap(terms));
    return [...forms].filter((form) => terms(form).every(postings));
};

/** @param {string} word in letters a to z @returns {Promise<string[]>} */
const spelledSo = async (word) => {
    const phrases = (await readings(word[0])).get('=')?.find(([letters]) => letters === word)?.[1] ?? [];
    const own = async () => (await Promise.all(phrases.map(ownForms))).flat().slice(0, 3);
    // A word of the synonyms by all its letters, or a phrase by the first one of each syllable.
    if (phrases.some((phrase) => phrase.length < word.length)) return own();
    for (const [loose, open] of [[false, false], [true, false], [false, word.length > 3]]) {
        const found = await inTheBook((await walk(word, loose, open)).slice(0, 24));
        if (found.length) return found.slice(0, 3);
    }
    if (phrases.length) return own();
    // Two words that the book has, but not side by side.
    for (let at = word.length - 4; at > 3 && word.length <= HALVES_MAX; at--) {
        const halves = [word.slice(0, at), word.slice(at)];
        const found = await Promise.all(halves.map(async (half) => (await inTheBook((await walk(half, false, false)).slice(0, 24)))[0]));
        if (found.every(Boolean)) return [found.join(' ')];
    }
    return [];
};

/** What words were found to be: a query is understood again with each guess. @type {Map<string, Promise<string[]>>} */
const spelled = new Map();

/** Text of the book that is spelled as `word`. @param {string} word @returns {Promise<string[]>} */
export const pinyin = (word) => {
    if (!/^[a-z]{3,36}$/.test(word)) return Promise.resolve([]);
    const known = spelled.get(word) ?? spelledSo(word);
    spelled.set(word, known);
    known.catch(() => spelled.delete(word));
    return known;
};

/** A Latin word that isn't in the index, as a word that is and the pinyin after it: gilsuo.
 * @param {string} word @param {Map<string, string>} notes */
export const wordAndPinyin = async (word, notes) => {
    for (let at = Math.min(word.length - 4, 10); at > 1; at--) {
        const head = word.slice(0, at);
        await need([head]);
        const [tail] = postings(head) ? await pinyin(word.slice(at)) : [];
        if (tail) {
            notes.set(word, head + tail);
            return [head, tail];
        }
    }
    return [];
};

/** `san ci wo shou`: words of letters that the index lacks, as the pinyin of one word.
 * @param {string[]} tokens @param {Map<string, string>} notes */
export const spelledOut = async (tokens, notes) => {
    const joined = [];
    let runs = 0;
    for (let i = 0; i < tokens.length; i++) {
        let end = i;
        while (end < tokens.length && end - i < RUN_MAX && /^[a-z]{1,12}$/.test(tokens[end])) end++;
        const spelled = tokens.slice(i, end);
        await need(spelled);
        const unknown = spelled.filter((one) => !postings(one)).length;
        const [text] = spelled.length > 1 && unknown * 2 >= spelled.length && runs++ < RUNS_MAX ? await pinyin(spelled.join('')) : [];
        if (text) {
            notes.set(spelled.join(' '), text);
            joined.push(text);
            i = end - 1;
        } else joined.push(tokens[i]);
    }
    return joined;
};

/** The letters of zhuyin, U+3105 to U+3129: initials, finals, and i, u, ü. */
const ZHUYIN = 'b p m f d t n l g k h j q x zh ch sh r z c s a o e e ai ei ao ou an en ang eng er i u v'.split(' ');
const ZHUYIN_SYLLABLE = /[\u3105-\u3119]?[\u3127-\u3129]?[\u311a-\u3126]?/g;

/** How a syllable of zhuyin is spelled in pinyin, from its letters one by one. @type {[RegExp, string][]} */
const SPELLING = [[/ien/, 'in'], [/veng/, 'iong'], [/ven/, 'vn'], [/^i(?=[aeo])/, 'y'], [/^i/, 'yi'], [/^u(?=.)/, 'w'], [/^u$/, 'wu'],
    [/^v/, 'yu'], [/(.)iou/, '$1iu'], [/(.)uei/, '$1ui'], [/(.)uen$/, '$1un'], [/(.)ueng/, '$1ong'], [/([jqx])v/, '$1u'],
    [/^([zcs]h?|r)$/, '$1i']];

/** `text` with zhuyin and pinyin with tone marks as pinyin without. @param {string} text */
export const romanized = (text) => text
    .replace(/[\u3105-\u3129]+/g, (run) => run.replace(ZHUYIN_SYLLABLE, (syllable) =>
        SPELLING.reduce((word, [from, to]) => word.replace(from, to), [...syllable].map((one) => ZHUYIN[one.charCodeAt(0) - 0x3105]).join(''))))
    // Tones of zhuyin.
    .replace(/[\u02c9-\u02cb\u02c7\u02d9]/g, ' ')
    .normalize('NFD').replace(/u\u0308/g, 'v').replace(/\p{M}/gu, '').normalize('NFC');
