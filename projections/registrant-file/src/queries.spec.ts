import { beforeAll, describe, expect, it } from '@jest/globals';
import { registrantStream } from '#libs/kernel';
import {
  aDeparture,
  anArrival,
  anUnregisteredDeparture,
  recorded,
  type SpecEvent,
} from '#libs/spec';
import { openMemoryViews, replay, type ViewStore } from '#libs/view-store';
import {
  getRegistrant,
  listRegistrants,
  registrantFile,
  type RegistrantKey,
  type RegistrantList,
  searchRegistrants,
} from './index.js';

const TODAY = '2003-11-20';
const ids = ['1', '2', '3', '4', '5'].map((last) => `00000000-0000-4000-8000-00000000000${last}`);
const [studentId = '', touristId = '', overstayerId = '', leftId = '', vanishedId = ''] = ids;
const identity = {
  familyName: 'Søren-Müller',
  givenNames: 'Zoë  Anaïs',
  birthCountry: 'PK',
  passport: { number: 'ab 123-4', country: 'PK' },
};
const person = { sex: 'F', bornOn: '1980-02-29', nationalities: ['PK', 'FR'] } as const;
const histories: readonly (readonly SpecEvent[])[] = [
  [anArrival({ arrivedOn: '2003-10-23' })],
  [
    anArrival({
      arrivedOn: '2003-10-24',
      admittedUntil: TODAY,
      identity,
      person,
      fin: '7777777',
      admissionNumber: '12345678901',
    }),
  ],
  [anArrival({ arrivedOn: '2003-05-01', admittedUntil: '2003-11-19', port: 'LOS', usState: 'CA' })],
  [anArrival({ arrivedOn: '2003-05-01' }), aDeparture({ departedOn: '2003-06-01' })],
  [anArrival({ arrivedOn: '2003-05-01' }), anUnregisteredDeparture({ departedOn: '2003-06-01' })],
];

describe('registrants', () => {
  let views: ViewStore;

  beforeAll(async () => {
    views = openMemoryViews();
    const events = histories.flatMap((history, at) =>
      recorded(registrantStream(ids[at] ?? ''), history, { position: at * 10 }),
    );
    const documents = [...replay(registrantFile, events).values()];
    await views.write(
      registrantFile,
      documents.map((document) => ({ document })),
    );
  });

  async function listed(asked: Partial<RegistrantList>): Promise<string[]> {
    const { documents } = await listRegistrants(views, { limit: 50, today: TODAY, ...asked });
    return documents.map(({ registrantId }) => registrantId);
  }

  async function found(by: RegistrantKey): Promise<string[]> {
    const { documents } = await searchRegistrants(views, { by, limit: 50, today: TODAY });
    return documents.map(({ registrantId }) => registrantId);
  }

  it('are listed all, or by nationality, port and office together', async () => {
    expect(await listed({})).toEqual(ids);
    expect(await listed({ nationality: 'FR' })).toEqual([touristId]);
    expect(await listed({ nationality: 'IR', port: 'LOS' })).toEqual([overstayerId]);
    expect(await listed({ office: 'LOS' })).toEqual([overstayerId]);
    expect(await listed({ nationality: 'IR', office: 'SEA' })).toEqual([]);
  });

  it('are present up to the last day of the admission, and past it from the next day on', async () => {
    expect(await listed({ whereabouts: 'present' })).toEqual([studentId, touristId]);
    expect(await listed({ whereabouts: 'past-admission' })).toEqual([overstayerId]);
    expect(await listed({ whereabouts: 'past-admission', today: '2003-11-21' })).toEqual([
      touristId,
      overstayerId,
    ]);
    expect((await getRegistrant(views, touristId, TODAY))?.whereabouts).toBe('present');
    expect((await getRegistrant(views, touristId, '2003-11-21'))?.whereabouts).toBe(
      'past-admission',
    );
  });

  it('have departed for good, whatever their admission said', async () => {
    expect(await listed({ whereabouts: 'departed' })).toEqual([leftId]);
    expect(await listed({ whereabouts: 'departed-unregistered' })).toEqual([vanishedId]);
    expect((await getRegistrant(views, leftId, '2010-01-01'))?.whereabouts).toBe('departed');
  });

  it('are listed page by page', async () => {
    const first = await listRegistrants(views, { limit: 3, today: TODAY });
    const second = await listRegistrants(views, {
      limit: 3,
      today: TODAY,
      cursor: first.next ?? '',
    });

    expect(
      [...first.documents, ...second.documents].map(({ registrantId }) => registrantId),
    ).toEqual(ids);
    expect(second).not.toHaveProperty('next');
  });

  it('are found by their numbers', async () => {
    expect(await found({ fin: '7777777' })).toEqual([touristId]);
    expect(await found({ admissionNumber: '12345678901' })).toEqual([touristId]);
    expect(await found({ passport: { number: 'AB1234' } })).toEqual([touristId]);
    expect(await found({ passport: { number: 'AB-1234', country: 'PK' } })).toEqual([touristId]);
    expect(await found({ passport: { number: 'AB1234', country: 'IR' } })).toEqual([]);
    expect(await found({ fin: '0000000' })).toEqual([]);
  });

  it('are found by name and birth day, without regard to case, accents and punctuation', async () => {
    const bornOn = '1980-02-29';

    expect(await found({ name: { familyName: 'SOREN MULLER', bornOn } })).toEqual([touristId]);
    expect(
      await found({ name: { familyName: 'Söŕen–müller', givenNames: 'zoe anais', bornOn } }),
    ).toEqual([touristId]);
    expect(
      await found({ name: { familyName: 'Soren Muller', givenNames: 'Zoe', bornOn } }),
    ).toEqual([]);
    expect(await found({ name: { familyName: 'Soren', bornOn } })).toEqual([]);
    expect(await found({ name: { familyName: 'Soren Muller', bornOn: '1980-02-28' } })).toEqual([]);
  });

  it('are shown without what only the store needs', async () => {
    const file = await getRegistrant(views, studentId, TODAY);

    expect(file).toMatchObject({
      registrantId: studentId,
      position: 0,
      revision: 0,
      fin: '9000001',
    });
    for (const inner of [
      '_id',
      'events',
      'nameKeys',
      'passportKeys',
      'fins',
      'lastSeen',
      'admittedThrough',
      'nationalities',
    ]) {
      expect(file).not.toHaveProperty(inner);
    }
    expect(
      await getRegistrant(views, '00000000-0000-4000-8000-0000000000ff', TODAY),
    ).toBeUndefined();
  });
});
