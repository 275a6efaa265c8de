import { canonicalJson, type CivilDay } from '#libs/kernel';
import type { Duty } from '#libs/policy';
import type { ObligationKey } from '#libs/registry';
import type { PolicyChange } from './difference.js';
import type {
  ExplainedFact,
  ExplainedLaw,
  ExplainedObligation,
  Explanation,
} from './explanation.js';
import type { Obligation, Status } from './obligation.js';
import { labelled, paragraph } from './text-columns.js';

/** An explanation for people: lines of at most 100 columns. */
export function explanationText(explanation: Explanation): string {
  const { obligations } = explanation;
  const sections = [
    headLines(explanation),
    ...(obligations.length === 0 ? [['No obligation is imposed, seen from here.']] : []),
    ...obligations.map((each) => obligationLines(each, explanation)),
    factLines(explanation),
    closingLines(explanation),
  ];
  return `${sections.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

function headLines(explanation: Explanation): readonly string[] {
  const { registrantId, on, knownAt, observedUntil, assumptions, rulesVersion } = explanation;
  return [
    `Registrant ${registrantId}`,
    ...labelled('seen from', on),
    ...labelled('known', knownAt === null ? 'everything recorded by now' : `at ${knownAt}`),
    ...labelled('observed until', observedText(on, observedUntil)),
    ...labelled(
      'assumed',
      `presence ${assumptions.presence}, of stays without a recorded departure`,
    ),
    ...assumptions.notes.flatMap((note) => labelled('note', note)),
    ...labelled('rules', `version ${rulesVersion}`),
    ...explanation.worlds.flatMap(({ scenario, policyHash, warnings }) => [
      ...labelled('policy', `${scenario}, ${policyHash}`),
      ...warnings.flatMap((warning) => labelled('', warning)),
    ]),
    ...listed('changed', explanation.changes),
  ];
}

/** Looking past the end of the record turns silence into violations, which is to be said. */
function observedText(on: CivilDay, observedUntil: CivilDay | null): string {
  if (observedUntil === null) return 'nothing was observed yet';
  return on <= observedUntil
    ? observedUntil
    : `${observedUntil}: what happened after it is not recorded, and may look missed`;
}

function listed(label: string, changes: readonly PolicyChange[]): readonly string[] {
  return changes.flatMap((change, at) =>
    labelled(at === 0 ? label : '', `${change.ref}, ${changeText(change)}`),
  );
}

function changeText(change: PolicyChange): string {
  const { effectiveOn } = change;
  switch (change.change) {
    case 'withdrawn':
      return `withdrawn (it took effect on ${effectiveOn})`;
    case 'moved':
      return `moved from ${change.from} to ${effectiveOn}`;
    case 'amended':
      return `amended (it takes effect on ${effectiveOn})`;
    case 'enacted':
      return `enacted from ${effectiveOn} on`;
  }
}

const dutyTitles: Readonly<Record<Duty, string>> = {
  'arrival-registration': 'Arrival registration',
  'call-in-registration': 'Call-in registration',
  'follow-up-interview': 'Follow-up interview',
  'annual-reregistration': 'Annual re-registration',
  'change-notice': 'Change notice',
  'departure-registration': 'Departure registration',
  'notice-interview': 'Notice interview',
};

function obligationLines(
  { obligation, enacted, scenario, differsBy }: ExplainedObligation,
  explanation: Explanation,
): readonly string[] {
  const { worlds, changes } = explanation;
  const isSame =
    worlds.length > 1 && canonicalJson(enacted ?? null) === canonicalJson(scenario ?? null);
  const shown: readonly (readonly [string, Obligation | undefined])[] = isSame
    ? [['both worlds', enacted]]
    : worlds.map((world, at) => [world.scenario, at === 0 ? enacted : scenario]);
  const makers = changes.filter(({ ref }) => differsBy.includes(ref));
  return [
    titleOf(obligation),
    ...shown.flatMap(([name, judged]) => worldLines(name, judged, explanation)),
    ...listed('difference by', makers),
  ];
}

function titleOf({ duty, anchorOn, year, kind, noticeId }: ObligationKey): string {
  const further = [
    ...(year === undefined ? [] : [`year ${year}`]),
    ...(kind === undefined ? [] : [kind]),
    ...(noticeId === undefined ? [] : [`notice ${noticeId}`]),
  ];
  return [dutyTitles[duty], ...further, `counted from ${anchorOn}`].join(', ');
}

function worldLines(
  world: string,
  obligation: Obligation | undefined,
  { law, facts }: Explanation,
): readonly string[] {
  if (!obligation) return labelled(world, 'not imposed');
  const { office, port } = obligation;
  const places = [...(office === undefined ? [] : [`office ${office}`]), `port ${port}`];
  return [
    ...labelled(world, statusText(obligation)),
    ...labelled('', `window ${windowText(obligation)}; ${places.join(', ')}`),
    ...law.filter(({ ref }) => obligation.because.includes(ref)).flatMap(ruleLines),
    ...facts.filter(({ id }) => obligation.facts.includes(id)).flatMap(behindLines),
  ];
}

function windowText({ opensOn, dueOn }: Obligation): string {
  return opensOn === dueOn ? opensOn : `${opensOn} to ${dueOn}`;
}

const statusTexts: Readonly<Record<Status, string>> = {
  upcoming: 'upcoming',
  open: 'open',
  met: 'met',
  'met-late': 'met late',
  missed: 'missed',
  released: 'released',
  excused: 'excused for good cause',
  untested: 'untested: nobody was asked for it',
};

function statusText({ status, satisfiedOn, closedOn }: Obligation): string {
  const text = statusTexts[status];
  if (status === 'untested') {
    return satisfiedOn === undefined ? text : `${text}; done on ${satisfiedOn}`;
  }
  return closedOn === undefined ? text : `${text} on ${closedOn}`;
}

function ruleLines({ ref, title, citation, verified }: ExplainedLaw): readonly string[] {
  const mark = verified ? '' : ' (not verified)';
  return [...labelled('  rule', ref), ...labelled('', `${title}. ${citation}${mark}`)];
}

function behindLines({ day, type }: ExplainedFact): readonly string[] {
  return labelled('  fact', `${day} ${type}`);
}

const worldNames = { enacted: 'as enacted', scenario: 'in the scenario' } as const;

function factLines({ facts }: Explanation): readonly string[] {
  if (facts.length === 0) return ['No fact was known.'];
  return [
    'Facts',
    ...facts.flatMap(({ id, day, type, unneededIn }) => {
      const where = unneededIn.map((world) => worldNames[world]).join(' and ');
      return [
        `  ${day}  ${type.padEnd(TYPE_WIDTH)}  ${id}`,
        ...(where === '' ? [] : labelled('', `unneeded ${where}: it satisfied nothing`)),
      ];
    }),
  ];
}

/** That of the longest name of a fact. */
const TYPE_WIDTH = 34;

function closingLines({ worlds }: Explanation): readonly string[] {
  const counted = worlds.map(({ scenario, unneeded }) => `${unneeded} (${scenario})`).join(', ');
  return paragraph(`Unneeded facts: ${counted}.`, 0);
}
