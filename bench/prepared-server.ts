import { readFileSync } from 'node:fs';
import { createServer, type ServerHttp2Stream } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { FrameReader, frame } from '../libs/event-node/src/frames.js';

/*
 * Does no work of its own: it answers a read with bytes that lie ready in memory, and a batch append at
 * once, as taken. That is the most that a client can be given, and so what a node is measured against. Run
 * as a process of its own; the first file holds the answer to a read, the second what the node can do.
 */
const WRITE_BYTES = 64 * 1024;
const MESSAGE_BYTES_MAX = 17 * 1024 * 1024;
/** BatchAppendReq: a last chunk ends with its fourth field, `is_final`, true. */
const IS_FINAL = Buffer.from([0x20, 0x01]);
/** BatchAppendResp: success at revision 0, without a position. */
const SUCCESS = Buffer.from([0x1a, 0x04, 0x08, 0x00, 0x22, 0x00]);

const [answerFile = '', featuresFile = ''] = process.argv.slice(2);
const answer = readFileSync(answerFile);
const features = readFileSync(featuresFile);
const server = createServer();
server.on('stream', (stream, headers) => {
  const method = String(headers[':path']).split('/').at(-1);
  stream.on('error', () => undefined);
  stream.respond({ ':status': 200, 'content-type': 'application/grpc' }, { waitForTrailers: true });
  stream.on('wantTrailers', () => {
    stream.sendTrailers({ 'grpc-status': '0' });
  });
  if (method === 'BatchAppend') {
    takeBatches(stream);
    return;
  }
  stream.resume();
  write(stream, method === 'Read' ? answer : features);
});
server.listen(0, '127.0.0.1', () => {
  process.send?.({ port: (server.address() as AddressInfo).port });
});
process.on('disconnect', () => process.exit(0));

function write(stream: ServerHttp2Stream, bytes: Buffer): void {
  let at = 0;
  const more = (): void => {
    while (at < bytes.length) {
      const next = bytes.subarray(at, at + WRITE_BYTES);
      at += next.length;
      if (!stream.write(next)) {
        stream.once('drain', more);
        return;
      }
    }
    stream.end();
  };
  more();
}

function takeBatches(stream: ServerHttp2Stream): void {
  const reader = new FrameReader({
    bytesMax: MESSAGE_BYTES_MAX,
    exceeded: () => {
      throw new Error('The batch is longer than a client sends.');
    },
  });
  stream.on('data', (chunk: Buffer) => {
    for (const message of reader.push(chunk)) {
      if (!message.subarray(-IS_FINAL.length).equals(IS_FINAL)) continue;
      // The correlation id is the first field of the request, and of the answer.
      const correlation = message.subarray(0, 2 + (message[1] ?? 0));
      stream.write(frame(Buffer.concat([correlation, SUCCESS])));
    }
  });
  stream.on('end', () => {
    stream.end();
  });
}
