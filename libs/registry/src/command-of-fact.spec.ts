import { describe, expect, it } from '@jest/globals';
import { wholeEvents } from '#libs/spec';
import { registrantCommandNames } from './command-examples.js';
import { commandOfFact } from './command-of-fact.js';
import { type FactType, isFactType } from './facts.js';

const types = Object.keys(wholeEvents).filter(isFactType);

describe('the command of a fact', () => {
  it('is another one for each type', () => {
    const names = types.map((type) => commandOfFact(type, wholeEvents[type]).type);
    expect(new Set(names).size).toBe(types.length);
    expect(registrantCommandNames).toEqual(expect.arrayContaining(names));
  });

  it.each(types)('of %s carries its data, without what is not for the caller to say', (type) => {
    const {
      usState: _usState,
      reliedOn: _reliedOn,
      ...said
    } = wholeEvents[type] as unknown as Record<string, unknown>;
    expect(commandOfFact(type, wholeEvents[type]).data).toEqual(said);
  });

  it('keeps the state of an unreported address that is not known itself', () => {
    const type: FactType = 'UnreportedChangeFound';
    const { value: _value, ...known } = wholeEvents[type];
    const data = { ...known, kind: 'address', usState: 'VA' } as const;
    expect(commandOfFact(type, data).data).toEqual(data);
  });
});
