import { describe, expect, it } from '@jest/globals';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import fc from 'fast-check';
import { decodeAppend, decodeBatchChunk } from './append-messages.js';
import { parseUuid, uuidText } from './event-id.js';
import { PREFIX_BYTES } from './frames.js';
import { CallError } from './status.js';
import { encodeRecorded, recordedAt, recordedData } from './recorded-message.js';

const anId = fc.uuid();
const someBytes = fc.uint8Array({ maxLength: 300 });
const aText = fc.string({ minLength: 1, maxLength: 60, unit: 'grapheme' });
const aNumber = fc.maxSafeNat();

const anEvent = fc.record({
  id: anId,
  type: aText,
  contentType: aText,
  metadata: someBytes,
  data: someBytes,
});

type Proposed = InstanceType<typeof streams.AppendReq.ProposedMessage>;

function filled<
  Message extends Proposed | InstanceType<typeof streams.BatchAppendReq.ProposedMessage>,
>(
  message: Message,
  event: { id: string; type: string; contentType: string; metadata: Uint8Array; data: Uint8Array },
): Message {
  message.setId(new shared.UUID().setString(event.id));
  message.setCustomMetadata(event.metadata).setData(event.data);
  message.getMetadataMap().set('type', event.type).set('content-type', event.contentType);
  return message;
}

function asProposed(event: {
  id: string;
  type: string;
  contentType: string;
  metadata: Uint8Array;
  data: Uint8Array;
}) {
  const { id, metadata, data, ...texts } = event;
  return { ...texts, id: parseUuid(id), metadata: Buffer.from(metadata), data: Buffer.from(data) };
}

/** An append message of an event with an id and a type of those bytes. */
function typed(type: readonly number[]): readonly number[] {
  const field = (number: number, content: readonly number[]): readonly number[] => [
    (number << 3) | 2,
    content.length,
    ...content,
  ];
  const id = field(1, field(2, [...Buffer.from('00000000-0000-4000-8000-000000000000')]));
  const property = field(2, [...field(1, [...Buffer.from('type')]), ...field(2, type)]);
  return field(2, [...id, ...property]);
}

describe('the messages that are read and written by hand', () => {
  it('of an append say what the generated classes wrote', () => {
    fc.assert(
      fc.property(anEvent, aText, aNumber, (event, stream, revision) => {
        const options = new streams.AppendReq.Options()
          .setStreamIdentifier(new shared.StreamIdentifier().setStreamName(Buffer.from(stream)))
          .setRevision(String(revision));
        const target = new streams.AppendReq().setOptions(options).serializeBinary();
        expect(decodeAppend(Buffer.from(target))).toEqual({
          kind: 'target',
          stream,
          expected: revision,
        });

        const proposed = filled(new streams.AppendReq.ProposedMessage(), event);
        const message = new streams.AppendReq().setProposedMessage(proposed).serializeBinary();
        expect(decodeAppend(Buffer.from(message))).toEqual({
          kind: 'event',
          event: asProposed(event),
        });
      }),
    );
  });

  it('of a batch say what the generated classes wrote', () => {
    const chunk = fc.record({
      id: anId,
      stream: aText,
      isFinal: fc.boolean(),
      events: fc.array(anEvent, { maxLength: 4 }),
    });
    fc.assert(
      fc.property(chunk, ({ id, stream, isFinal, events }) => {
        const options = new streams.BatchAppendReq.Options().setStreamIdentifier(
          new shared.StreamIdentifier().setStreamName(Buffer.from(stream)),
        );
        options.setStreamPosition('7');
        const message = new streams.BatchAppendReq()
          .setCorrelationId(new shared.UUID().setString(id))
          .setOptions(options)
          .setIsFinal(isFinal);
        for (const event of events) {
          message.addProposedMessages(filled(new streams.BatchAppendReq.ProposedMessage(), event));
        }
        expect(decodeBatchChunk(Buffer.from(message.serializeBinary()))).toEqual({
          correlationId: parseUuid(id),
          target: { stream, expected: 7 },
          isFinal,
          events: events.map(asProposed),
        });
      }),
    );
  });

  it('take the ids that are sent in halves', () => {
    fc.assert(
      fc.property(fc.bigInt(-(2n ** 63n), 2n ** 63n - 1n), (half) => {
        const structured = new shared.UUID.Structured();
        structured.setMostSignificantBits(String(half)).setLeastSignificantBits(String(half));
        const proposed = new streams.AppendReq.ProposedMessage();
        proposed.setId(new shared.UUID().setStructured(structured));
        const bytes = new streams.AppendReq().setProposedMessage(proposed).serializeBinary();
        const message = decodeAppend(Buffer.from(bytes));
        const id = message.kind === 'event' ? message.event.id : Buffer.alloc(0);
        expect([id.readBigInt64BE(0), id.readBigInt64BE(8)]).toEqual([half, half]);
      }),
    );
  });

  it('of a recorded event are what the generated classes read', () => {
    fc.assert(
      fc.property(
        anEvent,
        aText,
        fc.record({ revision: aNumber, position: aNumber }),
        (event, stream, place) => {
          const proposed = { ...asProposed(event), id: parseUuid(event.id) ?? Buffer.alloc(16) };
          const createdAt = 1_038_873_600_123;
          const message = encodeRecorded({ event: proposed, stream, createdAt, ...place });
          const read = streams.ReadResp.deserializeBinary(
            message.subarray(PREFIX_BYTES),
          ).getEvent();
          const recorded = read?.getEvent();

          expect(message.readUInt32BE(1)).toBe(message.length - PREFIX_BYTES);
          expect(read?.getCommitPosition()).toBe(String(place.position));
          expect(recorded?.getId()?.getString()).toBe(uuidText(proposed.id));
          const name = recorded?.getStreamIdentifier()?.getStreamName_asU8() ?? new Uint8Array();
          expect(Buffer.from(name).toString()).toBe(stream);
          expect(recorded?.getStreamRevision()).toBe(String(place.revision));
          expect(recorded?.getPreparePosition()).toBe(String(place.position));
          expect(recorded?.getCommitPosition()).toBe(String(place.position));
          expect(Object.fromEntries(recorded?.getMetadataMap().toArray() ?? [])).toEqual({
            type: event.type,
            created: `${String(createdAt)}0000`,
            'content-type': event.contentType,
          });
          expect(Buffer.from(recorded?.getData_asU8() ?? [])).toEqual(proposed.data);
          expect(Buffer.from(recorded?.getCustomMetadata_asU8() ?? [])).toEqual(proposed.metadata);
          expect(recordedData(message)).toEqual(proposed.data);
          expect(recordedAt(message)).toBe(createdAt);
        },
      ),
    );
  });

  it.each<[string, readonly number[]]>([
    ['a field without a number', [0x12, 0x02, 0x00, 0x00]],
    [
      'a revision in bytes instead of a number',
      [0x0a, 0x0a, 0x0a, 0x03, 0x1a, 0x01, 0x61, 0x12, 0x03, 0x01, 0x02, 0x03],
    ],
    ['a type that is not UTF-8', typed([0x61, 0xff])],
    ['a type that breaks off within a character', typed([0xef, 0xbf])],
  ])('are refused with %s', (_, bytes) => {
    expect(() => decodeAppend(Buffer.from(bytes))).toThrow(CallError);
  });

  it('may hold the character that stands for bytes that are none', () => {
    const message = decodeAppend(Buffer.from(typed([0xef, 0xbf, 0xbd])));

    expect(message).toMatchObject({ kind: 'event', event: { type: '\ufffd' } });
  });

  it('that are cut off or changed are refused, and never read beyond their end', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        for (const decode of [decodeAppend, decodeBatchChunk]) {
          try {
            decode(Buffer.from(bytes));
          } catch (error) {
            expect((error as Error).name).toBe('CallError');
          }
        }
      }),
      { numRuns: 500 },
    );
  });
});
