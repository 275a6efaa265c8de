import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { problemAt } from './health.js';

let status: number;
let body: unknown;
let url: string;
const api = createServer((_, response) => {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
});

beforeAll(async () => {
  api.listen(0, '127.0.0.1');
  await once(api, 'listening');
  url = `http://127.0.0.1:${String((api.address() as AddressInfo).port)}/health/ready`;
});

afterAll(async () => {
  api.close();
  await once(api, 'close');
});

function answering(withStatus: number, withBody: unknown): void {
  status = withStatus;
  body = withBody;
}

const ready = { state: 'ready' };
const parked = { state: 'not-ready', why: 'It stands still.' };

describe('the health of a container', () => {
  it('is good where the API says so, and else is what it says', async () => {
    answering(200, { status: 'ready' });
    expect(await problemAt(url)).toBeUndefined();
    answering(503, { detail: 'A part is not ready yet: see parts.' });
    expect(await problemAt(url)).toBe('A part is not ready yet: see parts.');
  });

  it('is bad where nothing answers', async () => {
    expect(await problemAt('http://127.0.0.1:1/health/live')).toContain('Nothing answers at http');
  });

  it('of a projector is that of the views, whatever else is the matter', async () => {
    answering(503, { parts: { keys: parked, viewStore: ready, views: [ready, ready] } });
    expect(await problemAt(url, true)).toBeUndefined();
    answering(503, { parts: { viewStore: ready, views: [ready, parked] } });
    expect(await problemAt(url, true)).toBe('It stands still.');
  });

  it('of a projector is unknown where the answer names no views', async () => {
    answering(200, { status: 'ready' });
    expect(await problemAt(url, true)).toContain('says nothing of views');
  });
});
