import { describe, expect, it } from '@jest/globals';
import type { ReplayAnswer, Row } from './answer.js';
import { renderCsv, renderTable } from './render.js';

function answerWith(rows: readonly Row[], over: Partial<ReplayAnswer> = {}): ReplayAnswer {
  return {
    id: 'f'.repeat(32),
    on: '2003-12-05',
    knownAt: null,
    from: null,
    to: null,
    observedUntil: '2003-12-01',
    position: '42',
    historyHash: 'a'.repeat(64),
    code: 'portbook 1, rules 1',
    assumptions: { presence: ['until-departure'], notes: ['Behaviour is held fixed.'] },
    law: [{ ref: 'a-rule', citation: '1 FR 1', verified: true }],
    worlds: [
      {
        scenario: 'enacted',
        presence: 'until-departure',
        policyHash: 'b'.repeat(64),
        method: 'reference',
        warnings: [],
        rows,
      },
    ],
    ...over,
  };
}

function named(scenario: string, rows: readonly Row[], warnings: readonly string[] = []) {
  const answer = answerWith(rows);
  return { ...answer, worlds: answer.worlds.map((world) => ({ ...world, scenario, warnings })) };
}

const rows: readonly Row[] = [
  { duty: 'call-in-registration', medianDaysLate: null, people: 7, unobserved: 0 },
  { duty: 'departure-registration', medianDaysLate: 2.5, people: 1200, unobserved: 13 },
];

describe('an answer as a table', () => {
  it('names what was asked and what it rests on around aligned columns', () => {
    expect(renderTable(answerWith(rows))).toBe(
      [
        'On 2003-12-05, observed until 2003-12-01, at position 42.',
        'With all that is known by now.',
        'Assumed of stays without a recorded departure: until-departure.',
        `History ${'a'.repeat(64)}`,
        '',
        'enacted (presence until-departure)',
        `  Policy ${'b'.repeat(64)}`,
        '  duty                    medianDaysLate  people  unobserved',
        '  call-in-registration                 -       7           0',
        '  departure-registration             2.5    1200          13',
        '',
        'What it rests on',
        '  Behaviour is held fixed.',
        `  Computed by portbook 1, rules 1; replay ${'f'.repeat(32)}.`,
        '',
      ].join('\n'),
    );
  });

  it('says from when one looked back, which days were selected, and which law was not verified', () => {
    const text = renderTable(
      answerWith(rows, {
        knownAt: '2003-12-03T00:00:00.000Z',
        from: '2003-01-01',
        to: '2003-12-31',
        law: [
          { ref: 'a-rule', citation: '1 FR 1', verified: true },
          { ref: 'a-rumour', citation: 'none', verified: false },
        ],
      }),
    );
    expect(text).toContain('As known at 2003-12-03T00:00:00.000Z.\n');
    expect(text).toContain('Only obligations due from 2003-01-01 up to 2003-12-31.\n');
    expect(text).toContain('Not verified against a published source: a-rumour.\n');
    expect(renderTable(answerWith(rows, { to: '2003-12-31' }))).toContain(
      'Only obligations due up to 2003-12-31.\n',
    );
  });

  it('says what a world warns of, and that there is nothing where there is', () => {
    const text = renderTable(named('armenia-stays', [], ['The extension acts on nothing.']));
    expect(text).toContain(
      'armenia-stays (presence until-departure)\n' +
        `  Policy ${'b'.repeat(64)}\n` +
        '  Warning: The extension acts on nothing.\n' +
        '  nothing\n',
    );
  });

  it('lets no name steer the terminal', () => {
    const text = renderTable(named('red\u001b[31m\nforged line', rows));
    expect(text).toContain('red [31m forged line (presence');
    expect(text).not.toContain('\u001b');
  });
});

describe('an answer as CSV', () => {
  it('is a line for each row, worlds in front and what it rests on behind, by RFC 4180', () => {
    const front = `enacted,until-departure,${'b'.repeat(64)}`;
    const behind =
      `One. Two.,2003-12-05,,2003-01-01,,2003-12-01,42,${'a'.repeat(64)},` +
      `Behaviour is held fixed.,a-rumour,"portbook 1, rules 1",${'f'.repeat(32)}`;
    const answer = {
      ...named('enacted', rows, ['One.', 'Two.']),
      from: '2003-01-01',
      law: [{ ref: 'a-rumour', citation: 'none', verified: false }],
    };
    expect(renderCsv(answer)).toBe(
      [
        'scenario,presence,policyHash,duty,medianDaysLate,people,unobserved,warnings,' +
          'on,knownAt,from,to,observedUntil,position,historyHash,assumptions,unverified,code,replay',
        `${front},call-in-registration,,7,0,${behind}`,
        `${front},departure-registration,2.5,1200,13,${behind}`,
        '',
      ].join('\r\n'),
    );
  });

  it('says from when one looked back', () => {
    const knownAt = '2003-12-03T00:00:00.000Z';
    expect(renderCsv(answerWith(rows, { knownAt }))).toContain(`2003-12-05,${knownAt},`);
  });

  it('names a world also where there is nothing to tell of it', () => {
    const [, line] = renderCsv(named('armenia-stays', [], ['Nothing differs.'])).split('\r\n');
    expect(line).toContain(`armenia-stays,until-departure,${'b'.repeat(64)},Nothing differs.,2003`);
  });

  it.each([
    ['a, b', '"a, b"'],
    ['say "so"', '"say ""so"""'],
    ['two\nlines', '"two\nlines"'],
    ['two\r\nlines', '"two\r\nlines"'],
    ['=SUM(A1)', "'=SUM(A1)"],
    ['+1', "'+1"],
    ['-1', "'-1"],
    ['@cmd', "'@cmd"],
    ['\tcmd', "'\tcmd"],
    ['=a,b', `"'=a,b"`],
  ])('quotes %j, and lets no text be a formula', (name, cell) => {
    const [, line] = renderCsv(named(name, [{ people: 1 }])).split(/(?<=people.*)\r\n/);
    expect(line?.startsWith(`${cell},until-departure,`)).toBe(true);
  });

  it('leaves numbers as they are', () => {
    expect(renderCsv(answerWith([{ balance: -5 }]))).toContain(`${'b'.repeat(64)},-5,,2003-12-05`);
  });

  it('has a column for each measure of any world, empty where a world has no row for it', () => {
    const answer = answerWith([{ duty: 'x', people: 1 }]);
    const [first] = answer.worlds;
    const worlds = first ? [{ ...first, rows: [{ people: 2 }] }, first] : [];
    const lines = renderCsv({ ...answer, worlds }).split('\r\n');
    expect(lines[0]).toContain('policyHash,people,duty,warnings,on');
    expect(lines[1]).toContain(`${'b'.repeat(64)},2,,,2003-12-05`);
  });
});
