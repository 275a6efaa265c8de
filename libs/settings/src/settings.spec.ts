import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { settingsMarkdown } from './markdown.js';
import { type Environment, InvalidSettings, readSettings } from './settings.js';

function problemsOf(environment: Environment): string[] {
  try {
    readSettings(environment);
  } catch (error) {
    if (error instanceof InvalidSettings) return error.message.split('\n');
    throw error;
  }
  return [];
}

describe('settings', () => {
  it('stand on a loopback address with the demo and the development issuer, where nothing is set', () => {
    const settings = readSettings({ PORTBOOK_DATA: '/tmp/portbook' });

    expect(settings).toEqual({
      host: '127.0.0.1',
      port: 3000,
      dataDir: '/tmp/portbook',
      keysDir: '/tmp/portbook/keys',
      eventNodePort: 0,
      eventNodeTls: true,
      seed: 'demo',
      auth: { issuer: 'portbook', audience: 'portbook', keys: { kind: 'development' } },
      logLevel: 'info',
    });
  });

  it('take an empty variable as not set', () => {
    expect(readSettings({ PORT: '' }).port).toBe(3000);
  });

  it('hold no invented people in production unless nothing else is possible', () => {
    const production = { NODE_ENV: 'production', AUTH_JWKS_FILE: 'jwks.json' };

    expect(readSettings(production).seed).toBe('none');
    expect(problemsOf({ ...production, PORTBOOK_SEED: 'demo' })).toHaveLength(1);
  });

  it.each([
    ['HOST', 'not a host'],
    ['PORT', '65536'],
    ['PORT', '-1'],
    ['PORT', '80.5'],
    ['EVENTSTORE_URL', 'http://127.0.0.1:2113'],
    ['EVENT_NODE_PORT', 'any'],
    ['PORTBOOK_SEED', 'Demo'],
    ['PORTBOOK_TODAY', '2003-02-30'],
    ['AUTH_JWKS_URL', 'http://login.example/keys'],
    ['LOG_LEVEL', 'verbose'],
    ['MONGODB_URI', '127.0.0.1:27017'],
    ['MONGODB_URI', 'mongodb://'],
    ['MONGODB_URI', 'mongodb://db.example:27017:1'],
    ['MONGODB_WRITES_PER_COMMAND', '0'],
    ['MONGODB_WRITES_PER_COMMAND', '10001'],
    ['EVENT_NODE_TLS', '1'],
  ])('refuse %s=%s in one line that names it and says what is allowed', (name, value) => {
    const [line, ...others] = problemsOf({ [name]: value });

    expect(others).toEqual([]);
    expect(line).toMatch(new RegExp(`^${name}=.+: .+\\.$`));
  });

  it('name every variable that is wrong at once', () => {
    expect(problemsOf({ PORT: 'x', PORTBOOK_SEED: 'y' })).toEqual([
      'PORTBOOK_SEED=y: allowed is demo, timeline or none; in production not demo, which holds invented people.',
      'PORT=x: allowed is a whole number from 0 to 65535.',
    ]);
  });

  it.each([
    ['EVENTSTORE_URL', 'https://admin:changeit@db.example:2113', 'changeit'],
    ['EVENTSTORE_URL', 'https://admin:p@ss/word@db.example', 'word'],
    ['EVENTSTORE_URL', 'admin:changeit@db.example', 'changeit'],
    ['AUTH_JWKS_URL', 'http://login.example/keys?access_token=s3cret', 's3cret'],
    ['MONGODB_URI', 'mongodb//root:hunter2@db.example/?tls=true', 'hunter2'],
    ['MONGODB_URI', 'mongodb://root:hunter2/more@db.example', 'hunter2'],
    ['MONGODB_URI', 'mongodb://root:hunter2@a@db.example', 'hunter2'],
  ])('show %s without its credentials', (name, value, secret) => {
    const [line] = problemsOf({ [name]: value });

    expect(line).toContain('***');
    expect(line).not.toContain(secret);
  });

  it.each([
    'mongodb://127.0.0.1',
    'mongodb://127.0.0.1:27017/?directConnection=true',
    'mongodb://user:p%40ss@a.example:27017,b.example:27018/views?replicaSet=rs0&tls=true',
    'mongodb+srv://user:pass@cluster.example/?retryWrites=true',
    'mongodb://[::1]:27017/views',
  ])('take %s for a MongoDB', (uri) => {
    expect(readSettings({ MONGODB_URI: uri }).mongodb).toEqual({ uri, writesPerCommand: 500 });
  });

  it('write fewer documents a command to a MongoDB that bears no more', () => {
    const environment = { MONGODB_URI: 'mongodb://db.example', MONGODB_WRITES_PER_COMMAND: '40' };

    expect(readSettings(environment).mongodb?.writesPerCommand).toBe(40);
  });

  it.each([
    [{}, 'EVENTSTORE_URL, which is not set'],
    [{ EVENTSTORE_URL: 'esdb://db.example:2113?tls=false' }, 'tls=false'],
    [{ EVENTSTORE_URL: 'esdb://admin:changeit@db.example:2113' }, 'holds credentials too'],
  ])('refuse a file of credentials with %j', (environment, why) => {
    const file = { EVENTSTORE_CREDENTIALS_FILE: 'credential.json' };

    expect(problemsOf({ ...environment, ...file })).toEqual([expect.stringContaining(why)]);
  });

  it('take a file of credentials for an event store with TLS', () => {
    const settings = readSettings({
      EVENTSTORE_URL: 'esdb://db.example:2113?tls=true',
      EVENTSTORE_CREDENTIALS_FILE: '/run/secrets/event-store.json',
    });

    expect(settings.eventStoreCredentialsFile).toBe('/run/secrets/event-store.json');
  });

  it('let the event node be open to every user of the machine, but not in production', () => {
    const production = { NODE_ENV: 'production', AUTH_JWKS_FILE: 'jwks.json' };

    expect(readSettings({ EVENT_NODE_TLS: 'off' }).eventNodeTls).toBe(false);
    expect(problemsOf({ ...production, EVENT_NODE_TLS: 'off' })).toEqual([
      expect.stringContaining('EVENT_NODE_TLS=off'),
    ]);
  });

  it("refuse a registry's day in production", () => {
    const production = { NODE_ENV: 'production', AUTH_JWKS_FILE: 'jwks.json' };

    expect(problemsOf({ ...production, PORTBOOK_TODAY: '2003-11-20' })).toEqual([
      expect.stringContaining('PORTBOOK_TODAY=2003-11-20'),
    ]);
  });

  it.each(['0.0.0.0', '192.168.1.4', '::', 'portbook.example', '127.999.1.1'])(
    'refuse the development issuer where HOST is %s',
    (host) => {
      expect(problemsOf({ HOST: host })).toEqual([expect.stringContaining('AUTH_JWKS_URL')]);
      expect(problemsOf({ HOST: host, AUTH_JWKS_URL: 'https://login.example/keys' })).toEqual([]);
    },
  );

  it.each(['localhost', '::1', '127.0.0.2'])('let HOST be %s with it', (host) => {
    expect(problemsOf({ HOST: host })).toEqual([]);
  });

  it('refuse the development issuer in production', () => {
    expect(problemsOf({ NODE_ENV: 'production' })).toEqual([
      expect.stringContaining('NODE_ENV=production'),
    ]);
  });

  it('refuse two sources of public keys', () => {
    const both = { AUTH_JWKS_URL: 'https://login.example/keys', AUTH_JWKS_FILE: 'jwks.json' };

    expect(problemsOf(both)).toHaveLength(1);
  });
});

describe('docs/SETTINGS.md', () => {
  it('is the table (UPDATE_DOCS=1 writes it)', () => {
    const file = new URL('../../../docs/SETTINGS.md', import.meta.url);
    if (process.env['UPDATE_DOCS'] === '1') writeFileSync(file, settingsMarkdown());

    expect(existsSync(file) && readFileSync(file, 'utf8')).toBe(settingsMarkdown());
  });
});
