import { describe, expect, it } from '@jest/globals';
import { HELP, readArguments } from './arguments.js';

describe('the arguments of the event node', () => {
  it('are the folder "events" of the data folder, loopback, any port and TLS, where nothing is said', () => {
    expect(readArguments([], { PORTBOOK_DATA: '/var/registry' })).toEqual({
      folder: '/var/registry/events',
      host: '127.0.0.1',
      port: 0,
      security: { keys: '/var/registry/keys/event-node' },
      allowsDelete: false,
      logLevel: 'info',
    });
  });

  it('go before the environment', () => {
    const environment = { PORTBOOK_DATA: '/var/registry', EVENT_NODE_PORT: '2113' };

    expect(readArguments([], environment)).toMatchObject({ port: 2113 });
    const given = ['--folder', 'here', '--host', '::1', '--port', '2114', '--keys', '/var/keys'];
    expect(readArguments(given, { ...environment, EVENT_NODE_TLS: 'off' })).toEqual({
      folder: 'here',
      host: '::1',
      port: 2114,
      security: { keys: '/var/keys' },
      allowsDelete: false,
      logLevel: 'info',
    });
  });

  it('are heeded where they say how much is logged, and refused where that is no level', () => {
    const production = { NODE_ENV: 'production', LOG_LEVEL: 'warn' };
    const given = ['--folder', 'here', '--keys', 'there', '--port', '0'];

    expect(readArguments(given, production)).toMatchObject({ logLevel: 'warn' });
    expect(() => readArguments(given, { LOG_LEVEL: 'loud' })).toThrow('LOG_LEVEL=loud: allowed is');
  });

  it.each(['registry.example', '192.168.1.4', 'fd00::4'])('may advertise %s', (name) => {
    const given = ['--host', '0.0.0.0', '--advertise-host', name];

    expect(readArguments(given, {})).toMatchObject({ host: '0.0.0.0', advertiseHost: name });
  });

  it('may ask for help, which names each of them', () => {
    expect(readArguments(['--help'], {})).toBe('help');
    const options = [
      'folder',
      'host',
      'advertise-host',
      'port',
      'keys',
      'plaintext',
      'allow-delete',
      'add-user',
      'help',
    ];
    for (const name of options) expect(HELP).toContain(`  --${name} `);
  });

  it.each([
    [['--plaintext'], {}],
    [[], { EVENT_NODE_TLS: 'off' }],
  ])('ask for plaintext by %j and %j only', (commandLine, environment) => {
    expect(readArguments(commandLine, environment)).toMatchObject({ security: 'plaintext' });
  });

  it('never ask for plaintext in production', () => {
    const production = { NODE_ENV: 'production', AUTH_JWKS_FILE: 'jwks.json' };

    expect(() => readArguments(['--plaintext'], production)).toThrow('--plaintext is not allowed');
  });

  it('may add a user instead, to the same folder', () => {
    expect(readArguments(['--add-user', 'ruth'], { PORTBOOK_KEYS: '/var/keys' })).toEqual({
      addUser: 'ruth',
      keys: '/var/keys/event-node',
    });
  });

  it.each([
    [['--flder', 'x'], "Unknown option '--flder'"],
    [['--folder', ''], '--folder is empty'],
    [['--keys', ''], '--keys is empty'],
    [['--keys', 'here', '--plaintext'], 'Leave one of them out'],
    [['--advertise-host', ''], '--advertise-host : allowed'],
    [['--advertise-host', '0.0.0.0'], '--advertise-host 0.0.0.0: allowed'],
    [['--advertise-host', '10.0.0.999'], '--advertise-host 10.0.0.999: allowed'],
    [['--advertise-host', 'a:2113'], '--advertise-host a:2113: allowed'],
    [['--port', '70000'], '--port 70000: allowed is a whole number from 0 to 65535'],
    [['--port', 'any'], '--port any: allowed'],
    [['here'], 'here'],
  ])('%j are refused', (commandLine, finding) => {
    expect(() => readArguments(commandLine, {})).toThrow(finding);
  });
});
