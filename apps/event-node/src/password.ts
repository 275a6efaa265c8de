import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';

/** The first line of the standard input; what is typed at a terminal is not shown. */
export async function readPassword(question: string): Promise<string> {
  const isTerminal = process.stdin.isTTY;
  if (isTerminal) process.stderr.write(question);
  const output = new Writable({
    write: (_chunk, _encoding, done) => {
      done();
    },
  });
  const lines = createInterface({ input: process.stdin, output, terminal: isTerminal });
  let password = '';
  for await (const line of lines) {
    password = line;
    break;
  }
  if (isTerminal) process.stderr.write('\n');
  return password;
}
