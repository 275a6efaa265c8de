import { faultText } from './fault.js';
import type { Logger } from './logger.js';

/** Ends a process that served until now, and says why in its log, without what the engine would quote. */
export function endOfFault(logger: Logger, fault: unknown): never {
  logger.fatal({ err: fault }, `Something is broken, and this process ends: ${faultText(fault)}`);
  process.exit(1);
}

/** Ends the process so of what nobody caught. */
export function endOfWhatNobodyCaught(logger: Logger): void {
  process.on('uncaughtException', (fault: unknown) => endOfFault(logger, fault));
}
