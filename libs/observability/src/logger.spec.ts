import { describe, expect, it } from '@jest/globals';
import { setImmediate } from 'node:timers/promises';
import { withCorrelation } from './correlation.js';
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
      expect.objectContaining({ level: 'info', process: 'api', position: 7, msg: 'Sealed.' }),
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
        err: expect.objectContaining({ stack: expect.stringContaining('broken') }),
      }),
    ]);
  });
});
