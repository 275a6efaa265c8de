import { describe, expect, it } from '@jest/globals';
import { knownFrom } from './envelope.js';
import type { EventMetadata } from './envelope.js';

const RECORDED = '2003-12-02T10:00:00.000Z';
const IMPORTED = '2026-11-24T09:30:00.000Z';

function metadata(imported?: { readonly adopted: boolean }): EventMetadata {
  return {
    actor: { id: 'officer-1', role: 'officer' },
    recordedAt: RECORDED,
    schemaVersion: 1,
    ...(imported && {
      imported: { at: IMPORTED, by: 'admin-1', file: 'f'.repeat(64), ...imported },
    }),
  };
}

describe('the registry knew an event', () => {
  it('from the instant at which it recorded it', () => {
    expect(knownFrom(metadata())).toBe(RECORDED);
  });

  it('from its import only, whatever the file claims', () => {
    expect(knownFrom(metadata({ adopted: false }))).toBe(IMPORTED);
  });

  it('from the instant that the file says, where the file was adopted', () => {
    expect(knownFrom(metadata({ adopted: true }))).toBe(RECORDED);
  });
});
