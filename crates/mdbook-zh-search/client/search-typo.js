// What Latin word may have been mistyped.
import { load, open } from './search-index.js';

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

const lettersOf = (/** @type {string} */ word) => [...word].sort().join('');

/** Words that `word` may be a mistyping of, the nearest first. @param {string} word @returns {Promise<string[]>} */
export const typo = async (word) => {
    if (!/^[a-z][a-z0-9]{2,}$/.test(word)) return [];
    const max = word.length > 7 ? 2 : 1;
    const letters = lettersOf(word);
    /** @type {{ other: string, steps: number }[]} */
    const near = [];
    // The first letter is seldom wrong; it may have changed places with the second.
    for (const letter of new Set(word.slice(0, 2))) {
        if (!(await open()).words.includes(letter)) continue;
        for (const other of /** @type {string} */ (await load(`w/${letter}`)).split(' ')) {
            const steps = distance(word, other, max);
            if (steps > max) continue;
            // Letters that changed places are the surest sign: among three letters, the only one.
            const isSwap = lettersOf(other) === letters;
            if (isSwap || (word.length > 3 && other[0] === word[0])) near.push({ other, steps: isSwap ? steps - 0.5 : steps });
        }
    }
    near.sort((a, b) => a.steps - b.steps);
    return near.filter(({ steps }) => steps === near[0].steps).slice(0, 3).map(({ other }) => other);
};
