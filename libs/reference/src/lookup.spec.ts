import { describe, expect, it } from '@jest/globals';
import { classFamilies, classesOfAdmission, isExcludedClass } from './classes-of-admission.js';
import { criteria } from './criteria.js';
import {
  isClassOfAdmission,
  isOffice,
  isPort,
  officeCodes,
  officeOfState,
  portCodes,
  stateCodes,
} from './lookup.js';
import { ports } from './ports.js';

const STATES =
  'AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY ' +
  'NC ND OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY';
const BESIDE_THE_STATES = 'DC PR VI GU MP AS';

describe('the ports', () => {
  it('are 96, each with a code of its own', () => {
    expect(portCodes).toHaveLength(96);
    expect(new Set(portCodes).size).toBe(96);
    expect(portCodes.filter((code) => !/^[A-Z]{3}$/.test(code))).toEqual([]);
  });

  it('each have a name of their own', () => {
    expect(new Set(ports.map((port) => port.name)).size).toBe(96);
  });

  it('say which four were seen in a published list', () => {
    const verified = ports.filter((port) => port.verified).map((port) => port.code);
    expect(verified.sort()).toEqual(['BOS', 'LOS', 'OAK', 'SAI']);
  });

  it('are known by their exact code', () => {
    expect(portCodes.every(isPort)).toBe(true);
    expect(['bos', 'BOSTON', 'XXX', ''].some(isPort)).toBe(false);
  });
});

describe('the district offices', () => {
  it('are 33, each with a code of its own', () => {
    expect(officeCodes).toHaveLength(33);
    expect(new Set(officeCodes).size).toBe(33);
    expect(officeCodes.every(isOffice)).toBe(true);
    expect(isOffice('XXX')).toBe(false);
  });

  it('share out the states, the district and the territories: each belongs to exactly one', () => {
    const all = `${STATES} ${BESIDE_THE_STATES}`.split(' ');
    expect(all).toHaveLength(56);
    expect([...stateCodes].sort()).toEqual(all.sort());
  });

  it('are found by the state of an address', () => {
    expect(officeOfState('CA')).toBe('LOS');
    expect(officeOfState('DC')).toBe('WAS');
    expect(stateCodes.every((state) => isOffice(officeOfState(state) ?? ''))).toBe(true);
    expect(officeOfState('ZZ')).toBeUndefined();
  });
});

describe('the classes of admission', () => {
  it('stand in one family each', () => {
    expect(new Set(classesOfAdmission).size).toBe(classesOfAdmission.length);
    expect(classesOfAdmission.every(isClassOfAdmission)).toBe(true);
    expect(isClassOfAdmission('B-1')).toBe(false);
  });

  it('A and G, and no others, are outside the programme', () => {
    const outside = classesOfAdmission.filter(isExcludedClass);
    expect(outside).toEqual(classFamilies.excluded);
    expect(outside).toEqual(classesOfAdmission.filter((name) => /^[AG]/.test(name)));
  });
});

describe('the criteria of discretion', () => {
  it('each have a slug of their own', () => {
    expect(new Set(criteria.map((criterion) => criterion.slug)).size).toBe(7);
    expect(criteria.filter(({ slug }) => !/^[a-z]+(-[a-z]+)*$/.test(slug))).toEqual([]);
  });
});
