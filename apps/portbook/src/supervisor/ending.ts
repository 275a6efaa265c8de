import { join } from 'node:path';

export interface Ending {
  /** Null where the process ended by itself. */
  readonly signal: NodeJS.Signals | null;
  readonly dataDir: string;
}

/** By these a process ends that reaches for what its mapped file does not have. */
const OF_MAPPED_FILES: readonly unknown[] = ['SIGSEGV', 'SIGBUS', 'SIGABRT'];

/** How a process ended, in words that follow its name, and what to do where it could not say so itself. */
export function endingOf(name: string, { signal, dataDir }: Ending): string {
  if (signal === null) return 'ended';
  if (!OF_MAPPED_FILES.includes(signal)) return `was ended by ${signal}`;
  const isNode = name === 'event-node';
  const [what, where] = isNode
    ? ['the index of its log is', join(dataDir, 'events', 'index.mdb')]
    : ['the views are', join(dataDir, 'views')];
  return (
    `was ended by ${signal}, as where the disk is full or ${what} damaged. ` +
    `If there is room on the disk, stop Portbook, remove ${where} and start again: ` +
    `${isNode ? 'it is made anew' : 'they are filled again'} from the log, which is not touched`
  );
}
