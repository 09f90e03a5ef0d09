/** A module with all that it imports, as the text of one script (scripts/bundled-page.mjs). */
declare module '*?bundle' {
  const text: string;
  export default text;
}

/** A file as it is (Vite). */
declare module '*?raw' {
  const text: string;
  export default text;
}
