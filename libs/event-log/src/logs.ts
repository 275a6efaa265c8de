import { IMPORTS_STREAM, REGISTRY_DAYS_STREAM } from '#libs/kernel';

/** The two ledgers of one store, told apart by the names of their streams. */
export type LogName = 'registry' | 'access';

/** Which log a stream belongs to; undefined for system streams and for what is not Portbook's. */
export function logOf(stream: string): LogName | undefined {
  if (/^(registrant|policy|scenario)-./.test(stream)) return 'registry';
  if (stream === REGISTRY_DAYS_STREAM || stream === IMPORTS_STREAM) return 'registry';
  return /^access-./.test(stream) ? 'access' : undefined;
}
