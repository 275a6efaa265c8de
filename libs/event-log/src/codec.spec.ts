import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { canonicalJson, type EventTable } from '#libs/kernel';
import { type Codec, createCodec, type StoredEvent } from './codec.js';
import { DamagedPersonalContent, EventTooLarge, InvalidEvent, UnknownEventType } from './errors.js';
import { createMemoryKeys } from './keys.js';
import { aNote, aRegistrant, specMetadata, specTables } from './spec-events.contract.js';
import type { EventToAppend } from './port.js';

const { registrantId, stream } = aRegistrant();
const keys = createMemoryKeys();
const codec = createCodec(specTables, keys);

async function stored(
  event: EventToAppend,
  by: Codec = codec,
  into = stream,
): Promise<StoredEvent> {
  const [encoded] = await by.encode(into, [event]);
  const { id, type, data, metadata } = encoded!;
  const parsed = { data: JSON.parse(data), metadata: JSON.parse(metadata) };
  return { id, type, stream: into, revision: 0, position: 1, ...parsed };
}

function sealedOf(event: StoredEvent): string {
  return (event.data as { encrypted: string }).encrypted;
}

function withData(event: StoredEvent, data: object): StoredEvent {
  return { ...event, data: { ...(event.data as object), ...data } };
}

function note(data: object): EventToAppend {
  return { ...aNote(registrantId, 'x'), data: { registrantId, text: 'x', ...data } };
}

describe('encoding and decoding', () => {
  it('gives every event back as it was', async () => {
    const text = fc.string({ minLength: 1, maxLength: 20 }).map((word) => `a${word}z`.normalize());
    const data = fc.record(
      { name: text, basis: fc.record({ kind: text, reason: text }, { requiredKeys: ['kind'] }) },
      { requiredKeys: [] },
    );
    await fc.assert(
      fc.asyncProperty(data, async (fields) => {
        const event = note(fields);
        const back = codec.decode(await stored(event));
        expect(canonicalJson(back.data)).toBe(canonicalJson(event.data));
        expect(back.metadata).toEqual(event.metadata);
      }),
      { numRuns: 50 },
    );
  });

  it('stores canonical JSON: the order of the keys that came in does not matter', async () => {
    const event = { ...note({ basis: { kind: 'k' } }), metadata: specMetadata };
    const data = { text: 'x', basis: { kind: 'k' }, registrantId };
    const turned = { ...event, data, metadata: { ...specMetadata, a: 1, A: 2 } };
    const [a] = await codec.encode(stream, [{ ...turned, metadata: specMetadata }]);
    const [b] = await codec.encode(stream, [event]);
    expect(a?.data).toBe(b?.data);
    const [c] = await codec.encode(stream, [turned]);
    expect(c?.metadata).toMatch(/^\{"A":2,"a":1,"actor":/);
  });

  it('a type that no table names is not known', async () => {
    const event = { ...note({}), type: 'NoteBurnt' };
    await expect(codec.encode(stream, [event])).rejects.toThrow(UnknownEventType);
    const there = { ...(await stored(note({}))), type: 'NoteBurnt' };
    expect(() => codec.decode(there)).toThrow(UnknownEventType);
  });

  it('a version later than today’s is not known', async () => {
    const there = { ...(await stored(note({}))), metadata: { ...specMetadata, schemaVersion: 2 } };
    expect(() => codec.decode(there)).toThrow(/^Version 2 of event .* is not known here/);
  });

  it.each([
    ['data that its table refuses', note({ txt: 'x' })],
    ['an id that is no UUID', { ...note({}), id: 'X' }],
    ['data that is no object', { ...note({}), data: 'text' }],
    [
      'metadata without an actor',
      { ...note({}), metadata: { ...specMetadata, actor: undefined! } },
    ],
    ['a time that is none', { ...note({}), metadata: { ...specMetadata, recordedAt: '2003' } }],
    ['a key of digits alone', { ...note({}), metadata: { ...specMetadata, 12: 'x' } }],
  ])('%s is not stored', async (_, event) => {
    await expect(codec.encode(stream, [event])).rejects.toThrow(InvalidEvent);
    expect(() => {
      codec.tryOut(stream, [event]);
    }).toThrow(InvalidEvent);
  });

  it('an event of more than 60,000 bytes is not stored', async () => {
    const event = note({ basis: { kind: 'k', reason: 'x'.repeat(60_000) } });
    await expect(codec.encode(stream, [event])).rejects.toThrow(EventTooLarge);
    expect(() => {
      codec.tryOut(stream, [event]);
    }).toThrow(EventTooLarge);
  });

  it('an event that is only tried out needs no key, and makes none', () => {
    const keys = createMemoryKeys();
    const trying = createCodec(specTables, keys);
    trying.tryOut(stream, [note({ name: 'tried' })]);
    expect(() => {
      trying.tryOut(stream, [note({ basis: { kind: 'k', reason: 'x'.repeat(60_000) } })]);
    }).toThrow(EventTooLarge);
    expect(keys.find(registrantId)).toBeUndefined();
  });

  it('a refused event is named, and none of its values', async () => {
    const event = note({ name: 7, secret: 'Testperson' });
    const refused = codec.encode(stream, [event]);
    await expect(refused).rejects.toThrow(event.id);
    await expect(refused).rejects.not.toThrow('Testperson');
  });
});

describe('versions', () => {
  const table: EventTable = {
    NoteTaken: {
      version: 3,
      personal: ['who.name'],
      upcasters: {
        1: (data) => {
          const { name, ...rest } = data as { name?: string };
          return { ...rest, who: name === undefined ? {} : { name } };
        },
        2: (data) => ({ ...(data as object), lines: [(data as { text: string }).text] }),
      },
      check: (data) => ('lines' in (data as object) ? [] : [{ path: 'lines', problem: 'missing' }]),
    },
    NoteCorrected: { version: 1, personal: [], nested: 'corrected', check: () => [] },
  };
  const today = createCodec([table], keys);

  it('an older event is read in today’s shape, its personal content with it', async () => {
    const event = today.decode(await stored(note({ name: 'Exempli' })));
    const who = { name: 'Exempli' };
    expect(event.data).toEqual({ registrantId, text: 'x', who, lines: ['x'] });
    expect(event.metadata.schemaVersion).toBe(3);
  });

  it('an older event in clear is stored in today’s shape', async () => {
    const event = await stored(note({ name: 'Exempli' }), today);
    expect(event.metadata).toMatchObject({ schemaVersion: 3 });
    expect(event.data).toMatchObject({ who: {}, lines: ['x'] });
    expect(JSON.stringify(event)).not.toContain('Exempli');
  });

  it('what a correction carries is upcast as its own type is', async () => {
    const corrected = { type: 'NoteTaken', version: 1, data: { text: 'y', name: 'Exempli' } };
    const correction = { ...note({ corrected }), type: 'NoteCorrected' };
    const back = today.decode(await stored(correction)).data;
    const data = { text: 'y', who: { name: 'Exempli' }, lines: ['y'] };
    expect(back).toMatchObject({ corrected: { type: 'NoteTaken', version: 3, data } });
  });

  it.each([
    [1, ['1 to 2', '2 to 3', '3 to 4']],
    [2, ['2 to 3', '3 to 4']],
    [3, ['3 to 4']],
    [4, []],
  ])('each step is taken once, in order, from version %d on', (version, steps) => {
    const step = (name: string) => (data: unknown) => {
      const { taken = [], ...rest } = data as { readonly taken?: readonly string[] };
      return { ...rest, taken: [...taken, name] };
    };
    const upcasters = { 1: step('1 to 2'), 2: step('2 to 3'), 3: step('3 to 4') };
    const chained = createCodec([
      {
        NoteTaken: { version: 4, personal: [], upcasters, check: () => [] },
        NoteCorrected: { version: 1, personal: [], nested: 'corrected', check: () => [] },
      },
    ]);
    const place = { id: randomUUID(), stream, revision: 0, position: 1 };
    const read = (type: string, schemaVersion: number, data: object) =>
      chained.decode({ ...place, type, data, metadata: { ...specMetadata, schemaVersion } }).data;
    const today = steps.length === 0 ? {} : { taken: steps };

    expect(read('NoteTaken', version, {})).toEqual(today);
    const corrected = { type: 'NoteTaken', version, data: {} };
    expect(read('NoteCorrected', 1, { corrected })).toEqual({
      corrected: { type: 'NoteTaken', version: 4, data: today },
    });
  });

  it('what a correction carries in a version that is not known is not known', async () => {
    const corrected = { type: 'NoteTaken', version: 4, data: {} };
    const correction = { ...note({ corrected }), type: 'NoteCorrected' };
    await expect(today.encode(stream, [correction])).rejects.toThrow(UnknownEventType);
    const strange = { ...corrected, type: 'NoteBurnt' };
    const of = { ...note({ corrected: strange }), type: 'NoteCorrected' };
    await expect(today.encode(stream, [of])).rejects.toThrow(/The type of event .* \(NoteBurnt\)/);
  });

  it('a version that no upcaster leads on from is not known', async () => {
    const gap = createCodec(
      [{ ...table, NoteTaken: { ...table['NoteTaken']!, upcasters: {} } }],
      keys,
    );
    const there = await stored(note({}));
    expect(() => gap.decode(there)).toThrow(UnknownEventType);
  });
});

describe('personal content', () => {
  it('leaves the data, at any depth, and only it', async () => {
    const event = await stored(note({ name: 'Exempli', basis: { kind: 'k', reason: 'Because' } }));
    const { encrypted, ...clear } = event.data as Record<string, unknown>;
    expect(clear).toEqual({ registrantId, text: 'x', basis: { kind: 'k' } });
    expect(encrypted).toMatch(/^[\w-]+$/);
    expect(Buffer.from(String(encrypted), 'base64url').toString('latin1')).not.toContain('Because');
  });

  it('of a correction and of what it corrects is in the one field', async () => {
    const corrected = {
      type: 'NoteTaken',
      version: 1,
      data: { registrantId, text: 'y', name: 'Secret', basis: { kind: 'k', reason: 'Because' } },
    };
    const correction = { ...note({ name: 'Exempli', corrected }), type: 'NoteCorrected' };
    const event = await stored(correction);
    expect(JSON.stringify(event)).not.toMatch(/Exempli|Secret|Because/);
    expect(event.data).toMatchObject({ corrected: { data: { text: 'y', basis: { kind: 'k' } } } });
    expect(codec.decode(event).data).toEqual(correction.data);
  });

  it('that is not there leaves no field', async () => {
    expect((await stored(note({}))).data).not.toHaveProperty('encrypted');
  });

  it('is stored in no other stream than a registrant’s', async () => {
    await expect(codec.encode('policy-nseers', [note({ name: 'E' })])).rejects.toThrow(
      InvalidEvent,
    );
  });

  it('is not stored without keys', async () => {
    const keyless = createCodec(specTables);
    await expect(keyless.encode(stream, [note({ name: 'E' })])).rejects.toThrow(/without keys/);
    await expect(keyless.encode(stream, [note({})])).resolves.toHaveLength(1);
  });

  it('is absent where its key is gone', async () => {
    const event = await stored(note({ name: 'Exempli' }));
    const back = createCodec(specTables, createMemoryKeys()).decode(event);
    expect(back.data).toEqual({ registrantId, text: 'x' });
    expect(back.isSealed).toBe(true);
    expect(codec.decode(event)).not.toHaveProperty('isSealed');
    expect(codec.decode(await stored(note({})))).not.toHaveProperty('isSealed');
  });

  it('does not open when any one bit of it was altered', async () => {
    const event = await stored(note({ name: 'Exempli' }));
    const bytes = Buffer.from(sealedOf(event), 'base64url');
    for (let bit = 0; bit < bytes.length * 8; bit += 1) {
      const altered = Buffer.from(bytes);
      altered[bit >> 3]! ^= 1 << (bit & 7);
      const encrypted = altered.toString('base64url');
      expect(() => codec.decode(withData(event, { encrypted }))).toThrow(DamagedPersonalContent);
    }
  });

  it('does not open when its text was altered so that the bytes are the same', async () => {
    const event = await stored(note({ name: 'Exempli' }));
    for (const encrypted of [`${sealedOf(event)}=`, `${sealedOf(event)}!`, '', 7]) {
      expect(() => codec.decode(withData(event, { encrypted }))).toThrow(DamagedPersonalContent);
    }
  });

  it('does not open in another event, type or stream', async () => {
    const event = await stored(note({ name: 'Exempli' }));
    const other = { ...event, id: randomUUID() };
    expect(() => codec.decode(other)).toThrow(/altered, or belongs to another event/);
    expect(() => codec.decode({ ...event, type: 'NoteCorrected' })).toThrow(DamagedPersonalContent);
    const elsewhere = aRegistrant();
    await keys.getOrCreate([elsewhere.registrantId]);
    expect(() => codec.decode({ ...event, stream: elsewhere.stream })).toThrow(
      `event ${event.id} (NoteTaken) of stream ${elsewhere.stream} cannot be opened: ` +
        'it was encrypted under another key',
    );
  });

  it('as stored is taken as it is, when it belongs to the event', async () => {
    const event = await stored(note({ name: 'Exempli' }));
    const { id, type, data, metadata } = codec.decode({ ...event });
    const asStored = { id, type, metadata, data: event.data };
    expect((await stored(asStored)).data).toEqual(event.data);
    expect(codec.decode(await stored(asStored)).data).toEqual(data);
    const moved = { ...asStored, id: randomUUID() };
    await expect(codec.encode(stream, [moved])).rejects.toThrow(DamagedPersonalContent);
    const both = { ...asStored, data: { ...(event.data as object), name: 'Other' } };
    await expect(codec.encode(stream, [both])).rejects.toThrow(InvalidEvent);
  });
});
