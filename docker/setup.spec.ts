import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { setUp } from './setup.js';

const volumes = mkdtempSync(join(tmpdir(), 'portbook-volumes-'));
const named = ['api', 'event-store', 'event-store-ca', 'issuer', 'keys', 'mongodb', 'projector'];
const owners = new Map<string, number>();
let keysMade = 0;

function run(mongodbHosts = 'mongodb:27017'): void {
  setUp({
    volumes,
    mongodbHosts,
    makeKeys: (folder) => {
      keysMade += 1;
      mkdirSync(folder);
      for (const name of ['issuer.json', 'jwks.json', 'registry.json', 'ledger.json']) {
        writeFileSync(join(folder, name), `{"key":"${name} ${String(keysMade)}"}`);
      }
    },
    own: (path, user) => owners.set(path.slice(volumes.length + 1), user),
  });
}

function text(...path: readonly string[]): string {
  return readFileSync(join(volumes, ...path), 'utf8');
}

beforeAll(() => {
  for (const volume of named) mkdirSync(join(volumes, volume));
  run();
});

afterAll(() => {
  rmSync(volumes, { recursive: true });
});

describe('the one-shot service setup', () => {
  it('gives each container the secrets that it needs, and no others', () => {
    const files = Object.fromEntries(named.map((name) => [name, readdirSync(join(volumes, name))]));

    expect(files).toEqual({
      api: ['event-store.json', 'jwks.json', 'mongodb-uri'],
      'event-store': ['admin-password', 'ops-password'],
      'event-store-ca': [],
      issuer: ['keys'],
      keys: ['ledger.json', 'registry.json'],
      mongodb: ['api-password', 'keyfile', 'projector-password', 'root-password'],
      projector: ['event-store.json', 'mongodb-uri'],
    });
  });

  it('hands the same password to who asks for it and to who gives it', () => {
    expect(JSON.parse(text('projector', 'event-store.json'))).toEqual({
      username: 'admin',
      password: text('event-store', 'admin-password'),
    });
    const [api, projector] = ['api', 'projector'].map((user) => new URL(text(user, 'mongodb-uri')));
    expect([api?.username, api?.password]).toEqual(['api', text('mongodb', 'api-password')]);
    expect(projector?.password).toBe(text('mongodb', 'projector-password'));
    expect(projector?.host).toBe('mongodb:27017');
    expect(text('mongodb', 'root-password')).toMatch(/^[\w-]{43}$/);
    expect(text('mongodb', 'keyfile')).toMatch(/^[A-Za-z0-9+/=]{6,1024}$/);
  });

  it('lets nobody read them but the user of the image that needs them', () => {
    expect(owners.get('api')).toBe(1000);
    expect(owners.get('issuer/keys/issuer.json')).toBe(1000);
    expect(owners.get('event-store-ca')).toBe(1000);
    expect(owners.get('mongodb')).toBe(999);
    expect(owners.get('mongodb/keyfile')).toBe(999);
    for (const [path] of owners) {
      const { mode } = statSync(join(volumes, path));
      expect([path, mode & 0o077]).toEqual([path, 0]);
    }
  });

  it('changes nothing when it runs again, but takes other members of the set', () => {
    const before = [text('event-store', 'admin-password'), text('mongodb', 'keyfile')];
    const ledger = text('keys', 'ledger.json');
    run('mongodb1:27017,mongodb2:27017');

    expect(keysMade).toBe(1);
    expect([text('event-store', 'admin-password'), text('mongodb', 'keyfile')]).toEqual(before);
    expect(text('keys', 'ledger.json')).toBe(ledger);
    expect(text('projector', 'mongodb-uri')).toContain('@mongodb1:27017,mongodb2:27017/portbook?');
  });
});
