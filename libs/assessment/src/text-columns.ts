/** How wide a line of text for people is. */
const WIDTH = 100;
const LABEL_WIDTH = 18;

/** Lines with a label before the first of them; a label that is too wide stands on a line of its own. */
export function labelled(label: string, text: string): readonly string[] {
  const lines = paragraph(text, LABEL_WIDTH);
  const margin = `  ${label}`;
  if (margin.length >= LABEL_WIDTH) return [...paragraph(label, 2), ...lines];
  return lines.map((line, at) =>
    at === 0 ? margin.padEnd(LABEL_WIDTH) + line.slice(LABEL_WIDTH) : line,
  );
}

/** Lines of whole words after an indent; a word that is longer than a line stands alone, uncut. */
export function paragraph(text: string, indent: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/)) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && indent + longer.length > WIDTH) {
      lines.push(line);
      line = word;
    } else {
      line = longer;
    }
  }
  return [...lines, line].map((each) => `${' '.repeat(indent)}${each}`);
}
