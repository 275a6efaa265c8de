interface Part {
  readonly state?: string;
  readonly why?: string;
}

interface Answer {
  readonly detail?: string;
  readonly parts?: { readonly viewStore?: Part; readonly views?: readonly Part[] };
}

const WITHIN_MS = 4_000;

/**
 * Why the address does not say that all is well, in one line; undefined where it does. With `views`
 * only that is asked for which a projector answers for: that the views are in step.
 */
export async function problemAt(url: string, views = false): Promise<string | undefined> {
  let response: Response;
  let answer: Answer;
  try {
    response = await fetch(url, { signal: AbortSignal.timeout(WITHIN_MS) });
    answer = (await response.json()) as Answer;
  } catch (error) {
    return `Nothing answers at ${url} (${error instanceof Error ? error.message : String(error)}).`;
  }
  if (!views) return response.ok ? undefined : (answer.detail ?? `It answers ${response.status}.`);
  const { viewStore, views: each = [] } = answer.parts ?? {};
  if (!viewStore || each.length === 0) return `${url} says nothing of views.`;
  const behind = [viewStore, ...each].find(({ state }) => state !== 'ready');
  return behind && (behind.why ?? 'A view is not ready.');
}
