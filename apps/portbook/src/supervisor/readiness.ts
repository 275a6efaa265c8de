import { setTimeout as wait } from 'node:timers/promises';

const POLL_MS = 200;

/**
 * Asks until the API says that every part is ready (an empty log is seeded first) and answers the
 * registry's day; undefined when the signal came first.
 */
export async function untilReady(url: string, signal: AbortSignal): Promise<string | undefined> {
  while (!signal.aborted) {
    const day = await registryDayIfReady(url, signal);
    if (day !== undefined) return day;
    await wait(POLL_MS, undefined, { signal }).catch(() => undefined);
  }
  return undefined;
}

async function registryDayIfReady(url: string, signal: AbortSignal): Promise<string | undefined> {
  try {
    const response = await fetch(`${url}/health/ready`, { signal });
    if (!response.ok) return undefined;
    const body = (await response.json()) as { readonly registryDay?: string };
    return body.registryDay;
  } catch {
    return undefined;
  }
}
