import { describe, expect, it } from '@jest/globals';
import { endingOf } from './ending.js';

const dataDir = '/var/portbook';

describe('what is said of a process that ended', () => {
  it.each(['SIGSEGV', 'SIGBUS', 'SIGABRT'] as const)(
    'names %s, and what to do about the index of the log',
    (signal) => {
      expect(endingOf('event-node', { signal, dataDir })).toBe(
        `was ended by ${signal}, as where the disk is full or the index of its log is damaged. ` +
          'If there is room on the disk, stop Portbook, remove /var/portbook/events/index.mdb and ' +
          'start again: it is made anew from the log, which is not touched',
      );
    },
  );

  it.each(['projector', 'api'])('names the views where it is the %s', (name) => {
    expect(endingOf(name, { signal: 'SIGBUS', dataDir })).toBe(
      'was ended by SIGBUS, as where the disk is full or the views are damaged. ' +
        'If there is room on the disk, stop Portbook, remove /var/portbook/views and ' +
        'start again: they are filled again from the log, which is not touched',
    );
  });

  it('names another signal, and nothing more', () => {
    expect(endingOf('api', { signal: 'SIGKILL', dataDir })).toBe('was ended by SIGKILL');
    expect(endingOf('api', { signal: null, dataDir })).toBe('ended');
  });
});
