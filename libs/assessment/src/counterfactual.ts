import { type Obligation, obligationName } from './obligation.js';

/**
 * Marks what nobody was asked for: an obligation that would be missed, or met late, although in the
 * recorded world the same one was not imposed, was still upcoming or open, was released, or was met
 * by its due day. Nothing is known about whether they would have come.
 */
export function asUntested(
  obligations: readonly Obligation[],
  recorded: readonly Obligation[],
): readonly Obligation[] {
  const really = new Map(recorded.map((obligation) => [obligationName(obligation), obligation]));
  return obligations.map((obligation) => {
    if (obligation.status !== 'missed' && obligation.status !== 'met-late') return obligation;
    const twin = really.get(obligationName(obligation));
    return wasTested(twin) ? obligation : { ...obligation, status: 'untested' };
  });
}

function wasTested(recorded: Obligation | undefined): boolean {
  if (!recorded) return false;
  const { status, satisfiedOn, dueOn } = recorded;
  // Met within a reopening: asked for the due day, and not kept.
  if (status === 'met') return satisfiedOn !== undefined && satisfiedOn > dueOn;
  return status === 'met-late' || status === 'missed' || status === 'excused';
}
