import { describe, expect, it } from '@jest/globals';
import { HELP, readArguments } from './arguments.js';

describe('the arguments of the event node', () => {
  it('are the folder "events" of the data folder, loopback and any port, where nothing is said', () => {
    expect(readArguments([], { PORTBOOK_DATA: '/var/registry' })).toEqual({
      folder: '/var/registry/events',
      host: '127.0.0.1',
      port: 0,
    });
  });

  it('go before the environment', () => {
    const environment = { PORTBOOK_DATA: '/var/registry', EVENT_NODE_PORT: '2113' };

    expect(readArguments([], environment)).toMatchObject({ port: 2113 });
    const given = ['--folder', 'here', '--host', '::1', '--port', '2114'];
    expect(readArguments(given, environment)).toEqual({ folder: 'here', host: '::1', port: 2114 });
  });

  it('may ask for help, which names each of them', () => {
    expect(readArguments(['--help'], {})).toBe('help');
    for (const name of ['--folder', '--host', '--port', '--help']) expect(HELP).toContain(name);
  });

  it.each([
    [['--flder', 'x'], "Unknown option '--flder'"],
    [['--folder', ''], '--folder is empty'],
    [['--port', '70000'], '--port 70000: allowed is a whole number from 0 to 65535'],
    [['--port', 'any'], '--port any: allowed'],
    [['here'], 'here'],
  ])('%j are refused', (commandLine, finding) => {
    expect(() => readArguments(commandLine, {})).toThrow(finding);
  });
});
