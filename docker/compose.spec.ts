import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';

const root = new URL('../', import.meta.url);

interface Service {
  readonly image: string;
  readonly restart?: string;
  readonly command?: readonly string[];
  readonly entrypoint?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly ports?: readonly string[];
  readonly volumes?: readonly string[];
  readonly networks?: readonly string[];
  readonly pid?: string;
  readonly read_only?: boolean;
  readonly cap_drop?: readonly string[];
  readonly cap_add?: readonly string[];
  readonly security_opt?: readonly string[];
  readonly healthcheck?: { readonly test?: readonly string[]; readonly disable?: boolean };
  readonly deploy?: { readonly resources: { readonly limits: Readonly<Record<string, unknown>> } };
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
}

interface Composition {
  readonly services: Readonly<Record<string, Service>>;
  readonly volumes: Readonly<Record<string, unknown>>;
}

function text(file: string): string {
  return readFileSync(new URL(file, root), 'utf8');
}

function composition(file: string): Composition {
  return parse(text(`docker/${file}`), { merge: true }) as Composition;
}

function wordsOf({ command = [], entrypoint = [], healthcheck }: Service): string {
  return [...entrypoint, ...command, ...(healthcheck?.test ?? [])].join(' ');
}

/** Of the names that begin so, in the order of their numbers. */
function numbered(names: readonly string[], prefix: string): string[] {
  return names.filter((name) => new RegExp(`^${prefix}\\d*$`).test(name));
}

const settings = [...text('docs/SETTINGS.md').matchAll(/^\| `(\w+)`/gm)].map(([, name]) => name);
/** Of the command line, and of the steps in docker/main.ts. */
const otherVariables = ['PORTBOOK_URL', 'PORTBOOK_TOKEN', 'MONGODB_HOSTS'];

describe.each(['compose.yaml', 'compose.cluster.yaml'])('%s', (file) => {
  const { services, volumes } = composition(file);
  const all = Object.entries(services);
  const ours = all.filter(([, { image }]) => image.startsWith('portbook:'));
  const names = Object.keys(services);

  it('names every image with a whole version', () => {
    const version = (JSON.parse(text('package.json')) as { readonly version: string }).version;
    for (const [name, { image }] of all)
      expect([name, image]).toEqual([name, expect.stringMatching(/:\d+\.\d+\.\d+(-noble)?$/)]);
    expect(new Set(ours.map(([, { image }]) => image))).toEqual(new Set([`portbook:${version}`]));
  });

  it('publishes one port, on the loopback address', () => {
    const ports = all.flatMap(([name, service]) =>
      (service.ports ?? []).map((port) => [name, port]),
    );
    expect(ports).toEqual([['api', expect.stringMatching(/^127\.0\.0\.1:\S+:3000$/)]]);
  });

  it('looks after the health of whatever stays, and tells what must have ended first', () => {
    const unwatched = all
      .filter(([, { restart, healthcheck }]) => restart !== 'no' && !healthcheck?.test)
      .map(([name]) => name);
    expect(unwatched.sort()).toEqual(['cli', 'process-ids']);
    for (const [name, { depends_on = {} }] of all) {
      for (const [other, { condition }] of Object.entries(depends_on)) {
        const { restart, healthcheck } = services[other]!;
        const isWatched = healthcheck?.test !== undefined;
        const expected = isWatched ? 'service_healthy' : 'service_started';
        const once = 'service_completed_successfully';
        expect([name, other, condition]).toEqual([name, other, restart === 'no' ? once : expected]);
      }
    }
  });

  it('takes from each container what it does not need', () => {
    for (const [name, service] of all) {
      expect([name, service.cap_drop, service.security_opt]).toEqual([
        ...[name, ['ALL'], ['no-new-privileges:true']],
      ]);
      expect([name, service.cap_add ?? []]).toEqual([
        name,
        name === 'setup' ? ['CHOWN', 'DAC_OVERRIDE', 'FOWNER'] : [],
      ]);
      const limits = Object.keys(service.deploy?.resources.limits ?? {}).sort();
      expect([name, limits]).toEqual([name, ['cpus', 'memory', 'pids']]);
    }
    for (const [name, { read_only }] of ours) expect([name, read_only]).toEqual([name, true]);
  });

  it('holds no secret, and lets those who read one only read it', () => {
    for (const [name, { environment = {}, volumes: mounts = [] }] of all) {
      const told = Object.keys(environment).filter((key) => /PASSWORD|SECRET/.test(key));
      expect([name, told.filter((key) => !key.endsWith('_FILE'))]).toEqual([name, []]);
      if (['setup', 'certificates'].includes(name)) continue;
      const secret = mounts.filter((mount) =>
        /^(issuer|.*-(secrets|certificate\d*|trust)):/.test(mount),
      );
      expect(secret.filter((mount) => !mount.endsWith(':ro'))).toEqual([]);
    }
    const who = (volume: string) =>
      all
        .filter(([, { volumes: mounts = [] }]) =>
          mounts.some((mount) => mount.startsWith(`${volume}:`)),
        )
        .map(([name]) => name);
    expect(who('issuer')).toEqual(['setup', 'cli']);
    expect(who('keys')).toEqual(['setup', 'projector', 'api']);
    expect(who('event-store-ca')).toEqual(['setup', 'certificates']);
    for (const volume of Object.keys(volumes)) expect(who(volume)).not.toEqual([]);
  });

  it('sets only variables that exist', () => {
    for (const [name, service] of ours) {
      const exported = [...wordsOf(service).matchAll(/export (\w+)/g)].map(([, one]) => one);
      for (const variable of [...Object.keys(service.environment ?? {}), ...exported]) {
        const isKnown = settings.includes(variable) || otherVariables.includes(variable!);
        expect([name, variable, isKnown]).toEqual([name, variable, true]);
      }
    }
  });

  it('runs only programs and steps that exist', () => {
    const steps = [...text('docker/main.ts').matchAll(/step === '(\w+)'/g)].map(([, step]) => step);
    for (const [name, service] of ours) {
      const words = wordsOf(service);
      for (const [, script] of words.matchAll(/dist\/(\S+)\.js/g)) {
        expect([name, existsSync(new URL(`${script!}.ts`, root))]).toEqual([name, true]);
      }
      for (const [, step] of words.matchAll(/docker\/main\.js (\w+)/g))
        expect(steps).toContain(step);
    }
  });

  it('has API and projector see each other’s process ids, and told the same', () => {
    const { api, projector } = services;
    expect([api?.pid, projector?.pid]).toEqual(['service:process-ids', 'service:process-ids']);
    expect(api?.environment).toMatchObject(projector?.environment ?? {});
  });

  it('connects to every member of each database by the name that it has', () => {
    const eventStores = numbered(names, 'event-store');
    const members = numbered(names, 'mongodb').map((name) => `${name}:27017`);
    const addresses = eventStores.map((name) => `${name}:2113`);
    const url = services['api']?.environment?.['EVENTSTORE_URL'] ?? '';
    expect(/^esdb:\/\/([^/?]+)\?/.exec(url)?.[1]).toBe(addresses.join(','));
    for (const step of ['setup', 'mongodb-setup']) {
      expect(services[step]?.environment?.['MONGODB_HOSTS']).toBe(members.join(','));
    }
    for (const name of eventStores) {
      const { environment = {} } = services[name]!;
      expect(environment['EVENTSTORE_NODE_HOST_ADVERTISE_AS']).toBe(name);
      expect(wordsOf(services['certificates']!)).toContain(`-dns-names localhost,${name}\n`);
      if (eventStores.length === 1) continue;
      const others = addresses.filter((address) => address !== `${name}:2113`);
      expect(environment['EVENTSTORE_GOSSIP_SEED']).toBe(others.join(','));
      expect(environment['EVENTSTORE_CLUSTER_SIZE']).toBe(String(eventStores.length));
    }
  });
});

describe('the Dockerfile', () => {
  const lines = text('docker/Dockerfile')
    .replace(/\\\n\s*/g, ' ')
    .split('\n');
  const of = (instruction: string) => lines.filter((line) => line.startsWith(`${instruction} `));

  it('builds on one pinned image and ends as a user without rights', () => {
    const images = of('FROM').map((line) => line.split(' ')[1]);
    expect(new Set(images).size).toBe(1);
    expect(images[0]).toMatch(/^node:\d+\.\d+\.\d+-bookworm-slim$/);
    expect(of('USER')).toEqual(['USER node']);
  });

  it('installs what the lock file says, and hands signals to node itself', () => {
    const installs = lines.filter((line) => /npm (ci|i|install)\b/.test(line));
    expect(installs.every((line) => line.includes('npm ci'))).toBe(true);
    expect(of('CMD')).toEqual(['CMD ["node", "dist/apps/api/src/main.js"]']);
    expect(of('HEALTHCHECK')[0]).toContain('CMD ["node",');
  });

  it('copies only what is there and what .dockerignore lets through', () => {
    const passed = text('.dockerignore')
      .split('\n')
      .filter((line) => line.startsWith('!'));
    const copied = of('COPY').filter((line) => !line.includes('--from'));
    const sources = copied
      .flatMap((line) => line.split(' ').slice(1, -1))
      .filter((one) => one !== '.');
    for (const source of sources) {
      expect([source, existsSync(new URL(source, root))]).toEqual([source, true]);
      expect(passed).toContain(`!${source}`);
    }
  });
});
