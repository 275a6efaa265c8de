import { toDayNumber } from '#libs/kernel';

/**
 * What was published of the programme's size, cumulative up to a day: the figures to which a history
 * of 177,260 people is calibrated. Nothing was published by country, by call-in group or by month.
 */
export interface PublishedFigures {
  readonly asOf: string;
  /** People registered, each counted once. */
  readonly registered?: number;
  /** Of those, registered at an office of those already in the country. */
  readonly callIn?: number;
  /** Of those, registered on arrival. */
  readonly atPortOfEntry?: number;
  /** Distinct nationalities of the people registered. */
  readonly nationalities?: number;
  /** Registrations and appearances of every kind: events of the seven types that satisfy a duty. */
  readonly registrationEvents?: number;
  /** Notices to appear before an immigration judge: `RemovalProceedingsInitiated`. */
  readonly removalProceedings?: number;
  readonly source: string;
  /** The source says: at least so many. */
  readonly isAtLeast?: boolean;
}

const MPI = 'Migration Policy Institute';

/** In the order of their days. That 2,870 people were detained was published too; it is not modelled. */
export const published: readonly PublishedFigures[] = [
  {
    asOf: '2002-11-07',
    registered: 14_000,
    nationalities: 112,
    source: 'press reports of 7 November 2002',
  },
  { asOf: '2003-01-17', nationalities: 145, source: 'press reports of 17 January 2003' },
  { asOf: '2003-03-25', registered: 110_534, nationalities: 149, source: MPI },
  {
    asOf: '2003-04-25',
    registered: 133_000,
    nationalities: 150,
    source: MPI,
    isAtLeast: true,
  },
  {
    asOf: '2003-05-11',
    callIn: 82_581,
    removalProceedings: 13_153,
    source: 'press; statement of the DHS',
  },
  {
    asOf: '2003-09-30',
    registered: 177_260,
    callIn: 83_519,
    atPortOfEntry: 93_741,
    removalProceedings: 13_799,
    registrationEvents: 290_526,
    source: 'DHS; the total is verified, the other figures are from memory and sum to it',
  },
  {
    asOf: '2011-04-27',
    nationalities: 160,
    source: 'a figure for the whole programme, handed down without its source',
    isAtLeast: true,
  },
];

/** The day up to which the number of people asked for is counted. */
export const countedUntil = '2003-09-30';
export const countedUntilDay: number = toDayNumber(countedUntil);

/** People registered by then. */
const PEOPLE_PUBLISHED = 177_260;

/** A figure that grows with the programme, for a history of so many people. */
export function scaled(figure: number, people: number): number {
  return Math.round((figure * people) / PEOPLE_PUBLISHED);
}

/** The figure of that name published for the day. */
export function figureOn(
  asOf: string,
  name: Exclude<keyof PublishedFigures, 'asOf' | 'source' | 'isAtLeast'>,
): number {
  const figure = published.find((figures) => figures.asOf === asOf)?.[name];
  if (figure === undefined) throw new RangeError(`No ${name} was published for ${asOf}.`);
  return figure;
}
