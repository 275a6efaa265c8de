import { connect } from 'node:net';
import { setTimeout as after } from 'node:timers/promises';
import type { NodeProcess } from '../../bench/node-process.js';
import type { Attack } from './attack.js';
import { h2Frame, h2Headers, pushed, rawConnection } from './connections.js';

/** The types and flags of frames that RFC 9113 names. */
const [DATA, HEADERS, RST_STREAM, SETTINGS, PING, WINDOW_UPDATE, CONTINUATION] = [
  0, 1, 3, 4, 6, 8, 9,
];
const END_HEADERS = 4;
const MANY = 50_000;

/** Frames that cost their sender little. The answers are not read. */
export const floods: Readonly<Record<string, Attack>> = {
  'pings, their answers unread': flood(() => h2Frame(PING, { payload: Buffer.alloc(8) })),
  'settings, their answers unread': flood(() =>
    h2Frame(SETTINGS, { payload: Buffer.from([0, 4, 0, 1, 0, 0]) }),
  ),
  'streams begun and reset': flood((at) => {
    const stream = 2 * at + 1;
    const begun = h2Frame(HEADERS, { flags: END_HEADERS, stream, payload: h2Headers('Append') });
    return Buffer.concat([
      begun,
      h2Frame(RST_STREAM, { stream, payload: Buffer.from([0, 0, 0, 8]) }),
    ]);
  }),
  'streams begun and left': flood((at) =>
    h2Frame(HEADERS, { flags: END_HEADERS, stream: 2 * at + 1, payload: h2Headers('Append') }),
  ),
  'headers without an end': flood((at) =>
    at === 0
      ? h2Frame(HEADERS, { stream: 1, payload: h2Headers('Append') })
      : h2Frame(CONTINUATION, { stream: 1, payload: Buffer.alloc(1_000, 0x82) }),
  ),
  'data without content': flood((at) =>
    at === 0
      ? h2Frame(HEADERS, { flags: END_HEADERS, stream: 1, payload: h2Headers('BatchAppend') })
      : h2Frame(DATA, { stream: 1 }),
  ),
  'window updates': flood(() => h2Frame(WINDOW_UPDATE, { payload: Buffer.from([0, 0, 0, 1]) })),
  'connections that say nothing': async ({ open, closed }) => {
    const silent = [open, closed].flatMap((node) => Array.from({ length: 300 }, () => tcp(node)));
    await after(300);
    return () => {
      for (const socket of silent) socket.destroy();
    };
  },
};

function flood(frame: (at: number) => Buffer): Attack {
  return async ({ open }) => {
    const socket = rawConnection(open);
    await pushed(socket, together(frame));
    return () => {
      socket.destroy();
    };
  };
}

/** Many frames a write: a write for each would flood the attacker. */
function* together(frame: (at: number) => Buffer): Generator<Buffer> {
  const atOnce = 100;
  for (let at = 0; at < MANY; at += atOnce) {
    yield Buffer.concat(Array.from({ length: atOnce }, (_, more) => frame(at + more)));
  }
}

function tcp(node: NodeProcess) {
  return connect(node.port, '127.0.0.1').on('error', () => undefined);
}
