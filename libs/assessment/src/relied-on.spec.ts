import { describe, expect, it } from '@jest/globals';
import { enactedPolicy } from '#libs/policy';
import { foldRegistrant } from '#libs/registry';
import { aFact, anArrival, anInterview, recorded, type SpecEvent, specStream } from '#libs/spec';
import { obligationsUnder } from './relied-on.js';
import { RULES_VERSION } from './version.js';

const noticeId = '00000000-0000-4000-8000-000000000009';
const arrival = anArrival({ arrivedOn: '2003-10-22', classOfAdmission: 'H1B' });

function seen(on: string, ...events: readonly SpecEvent[]) {
  return obligationsUnder(enactedPolicy)(foldRegistrant(recorded(specStream, events)), on);
}

describe('what a decision may rely on', () => {
  it('is what is assessed of each obligation, under the policy and by the rules that it names', () => {
    expect(seen('2003-12-02', arrival)).toContainEqual({
      key: { duty: 'follow-up-interview', anchorOn: '2003-10-22' },
      reliedOn: {
        status: 'missed',
        opensOn: '2003-11-21',
        dueOn: '2003-12-01',
        policyHash: enactedPolicy.hash,
        rulesVersion: RULES_VERSION,
      },
    });
  });

  it('rests on the facts dated by that day only, whenever they were recorded', () => {
    const late = anInterview({ interviewedOn: '2003-12-10' });
    const statusOn = (on: string) =>
      seen(on, arrival, late).find(({ key }) => key.duty === 'follow-up-interview')?.reliedOn
        .status;
    expect([statusOn('2003-12-09'), statusOn('2003-12-10')]).toEqual(['missed', 'met-late']);
    expect(statusOn('2003-11-20')).toBe('upcoming');
  });

  it('names years, kinds of change and notices as the obligation is named', () => {
    const change = aFact('UnreportedChangeFound', {
      kind: 'school',
      changedOn: '2003-11-25',
      foundOn: '2004-01-30',
    });
    const notice = aFact('IndividualNoticeServed', {
      noticeId,
      servedOn: '2004-01-10',
      appearOn: '2004-01-20',
    });
    expect(seen('2004-02-01', arrival, change, notice).map(({ key }) => key)).toEqual(
      expect.arrayContaining([
        { duty: 'change-notice', anchorOn: '2003-11-25', kind: 'school' },
        { duty: 'notice-interview', anchorOn: '2004-01-10', noticeId },
      ]),
    );
    const early = anArrival({ arrivedOn: '2002-11-01' });
    expect(seen('2003-11-20', early).map(({ key }) => key)).toContainEqual({
      duty: 'annual-reregistration',
      anchorOn: '2002-11-01',
      year: 1,
    });
  });

  it('is nothing where nothing is recorded', () => {
    expect(seen('2003-12-02')).toEqual([]);
  });
});
