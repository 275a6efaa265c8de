import type { HistoryLine } from './history-line.js';
import { isRegistrationEvent } from './planned-fact.js';
import { published, type PublishedFigures, scaled } from './published.js';

type FigureName = Exclude<keyof PublishedFigures, 'asOf' | 'source' | 'isAtLeast'>;

/** A published figure, scaled to the size of a history, beside what is counted in it. */
export interface ComparedFigure {
  readonly asOf: string;
  readonly name: FigureName;
  readonly expected: number;
  readonly counted: number;
  readonly isAtLeast: boolean;
  readonly source: string;
}

const names = [
  'registered',
  'callIn',
  'atPortOfEntry',
  'nationalities',
  'registrationEvents',
  'removalProceedings',
] as const satisfies readonly FigureName[];

/** Counts the lines of a generated history, in their order, for each figure that was published. */
export class PublishedComparison {
  readonly #rows: ComparedFigure[] = [];
  readonly #nationalities = new Set<string>();
  #days = [...published];
  #counts = { registered: 0, callIn: 0, registrationEvents: 0, removalProceedings: 0 };

  /** @param people first registered by 2003-09-30 */
  constructor(private readonly people: number) {}

  take({ type, data, metadata }: HistoryLine): void {
    this.#closeBefore(metadata.recordedAt.slice(0, 10));
    const counts = this.#counts;
    if (isRegistrationEvent(type)) counts.registrationEvents += 1;
    if (type === 'RemovalProceedingsInitiated') counts.removalProceedings += 1;
    if (type !== 'ArrivalRegistered' && type !== 'CallInRegistrationCompleted') return;
    if (!data.person) return;
    counts.registered += 1;
    if (type === 'CallInRegistrationCompleted') counts.callIn += 1;
    for (const code of data.person.nationalities) this.#nationalities.add(code);
  }

  /** Each figure in the order of its day; those after the last line by what it came to. */
  rows(): readonly ComparedFigure[] {
    this.#closeBefore('9999-12-31');
    return this.#rows;
  }

  #closeBefore(day: string): void {
    for (let next = this.#days[0]; next && next.asOf < day; next = this.#days[0]) {
      this.#rows.push(...this.#compared(next));
      this.#days = this.#days.slice(1);
    }
  }

  #compared(figures: PublishedFigures): readonly ComparedFigure[] {
    const { asOf, source, isAtLeast = false } = figures;
    const { registered, callIn } = this.#counts;
    const counted: Record<FigureName, number> = {
      ...this.#counts,
      atPortOfEntry: registered - callIn,
      nationalities: this.#nationalities.size,
    };
    return names.flatMap((name) => {
      const figure = figures[name];
      if (figure === undefined) return [];
      // A country is one at any size.
      const expected = name === 'nationalities' ? figure : scaled(figure, this.people);
      return [{ asOf, name, expected, counted: counted[name], isAtLeast, source }];
    });
  }
}
