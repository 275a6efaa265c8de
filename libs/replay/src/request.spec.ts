import { describe, expect, it } from '@jest/globals';
import { defaultMeasures, dimensions, measures, replayRequestIssues } from './request.js';

const sound = { presence: ['until-departure'], measures: defaultMeasures, by: [] };

describe('a request for a replay', () => {
  it('is sound with every measure and dimension, with days and an instant', () => {
    expect(replayRequestIssues(sound)).toEqual([]);
    const whole = {
      presence: ['until-departure', 'until-admitted-until'],
      measures,
      by: dimensions,
      on: '2003-12-05',
      knownAt: '2003-12-05T00:00:00.000Z',
      from: '2003-01-01',
      to: '2003-01-01',
    };
    expect(replayRequestIssues(whole)).toEqual([]);
  });

  it.each([
    ['an unknown measure', { measures: ['imposed', 'joy'] }, 'measures[1]'],
    ['no measure', { measures: [] }, 'measures'],
    ['a measure twice', { measures: ['met', 'met'] }, 'measures'],
    ['an unknown dimension', { by: ['mood'] }, 'by[0]'],
    ['a dimension twice', { by: ['duty', 'duty'] }, 'by'],
    ['an unknown assumption', { presence: ['for-ever'] }, 'presence[0]'],
    ['no assumption', { presence: [] }, 'presence'],
    ['a list that is none', { by: 'duty' }, 'by'],
    ['a day that does not exist', { on: '2003-02-30' }, 'on'],
    ['a first day that does not exist', { from: '2003-13-01' }, 'from'],
    ['a last day that does not exist', { to: 'tomorrow' }, 'to'],
    ['an instant without its milliseconds', { knownAt: '2003-12-05T00:00:00Z' }, 'knownAt'],
    ['an end before the beginning', { from: '2003-02-01', to: '2003-01-31' }, 'to'],
  ])('is refused for %s', (_what, wrong, path) => {
    const issues = replayRequestIssues({ ...sound, ...wrong });
    expect(issues.map((issue) => issue.path)).toEqual([path]);
  });

  it('is told what there is in place of an unknown key', () => {
    const [issue] = replayRequestIssues({ ...sound, by: ['mood'] });
    expect(issue?.problem).toContain('month, duty, status, transition');
  });
});
