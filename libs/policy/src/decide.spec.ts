import { describe, expect, it } from '@jest/globals';
import { isRefused } from '#libs/kernel';
import { policyCommandExamples } from './command-examples.js';
import { type PolicyCommand, policyCommandNames, policyCommandOf } from './commands.js';
import { decidePolicy } from './decide.js';
import type { PolicyEvent } from './events.js';
import { foldPolicyState } from './state.js';
import { enactedTimeline } from './timeline.js';

const facts = { today: '2003-11-20' };

const enactedEvents: readonly PolicyEvent[] = enactedTimeline.map(
  ({ type, known: _known, ...data }) => ({ type, data }) as PolicyEvent,
);

/** What was published by the demo's day. */
const published = enactedEvents.filter(({ data }) => data.publishedOn <= '2003-11-20');

function refusalOf(command: PolicyCommand, events = published) {
  const decision = decidePolicy(command, foldPolicyState(events), facts);
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
        foldPolicyState(enactedEvents.slice(0, at)),
        facts,
      );
      expect(decision).toMatchObject({ events: [event] });
    });
  });

  it('suspend domestic registration as 68 FR 67578 did, of a day after the registry’s', () => {
    const example = command('SuspendDomesticRegistration', {
      ref: 'domestic-registration-suspended',
    });
    const decision = decidePolicy(example, foldPolicyState(published), facts);
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

  it('have a complete body to start from, each', () => {
    for (const name of policyCommandNames) {
      expect(
        refusalOf({ type: name, data: policyCommandExamples[name] } as PolicyCommand, [])?.code,
      ).not.toBe('PolicyDataNotValid');
    }
  });
});
