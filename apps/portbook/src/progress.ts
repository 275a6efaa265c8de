/**
 * Progress of long work on stderr: one line that moves on a terminal, elsewhere a line now and then,
 * so that a log shows that the work goes on without being filled by it.
 */
export interface Progress {
  /** How much is done, and where it is known of how much, from which the time that remains follows. */
  readonly report: (done: number, of?: number) => void;
  /** Takes the moving line away, and says how the work ended. */
  readonly finish: (line?: string) => void;
}

const EVERY_MS = { onTerminal: 250, elsewhere: 10_000 } as const;

export function progressReporter(unit: string): Progress {
  const startedAt = Date.now();
  let reportedAt = startedAt;
  const { isTTY: isTerminal } = process.stderr;
  const everyMs = isTerminal ? EVERY_MS.onTerminal : EVERY_MS.elsewhere;
  return {
    report: (done, of) => {
      const now = Date.now();
      if (now - reportedAt < everyMs) return;
      reportedAt = now;
      const line = progressLine({ done, of, unit, elapsedMs: now - startedAt });
      process.stderr.write(isTerminal ? `\r\u001b[K${line}` : `${line}\n`);
    },
    finish: (line) => {
      if (isTerminal) process.stderr.write('\r\u001b[K');
      if (line !== undefined) process.stderr.write(`${line}\n`);
    },
  };
}

interface Done {
  readonly done: number;
  readonly of: number | undefined;
  readonly unit: string;
  readonly elapsedMs: number;
}

/** Such as `1200 of 3000 people, 400/s, 5 s left`. */
export function progressLine({ done, of, unit, elapsedMs }: Done): string {
  const perSecond = (done * 1000) / Math.max(1, elapsedMs);
  const amount = of === undefined ? `${done}` : `${done} of ${of}`;
  const rate = `${amount} ${unit}, ${Math.round(perSecond)}/s`;
  if (of === undefined || perSecond === 0) return rate;
  return `${rate}, ${durationOf(Math.ceil((of - done) / perSecond))} left`;
}

export function megabytes(bytes: number): number {
  return Math.round(bytes / 1_000_000);
}

function durationOf(seconds: number): string {
  if (seconds < 60) return `${seconds} s`;
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
