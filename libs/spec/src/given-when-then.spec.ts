import { describe, expect, it } from '@jest/globals';
import type { Decision } from '#libs/kernel';
import { specify } from './given-when-then.js';

/** A turnstile: it opens once for a coin, takes no second one, and says nothing to a push. */
const given = specify({
  fold: (events: readonly string[]) => events.length,
  decide: (command: string, opened: number, facts: { closed: boolean }): Decision<string> => {
    if (command === 'push') return { events: [] };
    if (command === 'token') return { events: ['Opened'], warnings: ['It was free today.'] };
    if (facts.closed) return { refusal: { code: 'Closed', because: 'rule', detail: 'Come back.' } };
    return opened > 0
      ? { refusal: { code: 'AlreadyOpen', because: 'state', detail: 'Push.', field: 'coin' } }
      : { events: ['Opened'] };
  },
  facts: { closed: false },
});

describe('given, when, then', () => {
  it('holds for the events, the refusal and the silence that came', () => {
    given().when('coin').then('Opened');
    given('Opened').when('coin').refuses('AlreadyOpen', { because: 'state', field: 'coin' });
    given().when('coin', { closed: true }).refuses('Closed');
    given().when('push').nothing();
    given().when('token').warns(/free/);
    given().when('coin').warns();
  });

  it('fails for any other outcome', () => {
    const coin = given().when('coin');
    expect(() => {
      coin.then('Opened', 'Opened');
    }).toThrow();
    expect(() => {
      coin.then();
    }).toThrow();
    expect(() => {
      coin.refuses('AlreadyOpen');
    }).toThrow();
    expect(() => {
      coin.nothing();
    }).toThrow();
    const token = given().when('token');
    expect(() => {
      token.warns();
    }).toThrow();
    expect(() => {
      token.warns(/dear/);
    }).toThrow();
    const again = given('Opened').when('coin');
    expect(() => {
      again.refuses('Closed');
    }).toThrow();
    expect(() => {
      again.refuses('AlreadyOpen', { because: 'rule' });
    }).toThrow();
    expect(() => {
      again.then('Opened');
    }).toThrow();
    expect(() => {
      again.nothing();
    }).toThrow();
    expect(() => {
      again.warns();
    }).toThrow();
  });
});
