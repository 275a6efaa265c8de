import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { RegistrantKeys } from './keys.js';
import { copyKeys, openRegistrantKeys, openRegistrantKeysReadOnly } from './lmdb-keys.js';

const parent = mkdtempSync(join(tmpdir(), 'portbook-keys-'));
const folder = join(parent, 'keys');
let keys: RegistrantKeys;

beforeAll(async () => {
  keys = await openRegistrantKeys(folder);
});

afterAll(async () => {
  await keys.close();
  rmSync(parent, { recursive: true });
});

/** Runs a line on the key store in another process, and gives what it prints. */
function elsewhere(options: { readonly folder: string; readonly readOnly: boolean }, line: string) {
  const path = join(options.folder, 'registrants.mdb');
  const script = `
    import { open } from 'lmdb';
    const store = open({
      path: ${JSON.stringify(path)}, encoding: 'binary', readOnly: ${String(options.readOnly)},
    });
    ${line}
    await store.close();
  `;
  return spawnSync(process.execPath, ['--input-type=module', '-e', script]).stdout.toString();
}

describe('the keys of registrants', () => {
  it('are 32 random bytes each, and the same ever after', async () => {
    const [a, b] = [randomUUID(), randomUUID()];
    const made = await keys.getOrCreate([a, b]);
    expect(made.get(a)).toHaveLength(32);
    expect(made.get(a)).not.toEqual(made.get(b));
    expect(keys.find(a)).toEqual(made.get(a));
    expect((await keys.getOrCreate([b, a, randomUUID()])).get(a)).toEqual(made.get(a));
  });

  it('are one each where several ask for one at the same time', async () => {
    const id = randomUUID();
    const made = await Promise.all([1, 2, 3].map(() => keys.getOrCreate([id, randomUUID()])));
    expect(new Set(made.map((one) => Buffer.from(one.get(id)!).toString('hex'))).size).toBe(1);
  });

  it('that find no room are refused with the reason, and those there are stay readable', () => {
    const built = new URL('../../../dist/libs/event-log/src/lmdb-keys.js', import.meta.url);
    const script = `
      const { openRegistrantKeys } = await import(${JSON.stringify(built.href)});
      const keys = await openRegistrantKeys(${JSON.stringify(join(parent, 'full'))});
      const [first] = (await keys.getOrCreate(['first'])).values();
      for (let n = 0, failures = 0; failures < 2; n += 1) {
        await keys.getOrCreate(['k' + n]).catch((error) => {
          failures += 1;
          if (failures === 1) console.log(error.name + ': ' + error.message);
        });
      }
      console.log(Buffer.compare(keys.find('first'), first));
      process.exit(0);
    `;
    const limited = `trap '' XFSZ; ulimit -f 100; exec "$0" "$@"`;
    const node = [process.execPath, '--input-type=module', '-e', script];
    const { status, stdout } = spawnSync('sh', ['-c', limited, ...node]);

    expect(stdout.toString()).toMatch(
      /^KeysUnavailable: The keys of registrants cannot be written: .+\n0\n$/,
    );
    expect(status).toBe(0);
  });

  it('that cannot be opened say where they lie, and what containers must share', async () => {
    const broken = join(parent, 'broken');
    mkdirSync(join(broken, 'registrants.mdb'), { recursive: true });

    await expect(openRegistrantKeys(broken)).rejects.toThrow(
      /broken\/registrants\.mdb cannot be opened \(.+\)\. Containers .+ PID namespace/,
    );
  });

  it('are not there before they were made', () => {
    expect(keys.find(randomUUID())).toBeUndefined();
  });

  it('are seen by another process as soon as they are made', async () => {
    const id = randomUUID();
    const key = (await keys.getOrCreate([id])).get(id);
    const print = `process.stdout.write(store.get('${id}').toString('hex'));`;
    expect(elsewhere({ folder, readOnly: true }, print)).toBe(Buffer.from(key!).toString('hex'));
  });

  it('are for the owner alone', () => {
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    const files = readdirSync(folder);
    expect(files).toContain('registrants.mdb');
    for (const file of files) expect(statSync(join(folder, file)).mode & 0o777).toBe(0o600);
  });
});

describe('the file of the keys', () => {
  it('is missed where it is removed or replaced under the process that has it open', async () => {
    const [at, aside] = [join(parent, 'moved'), join(parent, 'aside.mdb')];
    const moved = await openRegistrantKeys(at);
    const file = join(at, 'registrants.mdb');
    await moved.getOrCreate([randomUUID()]);
    expect(await moved.problem()).toBeUndefined();

    renameSync(file, aside);
    expect(await moved.problem()).toContain('registrants.mdb is not in the folder of the keys');
    copyFileSync(aside, file);
    expect(await moved.problem()).toContain('another file than was opened');
    renameSync(aside, file);
    expect(await moved.problem()).toBeUndefined();
    await moved.close();
  });
});

describe('the keys of registrants, read only', () => {
  it('are seen when another process makes them, before and after the folder was there', async () => {
    const later = join(parent, 'later');
    const reader = openRegistrantKeysReadOnly(later);
    const [a, b] = [randomUUID(), randomUUID()];
    const write = (id: string, byte: number) =>
      elsewhere(
        { folder: later, readOnly: false },
        `await store.put('${id}', Buffer.alloc(32, ${byte}));`,
      );
    expect(reader.find(a)).toBeUndefined();
    mkdirSync(later);
    write(a, 1);
    expect(reader.find(a)).toEqual(Buffer.alloc(32, 1));
    expect(reader.find(b)).toBeUndefined();
    write(b, 2);
    expect(reader.find(b)).toEqual(Buffer.alloc(32, 2));
    await expect(reader.getOrCreate([b])).rejects.toThrow(/reading only/);
    await reader.close();
  });
});

describe('a copy of the key folder', () => {
  it('holds the keys and the files beside them, for the owner alone', async () => {
    const [from, into] = [join(parent, 'from'), join(parent, 'into')];
    for (const made of [from, into]) mkdirSync(made);
    const id = randomUUID();
    elsewhere({ folder: from, readOnly: false }, `await store.put('${id}', Buffer.alloc(32, 7));`);
    writeFileSync(join(from, 'issuer.json'), '{}');
    writeFileSync(join(from, `issuer.json.${randomUUID()}`), '{');

    expect((await copyKeys(from, into)).sort()).toEqual(['issuer.json', 'registrants.mdb']);
    for (const file of readdirSync(into)) {
      expect(statSync(join(into, file)).mode & 0o777).toBe(0o600);
    }
    const copied = openRegistrantKeysReadOnly(into);
    expect(copied.find(id)).toEqual(Buffer.alloc(32, 7));
    await copied.close();
  });
});
