/** One line of what strace wrote: a call begins, returns, or does both with nothing in between. */
export interface TracedCall {
  readonly thread: string;
  readonly name: string;
  /** As strace shows it: a path, or `TCP:[...]`. */
  readonly target: string;
  /** What is written or sent. */
  readonly bytes: Buffer;
  readonly begins: boolean;
  /** What the call gave; absent while it is under way. */
  readonly result?: number;
  /** The arguments as they stand in the trace. */
  readonly args: string;
}

/** All calls that may change a file or send something. */
const CALLS = [
  ...['openat', 'write', 'writev', 'pwrite64', 'pwritev', 'pwritev2', 'ftruncate'],
  ...['sendto', 'sendmsg', 'sendmmsg', 'fdatasync', 'fsync'],
];

/** How the calls are to be traced for them to be read. */
export const STRACE = [
  ...(['strace', '-f', '-yy', '-s', '1048576', '-e', 'signal=none'] as const),
  ...['-e', `trace=${CALLS.join(',')}`],
] as const;

const LINE = /^(\d+) +(?:<\.\.\. (\w+) resumed>|(\w+)\()(.*)$/s;
const RESULT = /\) += (-?\d+)[^)"]*$/;
const UNFINISHED = ' <unfinished ...>';
const TARGET = /^\d+<(.*?)>(?=[,) ]|$)/;

/** The calls in the order in which they began and returned. Throws at what cannot be read. */
export function* tracedCalls(trace: string): Generator<TracedCall> {
  const underWay = new Map<string, TracedCall>();
  for (const line of trace.split('\n')) {
    const [, thread = '', resumed, name = '', args = ''] = LINE.exec(line) ?? [];
    if (thread === '') continue;
    const result = Number(RESULT.exec(args)?.[1] ?? NaN);
    if (resumed !== undefined) {
      const begun = underWay.get(thread);
      if (begun?.name !== resumed) throw new Error(`A call returned that never began: ${line}`);
      underWay.delete(thread);
      yield { ...begun, begins: false, result };
      continue;
    }
    const target = name === 'openat' ? /"(.*?)"/.exec(args)?.[1] : TARGET.exec(args)?.[1];
    const call = { thread, name, target: target ?? '', bytes: quoted(args), begins: true, args };
    if (!args.endsWith(UNFINISHED)) {
      yield { ...call, result };
      continue;
    }
    underWay.set(thread, call);
    yield call;
  }
}

const QUOTED = /"((?:[^"\\]|\\.)*)"(\.\.\.)?/g;

/** All that stands in quotes, as the bytes that it stands for. */
function quoted(args: string): Buffer {
  const pieces = [...args.matchAll(QUOTED)].map(([, text = '', isCut]) => {
    if (isCut !== undefined) throw new Error('The trace does not hold all that was written.');
    return unescaped(text);
  });
  return Buffer.concat(pieces);
}

const ESCAPE = /\\([0-7]{1,3}|.)/g;
const LETTERS: Readonly<Record<string, string>> = {
  ...{ n: '\n', t: '\t', r: '\r', v: '\v', f: '\f' },
};

function unescaped(text: string): Buffer {
  const latin1 = text.replace(ESCAPE, (_, code: string) =>
    /^[0-7]/.test(code) ? String.fromCharCode(Number.parseInt(code, 8)) : (LETTERS[code] ?? code),
  );
  return Buffer.from(latin1, 'latin1');
}
