// What a reader may have meant by something that the index doesn't have: pinyin, a typing mistake, a wrong character of
// the same sound. Every guess is text of the book.
import { fold, isHan, load, need, open, postings, simplify } from './search-index.js';

/** @import { Attempt } from './search.js' */


const CHAINS_MAX = 60;

/** Second syllables and pairs by first syllable, for the syllables of one letter.
 * @param {string} letter @returns {Promise<Map<string, [syllable: string, pairs: string[]][]>>} */
const readings = async (letter) => {
    const found = new Map();
    if (!(await open()).readings.includes(letter)) return found;
    const file = /** @type {Record<string, string>} */ (await load(`p/${letter}`));
    for (const first of Object.keys(file)) {
        const seconds = file[first].split(' ').map((group) => {
            const [, syllable, rest] = /** @type {string[]} */ (/^([a-z]*)(.*)$/.exec(group));
            return [syllable, first === '=' ? rest.split(',') : rest.match(/../gu) ?? []];
        });
        found.set(first, seconds);
    }
    return found;
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

/** Those of `texts` whose pairs stand in one passage, most widespread first. @param {string[]} texts */
const inTheBook = async (texts) => {
    const pairs = (/** @type {string} */ text) => [...text].slice(1).map((character, i) => [...text][i] + character);
    await need(texts.flatMap(pairs));
    const counted = texts.map((text) => {
        const lists = pairs(text).map((pair) => postings(pair)?.passages);
        let count = 0;
        for (const document of lists[0]?.keys() ?? []) {
            if (lists.reduce((bits, list) => bits & (list?.get(document) ?? 0), -1)) count++;
        }
        return { text, count };
    });
    return counted.filter(({ count }) => count).sort((a, b) => b.count - a.count).map(({ text }) => text);
};

/** @param {string} word in letters a to z @returns {Promise<string[]>} */
export const pinyin = async (word) => {
    if (!/^[a-z]{3,36}$/.test(word)) return [];
    const initials = (await readings(word[0])).get('=')?.find(([letters]) => letters === word)?.[1] ?? [];
    for (const [loose, open] of [[false, false], [true, false], [false, word.length > 3]]) {
        const found = await inTheBook((await walk(word, loose, open)).slice(0, 24));
        if (found.length) return found.slice(0, 3);
    }
    if (initials.length) return initials.slice(0, 3);
    // Two words that the book has, but not side by side.
    for (let at = word.length - 4; at > 3; at--) {
        const halves = [word.slice(0, at), word.slice(at)];
        const found = await Promise.all(halves.map(async (half) => (await inTheBook((await walk(half, false, false)).slice(0, 24)))[0]));
        if (found.every(Boolean)) return [found.join(' ')];
    }
    return [];
};

/** How many letters are missing, too many, wrong or swapped; more than `max` is as good as none.
 * @param {string} a @param {string} b @param {number} max */
const distance = (a, b, max) => {
    if (Math.abs(a.length - b.length) > max) return max + 1;
    const rows = [[...b, ''].map((_, j) => j)];
    for (let i = 1; i <= a.length; i++) {
        rows[i] = [i];
        for (let j = 1; j <= b.length; j++) {
            const same = a[i - 1] === b[j - 1];
            let least = Math.min(rows[i - 1][j] + 1, rows[i][j - 1] + 1, rows[i - 1][j - 1] + (same ? 0 : 1));
            if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) least = Math.min(least, rows[i - 2][j - 2] + 1);
            rows[i][j] = least;
        }
    }
    return rows[a.length][b.length];
};

/** Words that `word` may be a mistyping of, the nearest first. @param {string} word @returns {Promise<string[]>} */
export const typo = async (word) => {
    if (!/^[a-z][a-z0-9]{2,}$/.test(word)) return [];
    const max = word.length > 7 ? 2 : 1;
    // The first letter is seldom wrong; it may have changed places with the second.
    for (const letter of new Set(word.slice(0, 2))) {
        if (!(await open()).words.includes(letter)) continue;
        /** @type {{ other: string, steps: number }[]} */
        const near = [];
        for (const other of /** @type {string} */ (await load(`w/${letter}`)).split(' ')) {
            const steps = distance(word, other, max);
            // Among three letters only a swap is sure enough.
            const swap = word.length > 3 || [...word].sort().join() === [...other].sort().join();
            if (steps <= max && swap) near.push({ other, steps });
        }
        near.sort((a, b) => a.steps - b.steps);
        if (near.length) return near.filter(({ steps }) => steps === near[0].steps).slice(0, 3).map(({ other }) => other);
    }
    return [];
};

/** The readings of characters, the usual one first. @type {Map<string, string[]>} */
const sounds = new Map();
const loadSounds = async () => {
    if (sounds.size) return;
    for (const group of /** @type {string} */ (await load('p/characters')).split(' ').filter(Boolean)) {
        const [, syllable, characters] = /** @type {string[]} */ (/^([a-z]+)(.*)$/.exec(group));
        for (const one of characters) sounds.set(one, [...(sounds.get(one) ?? []), syllable]);
    }
};

/** Text of the book that sounds like `text`, if there is any. One that shares no character with it must do so by the usual
 * readings: nobody takes 量子 for 两次, though 次 can be read zi.
 * @param {string[]} text @returns {Promise<string | undefined>} */
const soundsLike = async (text) => {
    let chains = [{ text: '', same: 0, rare: false }];
    const isUsual = (/** @type {string} */ one, /** @type {string} */ syllable) => sounds.get(one)?.[0] === syllable;
    for (let i = 0; i + 1 < text.length; i++) {
        /** @type {Map<string, typeof chains[number]>} */
        const next = new Map();
        for (const first of sounds.get(text[i]) ?? []) {
            for (const [second, pairs] of (await readings(first[0])).get(first) ?? []) {
                if (!sounds.get(text[i + 1])?.includes(second)) continue;
                for (const [a, b] of pairs) {
                    const usual = [a, text[i]].every((one) => isUsual(one, first)) && [b, text[i + 1]].every((one) => isUsual(one, second));
                    for (const chain of chains) {
                        if (chain.text && !chain.text.endsWith(a)) continue;
                        const same = chain.same + Number(b === text[i + 1]) + (chain.text ? 0 : Number(a === text[i]));
                        const longer = (chain.text || a) + b;
                        next.set(longer, { text: longer, same, rare: chain.rare || !usual });
                    }
                }
            }
        }
        chains = [...next.values()].sort((a, b) => b.same - a.same).slice(0, CHAINS_MAX);
    }
    chains = chains.filter(({ same, rare }) => same || !rare);
    const found = await inTheBook(chains.slice(0, 12).map((chain) => chain.text));
    const most = Math.max(...chains.filter((chain) => found.includes(chain.text)).map((chain) => chain.same));
    return found.find((one) => chains.some((chain) => chain.text === one && chain.same === most));
};

/** `text` with its longest stretch that sounds like text of the book replaced by that.
 * @param {string} text @returns {Promise<string | undefined>} */
const homophone = async (text) => {
    await loadSounds();
    const characters = [...text];
    // A character in a word of the book is right, whatever is beside the word.
    await need(characters.slice(1).map((one, i) => characters[i] + one));
    const isRight = (/** @type {number} */ at) =>
        [at - 1, at].some((start) => start >= 0 && start + 1 < characters.length && postings(characters[start] + characters[start + 1]));
    for (let length = Math.min(6, characters.length); length > 1; length--) {
        for (let start = 0; start + length <= characters.length; start++) {
            const stretch = characters.slice(start, start + length);
            const found = await soundsLike(stretch);
            if (found && [...found].every((one, i) => one === stretch[i] || !isRight(start + i)) && found !== stretch.join('')) {
                return characters.slice(0, start).join('') + found + characters.slice(start + length).join('');
            }
        }
    }
    return undefined;
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
    for (let i = 0; i < tokens.length; i++) {
        let end = i;
        while (end < tokens.length && /^[a-z]{1,12}$/.test(tokens[end])) end++;
        const spelled = tokens.slice(i, end);
        await need(spelled);
        const unknown = spelled.filter((one) => !postings(one)).length;
        const [text] = spelled.length > 1 && unknown * 2 >= spelled.length ? await pinyin(spelled.join('')) : [];
        if (text) {
            notes.set(spelled.join(' '), text);
            joined.push(text);
            i = end - 1;
        } else joined.push(tokens[i]);
    }
    return joined;
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

/** A better answer to `text` than `found`, if simplified characters or others of the same sound give one.
 * @param {string} text @param {Attempt} found @param {(folded: string) => Promise<Attempt>} attempt @param {Map<string, string>} notes */
export const rescue = async (text, found, attempt, notes) => {
    const replace = async (/** @type {string} */ other, /** @type {string} */ from, /** @type {string} */ to) => {
        if (other === found.folded) return;
        const second = await attempt(other);
        if (second.cover > found.cover || (second.cover === found.cover && second.torn.length < found.torn.length)) {
            found = second;
            if (from) notes.set(from, to);
        }
    };
    simplify(/** @type {string} */ (await load('p/simplified')));
    await replace(fold(text).text, '', '');
    if (!found.torn.length && !found.missing.length && found.cover >= 0.85) return found;
    // In a pasted paragraph there is too much to try.
    const isShort = (/** @type {string} */ word) => word.length <= 64;
    const long = found.units.map((unit) => unit.text).filter((word) => isHan(word) && word.length > 1 && isShort(word));
    // Two words that the book has, but not in this order: 重载运算符 where it says 运算符重载.
    for (const piece of long.filter((piece) => piece.length <= 12)) {
        for (let at = 2; at < piece.length - 1; at++) {
            const halves = [piece.slice(0, at), piece.slice(at)];
            if ((await inTheBook(halves)).length > 1) await replace(found.folded.replace(piece, halves.join(' ')), '', '');
        }
    }
    for (const piece of found.torn.length ? found.torn.filter(isShort) : long) {
        const other = await homophone(piece);
        if (other) await replace(found.folded.replace(piece, other), piece, other);
    }
    return found;
};
