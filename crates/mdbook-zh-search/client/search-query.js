// From a query to its units: what a page should have, and in which forms.
import { WORD_MAX, isHan, need, onDemand, open, postings, spelled, tokens, withPrefix } from './search-index.js';

/** @import { Meta } from './search-index.js' */

/** Guesses have a file of their own: most queries need none. */
const guess = () => onDemand('guess');

/**
 * @typedef {{ text: string, weight: number, idf: number, forms: Map<string, number>, joins: boolean }} Unit
 *     the forms with how well each stands for the unit, and whether it is only where two others meet
 */

/** What a word says at least that no page is about. */
const SUBJECT = 0.15;
/** By this power of its idf counts how rare a word is: in a reader's words many are rare that say nothing. */
const RARE = 0.5;
/** What the pair says that was cut, as between 会话 and 层, where the book has it. */
const JOINT = 0.4;
/** How well another form of an English word stands for it; words that only begin with it do less. */
const FORM = 0.9;

const pairsOf = (/** @type {string} */ text) => {
    const characters = [...text];
    return characters.length < 2 ? characters : characters.slice(1).map((character, i) => characters[i] + character);
};
/** The terms of the index that stand for a form. */
export const termsOf = (/** @type {string} */ form) => (isHan(form) ? pairsOf(form) : [form]);

/** The pieces of a run of 汉字 with what each says: asking words little, common ones some.
 * @param {string} run @param {Meta} wording
 * @returns {[text: string, weight: number][]} */
const pieces = (run, { asking, common, synonyms }) => {
    const cut = (/** @type {string} */ text, /** @type {RegExp} */ at, /** @type {number} */ weight) => {
        /** @type {[string, number][]} */
        const parts = [];
        let end = 0;
        for (const match of text.matchAll(at)) {
            parts.push([text.slice(end, match.index), 1], [match[0], weight]);
            end = match.index + match[0].length;
        }
        return [...parts, /** @type {[string, number]} */ ([text.slice(end), 1])].filter(([part]) => part);
    };
    const refine = (/** @type {[string, number][]} */ parts, /** @type {RegExp} */ at, /** @type {number} */ weight) =>
        parts.flatMap(([part, known]) => (known === 1 ? cut(part, at, weight) : [/** @type {[string, number]} */ ([part, known])]));
    // What readers say in their own words is one word.
    const said = Object.keys(synonyms.means).filter(isHan);
    const whole = said.length ? cut(run, new RegExp(said.join('|'), 'g'), 1.2) : [/** @type {[string, number]} */ ([run, 1])];
    const parts = refine(whole, new RegExp(asking, 'g'), 0.03);
    return refine(parts, new RegExp(common, 'g'), 0.3);
};

/** Cuts a piece where a pair is much rarer than its neighbours: between 避免 and 死锁,
 * or isn't in the book, when it is torn; `joints` are the pairs of the book that were cut. @param {string} piece */
const wordsOf = (piece) => {
    const characters = [...piece];
    const counts = pairsOf(piece).map((pair) => postings(pair)?.impacts.size ?? 0);
    const found = [characters[0]];
    const joints = [];
    let torn = false;
    for (let i = 1; i < characters.length; i++) {
        const count = counts[i - 1];
        // The most frequent pair on either side; at an end, only one side has one.
        const around = [counts.slice(0, i - 1), counts.slice(i)].map((side) => Math.max(...side)).filter((most) => most > 0);
        if (count * 4 < Math.min(...around, Infinity) && (!count || around.length)) {
            found.push(characters[i]);
            if (count) joints.push(characters[i - 1] + characters[i]);
            else torn = true;
        } else found[found.length - 1] += characters[i];
    }
    return { found, joints, torn };
};

/** The beginning that the forms of a word share: build, builds, building. @param {string} word @param {string} endings */
const stemOf = (word, endings) => {
    const stem = word.replace(new RegExp(`(?:${endings})$`), '').replace(/([^aeiou])\1$/, '$1');
    return stem.length > 2 && /^[a-z]+$/.test(word) ? stem : word;
};

/** The forms of a Latin word that the index has. @param {string} word @param {string} endings @param {Map<string, string>} notes */
const latinForms = async (word, endings, notes) => {
    await need([word]);
    /** @type {Map<string, number>} */
    const forms = new Map();
    if (postings(word)) forms.set(word, 1);
    if (word.length > 1) {
        const stem = stemOf(word, endings);
        const all = [...await withPrefix(stem), stem].filter((term) => term !== word && postings(term));
        for (const term of all) if (stemOf(term, endings) === stem) forms.set(term, FORM);
        const longer = all.filter((term) => term.startsWith(word) && !forms.has(term)).map((term) => ({ term, share: word.length / term.length }));
        longer.sort((a, b) => b.share - a.share);
        const least = forms.size ? 0.4 : 0.5;
        // by is no beginning of byte, and own not of ownership.
        if (forms.has(word) && word.length < 4) return forms;
        for (const { term, share } of longer.slice(0, 12)) if (share > 0.2) forms.set(term, least + 0.4 * share);
    }
    if (forms.has(word)) return forms;
    const other = await (await guess()).pinyin(word);
    if (!other.length && !forms.size) other.push(...(await (await guess()).typo(word)));
    other.forEach((text, i) => {
        forms.set(text, 0.95 - 0.1 * i);
        if (!notes.has(word)) notes.set(word, text);
    });
    return forms;
};

const has = async (/** @type {string} */ word) => {
    await need(termsOf(word));
    return termsOf(word).every(postings);
};

/** A Latin token as one word if the book has it so, else the words between its marks. @param {string} token */
const latinWords = async (token) => {
    const inner = token.replace(/['’]s$/, '').split(/[-.+#/_'’]/).map((word) => word.slice(0, WORD_MAX));
    const whole = inner.join('').slice(0, WORD_MAX);
    await need([whole]);
    return postings(whole) || /['’]/.test(token) ? [whole] : inner;
};

/** The parts of a query with what each says. @param {string} text @param {Meta} meta @param {Map<string, string>} notes */
const partsOf = async (text, meta, notes) => {
    const latinWeak = new RegExp(`^(${meta.asking_latin})$`);
    /** @type {[string, number][]} */
    const parts = [];
    let found = tokens(text);
    await need(found);
    if (found.filter((token) => /^[a-z]{1,12}$/.test(token) && !postings(token)).length > 1) {
        found = await (await guess()).spelledOut(found, notes);
    }
    for (const token of found) {
        if (isHan(token)) parts.push(...pieces(token, meta));
        else for (const word of await latinWords(token)) parts.push([word, latinWeak.test(word) ? 0.1 : 1]);
    }
    // Asking words are all there is: then they are what is sought.
    if (!parts.some(([, weight]) => weight >= 1)) for (const part of parts) part[1] = 1;
    await need(parts.flatMap(([part, weight]) => (weight > 0.1 ? termsOf(part) : [])));
    return parts;
};

/** The words of a part in 汉字 with the share of its weight each has; `torn` if a character among them may be wrong.
 * @param {string} part @param {boolean} whole whether it is one word @param {boolean} alone whether it is all that is asked
 * @param {string} particles */
const hanWords = (part, whole, alone, particles) => {
    const { found, joints, torn } = whole ? { found: [part], joints: [], torn: false } : wordsOf(part);
    // A single character that is left over is grammar, or a wrong one.
    const content = found.filter((word) => found.length < 2 || !particles.includes(word));
    const sure = torn ? content.filter((word) => word.length > 1) : content;
    const words = sure.map((word) => {
        const length = [...word].length;
        const grammar = [...word].filter((one) => particles.includes(one)).length;
        const lone = (length < 2 || grammar === length) && !(alone && content.length < 2);
        return /** @type {[string, number]} */ ([word, (lone ? 0.3 : length === 2 && grammar ? 0.5 : 1) * (0.8 + 0.1 * length)]);
    });
    return { words, joints, torn: sure.length < content.length };
};

/** A Latin word, or the words that it is made of, with their forms.
 * @param {string} part @param {string} endings @param {Map<string, string>} notes
 * @returns {Promise<[string, Map<string, number>][]>} */
const latinUnits = async (part, endings, notes) => {
    const forms = await latinForms(part, endings, notes);
    const two = [...forms.keys()].find((form) => form.includes(' '));
    /** @type {string[]} */
    const split = two?.split(' ') ?? (forms.size ? [] : await (await guess()).wordAndPinyin(part, notes));
    return split.length ? split.map((word) => [word, new Map([[word, 1]])]) : [[part, forms]];
};

/** Words of one meaning, with how well they stand for each other; those of readers come first and stand for nothing.
 * @typedef {{ words: string[], quality: number, ofReaders: boolean }} Group
 * @param {Meta['synonyms']} synonyms @returns {Group[]} */
const groupsOf = ({ same, near, means }) => {
    const group = (/** @type {string[]} */ words, /** @type {number} */ quality, ofReaders = false) =>
        ({ words: words.map(spelled), quality, ofReaders });
    const said = Object.entries(means).map(([said, words]) => group([said, ...words], 0.8, true));
    return [...same.map((words) => group(words, 0.9)), ...near.map((words) => group(words, 0.6)), ...said];
};

/** `forms` and those with a synonym in the place of a word. @param {string} unit @param {Map<string, number>} forms
 * @param {Group[]} groups */
const withSynonyms = (unit, forms, groups) => {
    for (const { words, quality, ofReaders } of groups) {
        // threads, as thread is a form of it, means 线程.
        const stands = (/** @type {string} */ one) => (isHan(one) ? unit.includes(one) : unit === one || (forms.get(one) ?? 0) >= FORM);
        const word = words.find((one, i) => !(i && ofReaders) && stands(one));
        for (const other of word ? words : []) {
            const form = isHan(unit) ? unit.replace(/** @type {string} */ (word), other) : other;
            if ((unit === word || isHan(other)) && !forms.has(form)) forms.set(form, quality);
        }
    }
    return forms;
};

/** @param {string} text folded @param {Map<string, string>} notes
 * @returns {Promise<{ units: Unit[], torn: string[] }>} */
export const understand = async (text, notes) => {
    const meta = await open();
    const groups = groupsOf(meta.synonyms);
    const same = groups.filter(({ ofReaders }) => !ofReaders).map(({ words }) => words);
    for (const word of same.flat()) {
        if (isHan(word) && text.includes(word) && !(await has(word))) text = await (await guess()).ownWords(text, same, has);
    }
    const parts = await partsOf(text, meta, notes);
    const alone = parts.filter(([, weight]) => weight >= 1).length < 2;
    /** @type {Unit[]} */
    const units = [];
    const torn = [];
    const add = (/** @type {string} */ unit, /** @type {Map<string, number>} */ forms, /** @type {number} */ weight, joins = false) =>
        units.push({ text: unit, weight, idf: 0, forms: withSynonyms(unit, forms, groups), joins });
    for (const [part, weight] of parts) {
        if (weight < 0.1) continue;
        if (isHan(part)) {
            const found = hanWords(part, groups.some(({ words }) => words.includes(part)), alone, meta.particles);
            if (found.torn) {
                torn.push(part);
                // By themselves its single characters say nothing: what was meant is missing.
                add(part, new Map(), weight);
            }
            for (const pair of found.joints) add(pair, new Map([[pair, 1]]), weight * JOINT, true);
            for (const [word, share] of found.words) add(word, new Map([[word, 1]]), weight * share);
        } else if (weight < 1) add(part, new Map([[part, 1]]), weight);
        else for (const [word, forms] of await latinUnits(part, meta.endings, notes)) add(word, forms, weight);
    }
    await need(units.flatMap((unit) => [...unit.forms.keys()].flatMap(termsOf)));
    // What is rare in the book says more.
    const idfOf = (/** @type {string} */ form) => {
        const terms = termsOf(form);
        return terms.reduce((sum, term) => sum + (postings(term)?.idf ?? 0), 0) / terms.length;
    };
    // What some page is about, by its title or keywords, says more than what is only written somewhere.
    const subjectOf = (/** @type {string} */ form) =>
        Math.min(...termsOf(form).map((term) => Math.max(0, ...(postings(term)?.impacts.values() ?? []))));
    for (const unit of units) {
        const forms = [...unit.forms.keys()];
        // The likeliest form comes first: what asyn begins is no rarer than async.
        unit.idf = idfOf(unit.text) || forms.map(idfOf).find(Boolean) || Math.log(1 + meta.documents);
        unit.weight *= unit.idf ** RARE * (SUBJECT + Math.max(0, ...forms.map(subjectOf)));
    }
    return { units, torn };
};
