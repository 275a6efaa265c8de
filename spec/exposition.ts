/** A series as it stands in the exposition format, read by a reader of our own. */
export interface Series {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

const NAME = '[a-zA-Z_:][a-zA-Z0-9_:]*';
const LABEL = String.raw`[a-zA-Z_][a-zA-Z0-9_]*="(?:[^"\\\n]|\\["\\n])*"`;
const VALUE = String.raw`[+-]?(?:\d+(?:\.\d+)?(?:e[+-]?\d+)?|Inf)|NaN`;
const SERIES = new RegExp(`^(${NAME})(?:\\{(${LABEL}(?:,${LABEL})*)\\})? (${VALUE})$`);
const COMMENT = new RegExp(`^# (HELP|TYPE) (${NAME}) (.+)$`);
/** What a family of each type may add to its name. */
const ENDINGS: Readonly<Record<string, readonly string[]>> = {
  counter: [''],
  gauge: [''],
  histogram: ['_bucket', '_sum', '_count'],
  summary: ['', '_sum', '_count'],
};

/**
 * Reads an exposition (version 0.0.4) as strictly as it is prescribed: one HELP and one TYPE before the
 * series of a family, which stand together; no series twice; a line feed at the end. Throws otherwise.
 */
export function readExposition(text: string): readonly Series[] {
  if (!text.endsWith('\n')) throw new Error('The last line has no end.');
  const families = new Map<string, string>();
  const seen = new Set<string>();
  const all: Series[] = [];
  let family = '';
  for (const line of text.split('\n').filter((each) => each !== '')) {
    const [, kind, name = '', rest = ''] = COMMENT.exec(line) ?? [];
    if (kind === 'TYPE') {
      if (families.has(name) || !(rest in ENDINGS)) throw new Error(`Not a family: ${line}`);
      families.set(name, rest);
      family = name;
    } else if (kind !== 'HELP') {
      const series = readSeries(line);
      const endings = ENDINGS[families.get(family) ?? ''] ?? [];
      const isOfFamily = endings.some((ending) => series.name === `${family}${ending}`);
      const identity = `${series.name}${JSON.stringify(Object.entries(series.labels).sort())}`;
      if (!isOfFamily || seen.has(identity)) throw new Error(`Not a series here: ${line}`);
      seen.add(identity);
      all.push(series);
    }
  }
  return all;
}

function readSeries(line: string): Series {
  const [, name, labels = '', value = ''] = SERIES.exec(line) ?? [];
  if (name === undefined) throw new Error(`Not a series: ${line}`);
  const pairs = [...labels.matchAll(/([^=,]+)="((?:[^"\\]|\\.)*)"/g)];
  return {
    name,
    labels: Object.fromEntries(pairs.map(([, label, text]) => [label, text])) as Series['labels'],
    value: value === '+Inf' ? Infinity : Number(value),
  };
}
