// What the search says. The indexer puts the words of the book's language that a script uses in the place of none.

/** Under each key a text, or texts by plural form. @type {Record<string, string | Record<string, string>>} */
export const words = {};
