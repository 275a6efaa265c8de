import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { statuses } from '#libs/assessment';
import { eventTables } from '#libs/command-handling';
import { dutyNames, enactedTimeline, shippedScenarios } from '#libs/policy';
import { presenceAssumptions, registrantEventTable } from '#libs/registry';
import { anchorsOf, linksIn, readPage, ROOT, ruleMarksIn } from './programme-document.js';

const PAGE = 'docs/PROGRAMME.md';
const EVENTS = 'docs/EVENTS.md';
const NOT_VERIFIED = ', **not verified**';

const page = readPage(PAGE);
const links = linksIn(page, PAGE);
const rules = ruleMarksIn(page);
const recordByRef = new Map(enactedTimeline.map((record) => [record.ref, record]));

/** The statements of the page: each a paragraph, and the marks under it. */
const marked = page.split('\n').filter((line) => /^ (Rule|Code|Events|Specs) /.test(line));

describe('docs/PROGRAMME.md', () => {
  it('leads nowhere that is not there', () => {
    const broken = links.filter(({ file, anchor }) => {
      if (!existsSync(join(ROOT, file))) return true;
      return (
        anchor !== undefined && !anchorsOf(readFileSync(join(ROOT, file), 'utf8')).includes(anchor)
      );
    });
    expect(links.length).toBeGreaterThan(100);
    expect(broken).toEqual([]);
  });

  it('marks each statement by the law or the code, the events and the specs that carry it', () => {
    expect(marked.length).toBeGreaterThan(40);
    expect(marked.filter((line) => !line.includes(' Specs ['))).toEqual([]);
    const ofLaw = marked.filter(
      (line) => !line.startsWith(' Specs ') && !line.includes(NOT_VERIFIED + ':'),
    );
    expect(ofLaw.filter((line) => !/^ (Rule `|Code \[)/.test(line))).toEqual([]);
    expect(ofLaw.filter((line) => !/ (Events|Code) \[/.test(line))).toEqual([]);
  });

  it('mentions every event of the enacted timeline, and none that is not in it', () => {
    const mentioned = new Set(rules.map(({ ref }) => ref));
    expect([...mentioned].sort()).toEqual([...recordByRef.keys()].sort());
  });

  it('gives each rule the day of its effect, its citation, and whether it is verified', () => {
    const wrong = rules.filter(({ ref, effectiveOn, rest }) => {
      const record = recordByRef.get(ref);
      if (effectiveOn !== record?.effectiveOn || !rest.startsWith(record.citation)) return true;
      const behind = rest.slice(record.citation.length);
      const saysVerified = /^\. |^\.$/.test(behind);
      return record.verified ? !saysVerified : !behind.startsWith(NOT_VERIFIED);
    });
    expect(wrong).toEqual([]);
  });

  it('names nothing in code that the law or the assessment does not know', () => {
    const known = new Set<string>([
      ...[...recordByRef.keys(), ...dutyNames, ...statuses, ...presenceAssumptions],
      ...shippedScenarios.map(({ name }) => name),
    ]);
    const named = [...page.matchAll(/`([a-z0-9]+(?:-[a-z0-9]+)+)`/g)].map(([, name = '']) => name);
    expect(named.filter((name) => !known.has(name))).toEqual([]);
  });

  it('links every type of event of people and of the law by its own name', () => {
    const types = links.filter(({ file, anchor }) => file === EVENTS && anchor !== undefined);
    const misnamed = types.filter(({ text, anchor }) => anchor !== text.toLowerCase());
    expect(misnamed).toEqual([]);
    const linked = new Set(types.map(({ text }) => text));
    const known = eventTables.flatMap((table) => Object.keys(table));
    expect([...linked].filter((type) => !known.includes(type))).toEqual([]);
    const told = [...Object.keys(registrantEventTable), ...enactedTimeline.map(({ type }) => type)];
    expect(told.filter((type) => !linked.has(type))).toEqual([]);
  });

  it('links a rule to the type of event by which it was enacted', () => {
    const apart = marked.filter((line) => {
      const types = linksIn(line, PAGE).map(({ text }) => text);
      const [{ ref } = { ref: '' }] = ruleMarksIn(line);
      const type = recordByRef.get(ref)?.type;
      const isFirst = marked.find((other) => other.includes(`Rule \`${ref}\``)) === line;
      return type !== undefined && isFirst && !types.includes(type);
    });
    expect(apart).toEqual([]);
  });

  it('names tests that there are', () => {
    const tests = links.filter(({ file, text }) => file.endsWith('.spec.ts') && text !== 'spec');
    expect(tests.length).toBeGreaterThan(50);
    const missing = tests.filter(
      ({ file, text }) => !readFileSync(join(ROOT, file), 'utf8').includes(text),
    );
    expect(missing).toEqual([]);
  });

  it('says that all people are synthetic', () => {
    expect(page).toContain('All people are synthetic');
  });

  it('can be found from the front page and from the architecture', () => {
    for (const file of ['README.md', 'docs/ARCHITECTURE.md']) {
      expect(linksIn(readPage(file), file).map((link) => link.file)).toContain(PAGE);
    }
  });
});
