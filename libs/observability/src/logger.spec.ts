import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { withCorrelation } from './correlation.js';
import { logFields } from './log-fields.js';
import { createLogger } from './logger.js';
import { NestLogger } from './nest-logger.js';

function captured(level = 'info') {
  const lines: Record<string, unknown>[] = [];
  const destination = { write: (line: string) => lines.push(JSON.parse(line)) };
  return { lines, logger: createLogger({ level, process: 'api', destination }) };
}

describe('a log line', () => {
  it('is JSON with its level by name, the process and an instant', () => {
    const { lines, logger } = captured();
    logger.info({ position: 7 }, 'Sealed.');

    expect(lines).toEqual([
      { time: expect.any(String), level: 'info', process: 'api', position: 7, msg: 'Sealed.' },
    ]);
    expect(lines[0]?.['time']).toMatch(/^\d{4}-\d{2}-\d{2}T.*Z$/);
  });

  it('carries the correlation id under which it was written, across awaits and apart from others', async () => {
    const { lines, logger } = captured();
    await Promise.all(
      ['a', 'b'].map((id) =>
        withCorrelation(id, async () => {
          await setImmediate();
          logger.info(`of ${id}`);
        }),
      ),
    );
    logger.info('of none');

    expect(lines.map((line) => [line['msg'], line['correlationId']])).toEqual([
      ['of a', 'a'],
      ['of b', 'b'],
      ['of none', undefined],
    ]);
  });

  it('withholds what is in no list of fields, and whatever is more than one value', () => {
    const { lines, logger } = captured();
    const event = { id: 'e-1', data: { familyName: 'Zzyzxov' } };
    const slip = { event, familyName: 'Zzyzxov', reason: event } as object;
    logger.warn(slip, 'A slip.');

    expect(lines).toEqual([
      expect.objectContaining({
        ...{ event: '[withheld]', familyName: '[withheld]', reason: '[withheld]' },
        msg: 'A slip.',
      }),
    ]);
  });
});

describe('the fields of log lines', () => {
  it('are those that docs/OPERATIONS.md names, and no others', () => {
    const file = new URL('../../../docs/OPERATIONS.md', import.meta.url);
    const [, table = ''] = readFileSync(file, 'utf8').split('| field');
    const [rows = ''] = table.split('\n\n');
    const documented = rows.matchAll(/^\| `(\w+)` +\| (.*?) +\|$/gm);

    expect(Object.fromEntries([...documented].map(([, name, text]) => [name, text]))).toEqual(
      logFields,
    );
  });
});

describe('a fault in a log line', () => {
  /** Of what is thrown, as it is logged. */
  function logged(err: unknown): Record<string, unknown> {
    const { lines, logger } = captured();
    logger.error({ err }, 'A fault.');
    expect(JSON.stringify(lines)).not.toContain('Zzyzxov');
    return lines[0]?.['err'] as Record<string, unknown>;
  }

  it('is told by type, message, code and the places, its causes likewise', () => {
    const cause = Object.assign(new TypeError('no such page'), { code: 'EIO' });
    const { stack, ...told } = logged(new Error("The registry's page is lost.", { cause }));

    expect(told).toEqual({
      type: 'Error',
      message: "The registry's page is lost.",
      cause: expect.objectContaining({ type: 'TypeError', message: 'no such page', code: 'EIO' }),
    });
    expect(stack).toMatch(/^\s+at .*logger\.spec/);
  });

  it('does not repeat what the engine or a driver quotes, on however many lines', () => {
    const texts = ['{"familyName": Zzyzxov}', 'Zzyzxov'];
    for (const text of texts) {
      let fault: unknown;
      try {
        JSON.parse(text);
      } catch (error) {
        fault = error;
      }
      expect(logged(fault)['message']).toContain('…');
    }
    logged(new Error('Not one of "Zzyzxov\n    at Zzyzxov".'));
    logged(new Error(`Received type string ('Zzyzxov')`));
    logged(new Error('E11000 duplicate key: { familyName: "Zzyzxov" }'));
  });

  it('does not repeat the fields that a driver hangs on it, nor what is no error', () => {
    logged(Object.assign(new Error('duplicate key'), { keyValue: { familyName: 'Zzyzxov' } }));
    expect(logged('Zzyzxov')).toEqual({
      type: 'string',
      message: 'something that is no error was thrown',
    });
  });
});

describe("Nest's logger", () => {
  it('keeps faults with their stack, and leaves the chatter of starting to debugging', () => {
    const { lines, logger } = captured();
    const nest = new NestLogger(logger);
    nest.log('Mapped {/api} route', 'RouterExplorer');
    nest.error(new Error('broken'), 'ExceptionsHandler');

    expect(lines).toEqual([
      expect.objectContaining({
        level: 'error',
        context: 'ExceptionsHandler',
        msg: 'broken',
        err: expect.objectContaining({ stack: expect.stringContaining('logger.spec') }),
      }),
    ]);
  });

  it('repeats nothing of an object that it is handed', () => {
    const { lines, logger } = captured();
    new NestLogger(logger).error({ familyName: 'Zzyzxov' }, { familyName: 'Zzyzxov' });

    expect(lines).toHaveLength(1);
    expect(JSON.stringify(lines)).not.toContain('Zzyzxov');
  });
});
