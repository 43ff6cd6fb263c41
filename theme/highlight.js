// Code is highlighted at build time. mdBook's book.js calls these two functions; the stock 138 KB library is not shipped.
window.hljs = { configure() {}, highlightBlock() {} };
