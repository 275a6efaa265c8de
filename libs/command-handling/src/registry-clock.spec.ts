import { describe, expect, it } from '@jest/globals';
import { latestLegalDay, registryClock } from './registry-clock.js';

const present = (): string => '2026-11-24T12:34:56.789Z';

describe('the registry’s clock', () => {
  it('goes with the present where no day is fixed', () => {
    const clock = registryClock(present, undefined);
    expect([clock.now(), clock.registryDay()]).toEqual([present(), '2026-11-24']);
  });

  it('has the present time of a fixed day', () => {
    const clock = registryClock(present, '2003-11-20');
    expect([clock.now(), clock.registryDay()]).toEqual(['2003-11-20T12:34:56.789Z', '2003-11-20']);
  });
});

describe('the latest legal day', () => {
  it.each([
    ['2003-11-20T09:59:59.999Z', '2003-11-20'],
    ['2003-11-20T10:00:00.000Z', '2003-11-21'],
    ['2003-12-31T23:00:00.000Z', '2004-01-01'],
  ])('at %s is %s, the day at UTC+14', (now, day) => {
    expect(latestLegalDay(now)).toBe(day);
  });
});
