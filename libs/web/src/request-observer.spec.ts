import { once } from 'node:events';
import { connect, type AddressInfo } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Controller, Get, Module, Param } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import request from 'supertest';
import { createLogger, Registry } from '#libs/observability';
import { Public } from './access-guard.js';
import { createWebApp } from './web.js';

const asked = new EventTarget();

@Controller()
@Public()
class SampleController {
  @Get('people/:id')
  person(@Param('id') id: string) {
    return { id };
  }

  @Get('silent')
  silent(): Promise<never> {
    asked.dispatchEvent(new Event('silent'));
    return new Promise<never>(() => {
      // Nothing ever comes.
    });
  }
}

@Module({ controllers: [SampleController] })
class SampleModule {}

let app: NestExpressApplication;
const logged: string[] = [];
const metrics = new Registry();

beforeAll(async () => {
  const destination = { write: (line: string) => logged.push(line) };
  const logger = createLogger({ level: 'debug', process: 'spec', destination });
  const verify = () => Promise.reject(new Error('Nobody is asked for a token here.'));
  app = await createWebApp(SampleModule, { verify, logger, metrics });
  await app.listen(0, '127.0.0.1');
});

afterAll(() => app.close());

const http = () => request(app.getHttpServer());

describe('what is told of a request', () => {
  const id = 'f81d4fae-7dec-41d0-a765-00a0c91e6bf7';

  /** The line of it, once the request is over on this side too. */
  async function toldOf(correlationId: string): Promise<Record<string, unknown>> {
    for (;;) {
      const line = logged.find((text) => text.includes(correlationId) && text.includes('Answered'));
      if (line !== undefined) return JSON.parse(line) as Record<string, unknown>;
      await setImmediate();
    }
  }

  it('is one line of its method, the pattern of its route, its status and duration', async () => {
    await http().get('/people/Zzyzxov').set('X-Correlation-Id', id);

    expect(await toldOf(id)).toEqual({
      ...{ time: expect.any(String), level: 'info', process: 'spec', correlationId: id },
      ...{ method: 'GET', route: '/people/:id', status: 200, durationMs: expect.any(Number) },
      msg: 'Answered.',
    });
  });

  it('is counted by the same, and all addresses where there is nothing as one', async () => {
    await http().get('/Zzyzxov/1').set('X-Correlation-Id', id.replace('f8', 'f9'));
    await http().get('/Zzyzxov/2').set('X-Correlation-Id', id.replace('f8', 'fa'));
    await toldOf(id.replace('f8', 'fa'));
    const text = await metrics.metrics();

    expect(text).toContain(
      'portbook_http_requests_total{method="GET",route="/people/:id",status="200"}',
    );
    expect(text).toContain(
      'portbook_http_request_duration_seconds_count{method="GET",route="/people/:id"}',
    );
    expect(text).toContain('portbook_http_requests_total{method="GET",route="none",status="404"}');
    expect(text + logged.join()).not.toContain('Zzyzxov');
  });

  it('says where the caller went away before the answer was whole', async () => {
    const { port } = app.getHttpServer().address() as AddressInfo;
    const gone = id.replace('f8', 'fb');
    const silent = once(asked, 'silent');
    const socket = connect(port, '127.0.0.1', () => {
      socket.write(`GET /silent HTTP/1.1\r\nHost: x\r\nX-Correlation-Id: ${gone}\r\n\r\n`);
    });
    await silent;
    socket.destroy();

    expect(await toldOf(gone)).toMatchObject({ route: '/silent', isAborted: true });
  });
});
