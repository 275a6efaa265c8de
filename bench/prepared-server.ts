import { readFileSync } from 'node:fs';
import { createServer } from 'node:http2';
import type { AddressInfo } from 'node:net';

/*
 * Answers every call with bytes that lie ready in memory: the most that a client can be given, and so what
 * a node's reads are measured against. Run as a process of its own; the file holds the bytes.
 */
const WRITE_BYTES = 64 * 1024;

const bytes = readFileSync(process.argv[2] ?? '');
const server = createServer();
server.on('stream', (stream) => {
  stream.on('error', () => undefined);
  stream.resume();
  stream.respond({ ':status': 200, 'content-type': 'application/grpc' }, { waitForTrailers: true });
  stream.on('wantTrailers', () => {
    stream.sendTrailers({ 'grpc-status': '0' });
  });
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
});
server.listen(0, '127.0.0.1', () => {
  process.send?.({ port: (server.address() as AddressInfo).port });
});
process.on('disconnect', () => process.exit(0));
