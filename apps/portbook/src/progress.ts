/** Progress of long work on stderr: one line that moves on a terminal, nothing but the end elsewhere. */
export interface Progress {
  readonly report: (done: number) => void;
  readonly finish: (line: string) => void;
}

const EVERY_MS = 250;

export function progressReporter(unit: string): Progress {
  const startedAt = Date.now();
  let reportedAt = startedAt;
  const isTerminal = process.stderr.isTTY;
  return {
    report: (done) => {
      const now = Date.now();
      if (!isTerminal || now - reportedAt < EVERY_MS) return;
      reportedAt = now;
      const rate = Math.round((done * 1000) / Math.max(1, now - startedAt));
      process.stderr.write(`\r${done} ${unit}, ${rate}/s `);
    },
    finish: (line) => {
      process.stderr.write(`${isTerminal ? '\r\u001b[K' : ''}${line}\n`);
    },
  };
}
