import { describe, expect, it } from '@jest/globals';
import { foldPolicy } from './fold.js';
import { enactedTimeline } from './timeline.js';

const byRef = new Map(enactedTimeline.map((record) => [record.ref, record]));

describe('the enacted timeline', () => {
  it('holds the 28 events of the programme, in the order of publication, each under its own ref', () => {
    expect(enactedTimeline).toHaveLength(28);
    expect(byRef.size).toBe(28);
    const published = enactedTimeline.map(({ publishedOn }) => publishedOn);
    expect(published).toEqual(published.toSorted());
  });

  it('counts its events by type', () => {
    const counts: Record<string, number> = {};
    for (const { type } of enactedTimeline) counts[type] = (counts[type] ?? 0) + 1;
    expect(counts).toEqual({
      MilestoneNoted: 2,
      DutyEnacted: 6,
      ArrivalDesignationMade: 2,
      ArrivalDiscretionAuthorised: 1,
      CallInAnnounced: 4,
      CallInCountriesRescinded: 1,
      CallInReopened: 1,
      CallInExtended: 2,
      DeparturePortsDesignated: 3,
      DutyExemptionMade: 2,
      DomesticRegistrationSuspended: 1,
      UsVisitLaunched: 1,
      ProgrammeDelisted: 1,
      RegulationRemoved: 1,
    });
  });

  it('knows each event from the beginning of the day on which it was published', () => {
    for (const record of enactedTimeline) {
      expect(record.known).toBe(`${record.publishedOn}T00:00:00.000Z`);
    }
  });

  it('says of three events that no published source could be found for all of it', () => {
    const unverified = enactedTimeline.filter(({ verified }) => !verified).map(({ ref }) => ref);
    expect(unverified).toEqual([
      'departure-ports-2002',
      'group-designation-pk-sa-ye',
      'officer-discretion-authorised',
    ]);
  });

  it('suspends follow-up interviews and yearly re-registration from 2 December 2003 on', () => {
    expect(byRef.get('domestic-registration-suspended')).toMatchObject({
      type: 'DomesticRegistrationSuspended',
      publishedOn: '2003-12-02',
      effectiveOn: '2003-12-02',
      authority: 'DHS',
      citation: '68 FR 67578',
      data: {
        duties: ['follow-up-interview', 'annual-reregistration'],
        deadlineOnEffectiveDay: 'released',
      },
    });
  });

  it('designates 82 ports of departure at first, then Oakland and Saipan', () => {
    const ports = (ref: string): number => {
      const record = byRef.get(ref);
      return record?.type === 'DeparturePortsDesignated' ? record.data.ports.length : 0;
    };
    expect(ports('departure-ports-2002')).toBe(82);
    expect(ports('departure-port-oakland')).toBe(1);
    expect(ports('departure-port-saipan')).toBe(1);
  });

  it('has the content hash under which results have been published', () => {
    expect(foldPolicy(enactedTimeline).hash).toBe(
      'ba9d93ad8f39a9ee9a88a669393e1e13fc8ef4aad1b417c3f07803ff0cc46024',
    );
  });
});
