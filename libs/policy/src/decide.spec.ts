import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isRefused } from '#libs/kernel';
import { policyCommandExamples } from './command-examples.js';
import {
  type PolicyCommand,
  policyCommandNames,
  policyCommandOf,
  policyEventOf,
} from './commands.js';
import { decidePolicy } from './decide.js';
import type { LawEvent, PolicyEvent } from './events.js';
import { foldPolicy, type Policy } from './fold.js';
import { logEntryOf } from './record.js';
import { enactedTimeline } from './timeline.js';

const facts = { today: '2003-11-20' };

const enactedEvents: readonly LawEvent[] = enactedTimeline.map(
  ({ type, known: _known, ...data }) => ({ type, data }) as LawEvent,
);

function policyOf(events: readonly PolicyEvent[]): Policy {
  return foldPolicy(events.map((event) => logEntryOf(event, 'always')));
}

/** What was published by the demo's day. */
const published = enactedEvents.filter(({ data }) => data.publishedOn <= '2003-11-20');

function refusalOf(command: PolicyCommand, events: readonly PolicyEvent[] = published) {
  const decision = decidePolicy(command, policyOf(events), facts);
  return isRefused(decision) ? decision.refusal : undefined;
}

function command(
  type: PolicyCommand['type'],
  change: Readonly<Record<string, unknown>> = {},
): PolicyCommand {
  return {
    type,
    data: { ...policyCommandExamples[type], ref: 'a-new-ref', ...change },
  } as PolicyCommand;
}

describe('policy commands', () => {
  it('enact the whole timeline in its order, each as the event that it really was', () => {
    enactedEvents.forEach((event, at) => {
      const decision = decidePolicy(
        policyCommandOf(event),
        policyOf(enactedEvents.slice(0, at)),
        facts,
      );
      expect(decision).toMatchObject({ events: [event] });
    });
  });

  it('suspend domestic registration as 68 FR 67578 did, of a day after the registry’s', () => {
    const example = command('SuspendDomesticRegistration', {
      ref: 'domestic-registration-suspended',
    });
    const decision = decidePolicy(example, policyOf(published), facts);
    expect(decision).toMatchObject({
      events: [{ type: 'DomesticRegistrationSuspended', data: { citation: '68 FR 67578' } }],
      warnings: ["It takes effect on 2003-12-02; the registry's day is 2003-11-20."],
    });
  });

  it('are refused where they are decided again on their own event', () => {
    const again = policyCommandOf(
      enactedEvents.find(({ type }) => type === 'DutyEnacted') ?? published[0]!,
    );
    expect(refusalOf(again)).toMatchObject({ code: 'PolicyRefTaken', because: 'state' });
  });

  it.each<[string, PolicyCommand]>([
    [
      'CallInGroupNotAnnounced',
      command('ExtendCallIn', { data: { group: 9, closesOn: '2003-12-31' } }),
    ],
    [
      'CallInGroupNotAnnounced',
      command('ReopenCallIn', {
        data: { groups: [9], closesOn: '2004-12-31' },
        effectiveOn: '2004-01-01',
      }),
    ],
    [
      'CallInGroupNotAnnounced',
      command('RescindCallInCountries', { data: { group: 9, countries: ['AM'] } }),
    ],
    ['CallInGroupAlreadyAnnounced', command('AnnounceCallIn')],
    ['DutyNotSuspended', command('ReinstateDomesticRegistration')],
    [
      'WindowClosesBeforeItOpens',
      command('ReopenCallIn', { data: { groups: [1], closesOn: '2002-01-01' } }),
    ],
    ['PolicyDataNotValid', command('EnactDuty', { data: { duty: 'a-dance', terms: {} } })],
    ['PolicyDataNotValid', command('DesignateArrivals', { effectiveOn: '2003-02-30' })],
  ])('are refused as %s', (code, refused) => {
    expect(refusalOf(refused)).toMatchObject({ code });
  });

  it.each<[string, PolicyCommand]>([
    [
      'It extends nothing: group 4 closes on 2003-04-25 without it. Name a later closing day.',
      command('ExtendCallIn', { data: { group: 4, closesOn: '2003-04-25' } }),
    ],
    [
      'It has nothing to act on: group 3 closed on 2003-03-21, before 2003-03-22. ' +
        'Reopen it instead (ReopenCallIn).',
      command('ExtendCallIn', {
        effectiveOn: '2003-03-22',
        data: { group: 3, closesOn: '2003-04-25' },
      }),
    ],
    [
      'It has nothing to act on: open on 2003-03-01 without it: group 3, 4. ' +
        'Extend it instead (ExtendCallIn).',
      command('ReopenCallIn', {
        effectiveOn: '2003-02-20',
        data: { groups: [3, 4], closesOn: '2003-03-01' },
      }),
    ],
    [
      'It has nothing to act on: not in group 3: AM. Name countries of the group.',
      command('RescindCallInCountries'),
    ],
    [
      'It announces group 1, which "call-in-group-1" has announced already. ' +
        'Use another number, or extend or reopen the group.',
      command('AnnounceCallIn', { effectiveOn: '2002-11-16' }),
    ],
    [
      'With it, "call-in-group-1" announces group 1, which "a-new-ref" has announced already. ' +
        'Use another number, or extend or reopen the group.',
      command('AnnounceCallIn', { effectiveOn: '2002-11-14' }),
    ],
    [
      'It has nothing to act on: not in force on 2002-09-10: follow-up-interview, ' +
        'annual-reregistration. Enact it first (EnactDuty), or name duties that are in force.',
      command('SuspendDomesticRegistration', { effectiveOn: '2002-09-10' }),
    ],
    [
      'It has nothing to act on: not in force on 2003-12-02: notice-interview. ' +
        'Enact it first (EnactDuty), or name duties that are in force.',
      command('MoveDutyToUsVisit', {
        effectiveOn: '2003-12-02',
        data: { duty: 'notice-interview' },
      }),
    ],
  ])('are refused with what is wrong and what to do: %s', (detail, refused) => {
    expect(refusalOf(refused)).toMatchObject({ because: 'state', detail });
  });

  it('name every field that is wrong, and the first of them as the place', () => {
    const wrong = command('DesignateArrivals', { ref: 'A Ref', data: { designation: 'x' } });
    expect(refusalOf(wrong)).toEqual({
      code: 'PolicyDataNotValid',
      because: 'rule',
      field: 'ref',
      detail:
        'ref must be up to 100 lower-case letters and digits in words joined by hyphens. ' +
        'data.countries is missing.',
    });
    expect(refusalOf({ ...wrong, data: null } as unknown as PolicyCommand)?.detail).toBe(
      'The body must be an object.',
    );
  });

  it.each<[readonly string[], PolicyCommand]>([
    [[], command('MakeDutyExemption', { effectiveOn: '2003-11-01', publishedOn: '2003-11-01' })],
    [
      ['It takes effect on 2003-11-01, before its publication on 2003-12-02.'],
      command('MakeDutyExemption', { effectiveOn: '2003-11-01' }),
    ],
    [
      [
        '"a-new-ref" has nothing to act on: notice-interview is not in force then or later.',
        "It takes effect on 2003-12-02; the registry's day is 2003-11-20.",
      ],
      command('MakeDutyExemption', { data: { duty: 'notice-interview', classes: ['F1'] } }),
    ],
    [
      ['"a-new-ref" has nothing to act on in part: not in force on 2003-11-01: notice-interview.'],
      command('SuspendDomesticRegistration', {
        effectiveOn: '2003-11-01',
        publishedOn: '2003-11-01',
        data: {
          duties: ['annual-reregistration', 'notice-interview'],
          deadlineOnEffectiveDay: 'owed',
        },
      }),
    ],
    [
      ['"group-3-extended" extends nothing: group 3 closes on 2003-06-01 without it.'],
      command('ExtendCallIn', {
        effectiveOn: '2003-02-01',
        publishedOn: '2003-02-01',
        data: { group: 3, closesOn: '2003-06-01' },
      }),
    ],
    [
      [],
      command('MakeDutyExemption', {
        effectiveOn: '2003-11-01',
        publishedOn: '2003-11-01',
        data: { duty: 'call-in-registration', classes: ['F1'] },
      }),
    ],
  ])('are accepted, warning of %j', (warnings, accepted) => {
    const decision = decidePolicy(accepted, policyOf(published), facts);
    expect(decision).toEqual({
      events: [policyEventOf(accepted)],
      ...(warnings.length > 0 && { warnings }),
    });
  });

  it('may exempt from a call-in before any group is announced, with a warning', () => {
    const early = command('MakeDutyExemption', {
      effectiveOn: '2003-11-01',
      publishedOn: '2003-11-01',
      data: { duty: 'call-in-registration', classes: ['F1'] },
    });
    expect(decidePolicy(early, policyOf([]), facts)).toMatchObject({
      warnings: [expect.stringContaining('call-in-registration is not in force')],
    });
  });

  it('reinstate what is suspended, and nothing else', () => {
    const reinstated = command('ReinstateDomesticRegistration');
    expect(refusalOf(reinstated, enactedEvents)).toBeUndefined();
    expect(refusalOf(reinstated, published)).toMatchObject({ code: 'DutyNotSuspended' });
  });

  it('move a suspended duty to US-VISIT, after which it cannot be reinstated', () => {
    const moved = (duty: string, ref: string) =>
      command('MoveDutyToUsVisit', { ref, data: { duty } });
    const both = [moved('follow-up-interview', 'one'), moved('annual-reregistration', 'two')];
    for (const move of both) expect(refusalOf(move, enactedEvents)).toBeUndefined();
    const events = [...enactedEvents, ...both.map(policyEventOf)];
    expect(refusalOf(command('ReinstateDomesticRegistration'), events)).toMatchObject({
      code: 'DutyNotSuspended',
    });
  });

  it('announce a group anew once the programme has been delisted, which ended the first', () => {
    const again = command('AnnounceCallIn', {
      effectiveOn: '2012-01-01',
      data: { ...policyCommandExamples.AnnounceCallIn.data, closesOn: '2012-02-01' },
    });
    expect(refusalOf(again, enactedEvents)).toBeUndefined();
    const extension = command('ExtendCallIn', {
      effectiveOn: '2012-01-15',
      data: { group: 3, closesOn: '2012-03-01' },
    });
    expect(refusalOf(extension, enactedEvents)).toMatchObject({ code: 'CallInGroupNotAnnounced' });
  });

  it('that are accepted once are refused when they are decided again, whatever they are', () => {
    const anyEvent = fc.constantFrom(...enactedEvents);
    fc.assert(
      fc.property(anyEvent, (event) => {
        expect(refusalOf(policyCommandOf(event), enactedEvents)?.code).toBe('PolicyRefTaken');
      }),
    );
  });

  it('have a complete body to start from, each', () => {
    for (const name of policyCommandNames) {
      expect(
        refusalOf({ type: name, data: policyCommandExamples[name] } as PolicyCommand, [])?.code,
      ).not.toBe('PolicyDataNotValid');
    }
  });
});
