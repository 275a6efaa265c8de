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
  switch (recorded?.status) {
    case 'met':
      return recorded.satisfiedOn !== undefined && recorded.satisfiedOn > recorded.dueOn;
    case 'met-late':
    case 'missed':
    case 'excused':
      return true;
    default:
      return false;
  }
}
