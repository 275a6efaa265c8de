import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { commandForEvent, enactedTimeline, policyCommandExamples } from '#libs/policy';
import type { Explanation, Obligation } from '#libs/assessment';
import type { ReplayAnswer } from '#libs/replay';
import { arrivalOf, keyOf } from '../../../soak/system/people.js';
import { RunningSystem } from '../../../soak/system/running-system.js';

interface CommandAnswer {
  readonly position: string;
  readonly events: readonly { readonly id: string }[];
  readonly obligations: readonly Obligation[];
  readonly law: readonly { readonly ref: string; readonly citation: string }[];
}

interface ProblemAnswer {
  readonly code: string;
  readonly rule?: string;
  readonly citation?: string;
}

const system = new RunningSystem({ PORTBOOK_SEED: 'none', PORTBOOK_TODAY: '2003-11-20' });
const student = arrivalOf(1);

function kebab(name: string): string {
  return name.replace(/(?!^)[A-Z]/g, '-$&').toLowerCase();
}

function enact(type: keyof typeof policyCommandExamples, body: unknown, key: string) {
  return system.ask('POST', `/api/commands/${kebab(type)}`, {
    role: 'policy-maker',
    body,
    headers: { 'idempotency-key': key },
  });
}

function register(body: unknown, key: string) {
  return system.ask<CommandAnswer & ProblemAnswer>('POST', '/api/commands/register-arrival', {
    body,
    headers: { 'idempotency-key': key },
  });
}

async function followUp(query: string): Promise<Obligation | undefined> {
  const { body } = await system.ask<CommandAnswer>(
    'GET',
    `/api/registrants/${student.registrantId}/obligations?${query}`,
  );
  return body.obligations.find(({ duty }) => duty === 'follow-up-interview');
}

beforeAll(async () => {
  await system.start();
}, 60_000);

afterAll(async () => {
  await system.remove();
}, 20_000);

describe('the five-minute tour on the real processes', () => {
  it('enacts the policy up to November 2003 by commands', async () => {
    const published = enactedTimeline.filter(({ publishedOn }) => publishedOn <= '2003-11-20');
    let nth = 1000;
    for (const { type, known: _known, ...body } of published) {
      nth += 1;
      const answer = await enact(commandForEvent[type], body, keyOf(nth));
      expect([body.ref, answer.status]).toEqual([body.ref, 201]);
    }
  }, 30_000);

  it('registers an Iranian student on arrival, whose follow-up interview lies ahead', async () => {
    const { status, body } = await register(student, keyOf(1));
    expect(status).toBe(201);
    const interview = body.obligations.find(({ duty }) => duty === 'follow-up-interview');
    expect(interview).toMatchObject({ dueOn: '2003-12-02', status: 'upcoming' });
    expect(body.law).toContainEqual(
      expect.objectContaining({ ref: 'follow-up-interview-enacted', citation: '67 FR 52584' }),
    );
    const file = await system.ask(
      'GET',
      `/api/registrants/${student.registrantId}?atLeast=${body.position}`,
    );
    expect(file.status).toBe(200);
  });

  it('answers the same command with the same key as before, and refuses another body', async () => {
    const first = await register(student, keyOf(1));
    expect(first.status).toBe(200);
    expect(first.body.events).toHaveLength(1);
    const again = await register(student, keyOf(1));
    expect(again.body).toEqual(first.body);
    const other = await register({ ...student, port: 'LOS' }, keyOf(1));
    expect([other.status, other.body.code]).toEqual([409, 'IdempotencyKeyReused']);
  });

  it('of two requests at once with one key and different bodies stores one', async () => {
    const body = arrivalOf(2);
    const answers = await Promise.all([
      register(body, keyOf(2)),
      register({ ...body, port: 'LOS' }, keyOf(2)),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
  });

  it('refuses a French visitor without basis, by rule and citation, and registers her by discretion', async () => {
    const visitor = {
      ...arrivalOf(3),
      classOfAdmission: 'B2',
      person: { sex: 'F', bornOn: '1970-05-05', nationalities: ['FR'] },
    };
    const refused = await register(visitor, keyOf(3));
    expect(refused.status).toBe(422);
    expect(refused.body.rule).toBe('arrival-registration-enacted');
    expect(refused.body.citation).toContain('67 FR 52584');
    const basis = {
      kind: 'officer-discretion',
      criteria: ['unexplained-travel'],
      reason: 'An invented reason',
    };
    expect((await register({ ...visitor, basis }, keyOf(4))).status).toBe(201);
  });

  it('releases the student by the suspension, and replays history without it as untested', async () => {
    const { status } = await enact(
      'SuspendDomesticRegistration',
      policyCommandExamples.SuspendDomesticRegistration,
      keyOf(5),
    );
    expect(status).toBe(201);
    const released = await followUp('on=2003-12-05');
    expect(released).toMatchObject({ status: 'released', closedOn: '2003-12-02' });
    expect(released?.because).toContain('domestic-registration-suspended');
    expect(await followUp('scenario=no-suspension&on=2003-12-05')).toMatchObject({
      status: 'untested',
    });
    const { body } = await system.ask<ReplayAnswer>('POST', '/api/replays', {
      role: 'analyst',
      body: { scenarios: ['no-suspension'], on: '2003-12-05', by: ['duty', 'transition'] },
    });
    expect(body.law).toContainEqual(expect.objectContaining({ citation: '68 FR 67578' }));
    expect(body.worlds[1]?.rows).toContainEqual(
      expect.objectContaining({
        duty: 'follow-up-interview',
        transition: 'released -> untested',
        obligations: 3,
      }),
    );
  });

  it('explains one person from the running system, now and as it was believed', async () => {
    const asked = ['explain', student.registrantId, '--scenario', 'no-suspension'];
    const text = await system.cli(...asked, '--on', '2003-12-05');
    expect(text.split('\n')).toEqual(
      expect.arrayContaining([
        '  enacted         released on 2003-12-02',
        '  no-suspension   untested: nobody was asked for it',
        '  difference by   domestic-registration-suspended, withdrawn (it took effect on 2003-12-02)',
      ]),
    );
    const { status, body } = await system.ask<Explanation>(
      'GET',
      `/api/registrants/${student.registrantId}/explanation?knownAt=position:1`,
      { role: 'analyst' },
    );
    expect([status, body.facts]).toEqual([200, []]);
  }, 20_000);

  it('assesses its export on the command line as the API does, person by person', async () => {
    const file = join(system.dataDir, 'export.ndjson');
    await system.cli('export', '--out', file);
    for (const nth of [1, 2, 3]) {
      const { registrantId } = arrivalOf(nth);
      const assessed = JSON.parse(
        await system.cli(
          ...['assess', '--history', file, '--on', '2003-12-05', '--registrant', registrantId],
          ...['--upcoming', '--format', 'json'],
        ),
      ) as CommandAnswer;
      const { body } = await system.ask<CommandAnswer>(
        'GET',
        `/api/registrants/${registrantId}/obligations?on=2003-12-05`,
      );
      expect(assessed.obligations).toEqual(body.obligations);
      expect(body.obligations.length).toBeGreaterThan(0);
    }
  }, 30_000);

  it('keeps no personal content in clear but in the views', () => {
    const { identity, fin, admissionNumber, visit } = student;
    const secrets = [
      ...[identity?.familyName, identity?.passport.number, fin, admissionNumber],
      ...[visit.usAddress.line1, visit.contact?.email],
    ];
    const files = filesIn(system.dataDir).filter((file) => !file.includes('/views'));
    expect(files.length).toBeGreaterThan(3);
    for (const file of files) {
      const bytes = readFileSync(file);
      for (const secret of secrets) {
        expect([file, secret, secret !== undefined && bytes.includes(secret)]).toEqual([
          file,
          secret,
          false,
        ]);
      }
    }
  });

  it('keeps the views where it was told to', () => {
    const onMongo = (process.env['MONGODB_URI'] ?? '') !== '';

    expect(existsSync(join(system.dataDir, 'views'))).toBe(!onMongo);
  });

  it('stops at a signal with exit code 0, and finds everything again', async () => {
    expect(await system.stop('SIGTERM')).toBe(0);
    await system.start();
    expect(await followUp('on=2003-12-05')).toMatchObject({ status: 'released' });
    expect(await system.stop('SIGINT')).toBe(0);
  }, 40_000);
});

function filesIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((file) => statSync(file).isFile());
}
