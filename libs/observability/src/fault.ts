const TEXT_MAX = 500;
const FRAMES_MAX = 20;
const CAUSES_MAX = 3;
/** What engines and drivers quote in their messages is often the very value that they could not take. */
const QUOTED = [
  /".*"/gsu,
  /`.*`/gsu,
  /\{.*\}/gsu,
  // Not the apostrophes within and after words.
  /(?<![\p{L}\p{N}])'.*'(?![\p{L}\p{N}])/gsu,
];

/** A fault as a log line carries it. */
export interface LoggedFault {
  readonly type: string;
  readonly message: string;
  readonly code?: string | number;
  readonly stack?: string;
  readonly cause?: LoggedFault;
}

/** What a fault says, without what it quotes, which may be a person's data. */
export function faultText(fault: unknown): string {
  if (!isFault(fault)) return 'something that is no error was thrown';
  return QUOTED.reduce((text, quoted) => text.replace(quoted, '…'), fault.message).slice(
    0,
    TEXT_MAX,
  );
}

/** A fault without what it quotes, and without the fields that drivers hang on theirs. */
export function loggedFault(fault: unknown, depth = 0): LoggedFault {
  if (!isFault(fault)) return { type: typeof fault, message: faultText(fault) };
  const { code, cause } = fault as { readonly code?: unknown; readonly cause?: unknown };
  const stack = framesOf(fault);
  return {
    type: fault.name,
    message: faultText(fault),
    ...((typeof code === 'string' || typeof code === 'number') && { code }),
    ...(stack !== '' && { stack }),
    ...(cause !== undefined && depth < CAUSES_MAX && { cause: loggedFault(cause, depth + 1) }),
  };
}

/** Not by `instanceof`: an error may come from another realm. */
function isFault(value: unknown): value is Error {
  return (
    typeof value === 'object' &&
    value !== null &&
    typeof (value as { readonly message?: unknown }).message === 'string' &&
    typeof (value as { readonly name?: unknown }).name === 'string'
  );
}

/** Where it was thrown. A stack begins with the message, which may have several lines. */
function framesOf({ message, stack = '' }: Error): string {
  const begins = stack.indexOf(message);
  const behind = begins === -1 ? stack : stack.slice(begins + message.length);
  const frames = behind.split('\n').filter((line) => /^\s+at /.test(line));
  return frames.slice(0, FRAMES_MAX).join('\n');
}
