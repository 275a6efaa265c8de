import { describe, expect, it } from '@jest/globals';
import { applyScenario, enactedPolicy, enactedTimeline, type ScenarioChange } from '#libs/policy';
import {
  aCallIn,
  aDeparture,
  aFact,
  anArrival,
  anInterview,
  recorded,
  SPEC_REGISTRANT,
  type SpecEvent,
  specStream,
} from '#libs/spec';
import { explain, type ExplanationView, type NamedPolicy } from './explain.js';
import { explanationText } from './explanation-text.js';

const student = anArrival({ arrivedOn: '2003-10-23' });

function world(name: string, ...changes: readonly ScenarioChange[]): NamedPolicy {
  const outcome = applyScenario(enactedTimeline, { name, base: 'enacted', changes });
  if (!('policy' in outcome)) throw new Error(JSON.stringify(outcome.issues));
  return { name, ...outcome };
}

function textOf(
  events: readonly SpecEvent[],
  scenario?: NamedPolicy,
  seen: Partial<ExplanationView> = {},
): string {
  const subject = { registrantId: SPEC_REGISTRANT, events: recorded(specStream, events) };
  const policies = { enacted: enactedPolicy, ...(scenario && { scenario }) };
  const view = {
    on: '2003-12-05',
    presence: 'until-departure',
    observedUntil: '2003-12-04',
  } as const;
  return explanationText(explain(subject, policies, { ...view, ...seen }));
}

const noSuspension = world('no-suspension', { withdraw: 'domestic-registration-suspended' });

/** Read by people before it was accepted. */
const GOLDEN = `Registrant 00000000-0000-4000-8000-000000000001
  seen from       2003-12-05
  known           everything recorded by now
  observed until  2003-12-04: what happened after it is not recorded, and may look missed
  assumed         presence until-departure, of stays without a recorded departure
  rules           version 1.0.0
  policy          enacted, ${enactedPolicy.hash}
  policy          no-suspension, ${noSuspension.policy.hash}
  changed         domestic-registration-suspended, withdrawn (it took effect on 2003-12-02)

Arrival registration, counted from 2003-10-23
  both worlds     met on 2003-10-23
                  window 2003-10-23; office WAS, port NYC
    rule          arrival-registration-enacted
                  Registration on arrival. 67 FR 52584; 8 CFR 264.1(f)
    rule          five-country-designation
                  Nationals of Iran, Iraq, Libya, Sudan and Syria register on arrival. 67 FR 57032
    fact          2003-10-23 ArrivalRegistered

Follow-up interview, counted from 2003-10-23
  enacted         released on 2003-12-02
                  window 2003-11-22 to 2003-12-02; office WAS, port NYC
    rule          follow-up-interview-enacted
                  Interview 30 to 40 days after admission. 67 FR 52584
    rule          domestic-registration-suspended
                  The December 2003 interim rule: follow-up interviews and annual re-registration
                  suspended. 68 FR 67578
    fact          2003-10-23 ArrivalRegistered
  no-suspension   untested: nobody was asked for it; done on 2003-12-04
                  window 2003-11-22 to 2003-12-02; office WAS, port NYC
    rule          follow-up-interview-enacted
                  Interview 30 to 40 days after admission. 67 FR 52584
    fact          2003-10-23 ArrivalRegistered
    fact          2003-12-04 FollowUpInterviewCompleted
  difference by   domestic-registration-suspended, withdrawn (it took effect on 2003-12-02)

Annual re-registration, year 1, counted from 2003-10-23
  enacted         not imposed
  no-suspension   upcoming
                  window 2004-10-13 to 2004-11-02; office WAS, port NYC
    rule          annual-reregistration-enacted
                  Re-registration within 10 days of each anniversary. 67 FR 52584
    fact          2003-10-23 ArrivalRegistered
  difference by   domestic-registration-suspended, withdrawn (it took effect on 2003-12-02)

Facts
  2003-10-23  ArrivalRegistered                   5f9d15ad-ab43-586e-81c7-860a78a6f8fd
  2003-12-04  FollowUpInterviewCompleted          31a10a74-1590-53a3-90ed-fcc36d6809b8
                  unneeded as enacted: it satisfied nothing

Unneeded facts: 1 (enacted), 0 (no-suspension).
`;

describe('the text of an explanation', () => {
  it('shows both worlds side by side, with the rules and facts behind each obligation', () => {
    const interview = anInterview({ interviewedOn: '2003-12-04' });
    const text = textOf([student, interview], noSuspension);

    expect(text).toBe(GOLDEN);
  });

  const manyChanges: readonly ScenarioChange[] = [
    { move: 'group-3-extended', effectiveOn: '2003-02-20' },
    { amend: 'follow-up-interview-enacted', set: { 'terms.dueAfterDays': 60 } },
    { withdraw: 'call-in-group-4' },
    {
      enact: {
        ref: 'further-designation',
        type: 'ArrivalDesignationMade',
        effectiveOn: '2003-10-01',
        data: { designation: 'further', countries: ['FR'] },
      },
    },
  ];

  it('says how the scenario changes the policy, what it warns of, and which law is not verified', () => {
    const person = { sex: 'F', bornOn: '1975-03-14', nationalities: ['FR'] } as const;
    const visitor = anArrival({ arrivedOn: '2003-10-23', person });
    const lines = textOf([visitor], world('x', ...manyChanges)).split('\n');

    for (const line of [
      '                  "group-4-extended" has nothing to act on: no announcement of group 4.',
      '  changed         follow-up-interview-enacted, amended (it takes effect on 2002-09-11)',
      '                  group-3-extended, moved from 2003-02-19 to 2003-02-20',
      '                  further-designation, enacted from 2003-10-01 on',
      '                  Enacted by a scenario. scenario "x" (not verified)',
    ]) {
      expect(lines).toContain(line);
    }
    expect(lines.filter((line) => line.includes('difference by'))).toEqual([
      '  difference by   further-designation, enacted from 2003-10-01 on',
      '  difference by   follow-up-interview-enacted, amended (it takes effect on 2002-09-11)',
    ]);
  });

  it('tells every kind of obligation and of outcome', () => {
    const notice = { noticeId: '00000000-0000-4000-8000-000000000009', servedOn: '2003-12-02' };
    const text = textOf([
      anArrival({ arrivedOn: '2003-01-10' }),
      anInterview({ interviewedOn: '2003-03-01' }),
      aFact('ChangeReported', {
        kind: 'address',
        changedOn: '2003-04-22',
        reportedOn: '2003-04-25',
        usState: 'TX',
      }),
      aFact('IndividualNoticeServed', { ...notice, appearOn: '2003-12-03' }),
      aFact('GoodCauseAccepted', {
        obligation: {
          duty: 'notice-interview',
          anchorOn: notice.servedOn,
          noticeId: notice.noticeId,
        },
        decidedOn: '2003-12-04',
        reliedOn: {
          status: 'missed',
          opensOn: '2003-12-02',
          dueOn: '2003-12-03',
          policyHash: enactedPolicy.hash,
          rulesVersion: '1',
        },
      }),
    ]);
    for (const part of [
      'met late on 2003-03-01',
      'Change notice, address, counted from 2003-04-22',
      `Notice interview, notice ${notice.noticeId}, counted from 2003-12-02`,
      'excused for good cause on 2003-12-04',
    ]) {
      expect(text).toContain(part);
    }
    const calledIn = textOf([aCallIn({ registeredOn: '2002-11-20' })], undefined, {
      on: '2003-11-20',
    });
    expect(calledIn).toContain('Annual re-registration, year 1, counted from 2002-11-20');
    expect(calledIn).toContain('  enacted         open\n');
  });

  it('says of what nobody was asked for no more than that', () => {
    const lines = textOf([student], noSuspension).split('\n');

    expect(lines).toContain('  no-suspension   untested: nobody was asked for it');
  });

  it('says of what one world alone imposes that the other does not', () => {
    const nobodyDesignated = world('x', { withdraw: 'five-country-designation' });

    expect(textOf([student], nobodyDesignated).split('\n')).toEqual(
      expect.arrayContaining([
        '  enacted         met on 2003-10-23',
        '  x               not imposed',
      ]),
    );
  });

  it('says by what was known, and what is not known', () => {
    const knownAt = '2003-01-01T00:00:00.000Z';
    const notes = ['The history is synthetic.'];
    const text = textOf([student], undefined, { knownAt, observedUntil: null, notes });

    expect(text).toContain('  note            The history is synthetic.\n');
    expect(text).toContain(`  known           at ${knownAt}\n`);
    expect(text).toContain('  observed until  nothing was observed yet\n');
    expect(text).toContain('No obligation is imposed, seen from here.\n\nNo fact was known.\n');
  });

  it('leaves out an office that nobody knows', () => {
    const { usState: _usState, visit: _visit, ...data } = student.data;
    const text = textOf([{ type: 'ArrivalRegistered', data: { ...data, usState: 'ZZ' } }]);

    expect(text).toContain('window 2003-10-23; port NYC');
  });

  it('is at most 100 columns wide, whatever a scenario is called', () => {
    const name = 'a question that people really asked, at some length, '.repeat(3).trim();
    const text = textOf(
      [student, aDeparture({ departedOn: '2003-12-01' })],
      world(name, ...manyChanges),
    );

    expect(text).toContain(`  a question that people really asked`);
    for (const line of text.split('\n')) expect(line.length).toBeLessThanOrEqual(100);
  });
});
