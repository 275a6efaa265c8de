import type { CommandObserver, CommandOutcome } from '#libs/command-handling';
import { Counter, type Registry } from '#libs/observability';

/** Counts what commands come to. What is malformed or not let in never becomes one: see the requests. */
export function commandMetrics(metrics: Registry): CommandObserver {
  const commands = new Counter({
    name: 'portbook_commands_total',
    help: 'Commands by name and outcome; of a refusal the code, else the code is empty.',
    labelNames: ['command', 'outcome', 'code'],
    registers: [metrics],
  });
  const conflicts = new Counter({
    name: 'portbook_append_conflicts_total',
    help: 'Appends of a command that came too late, by what followed: decided again, or given up.',
    labelNames: ['command', 'next'],
    registers: [metrics],
  });
  return {
    onOutcome: (command, outcome) => {
      commands.inc({ command, ...labelsOf(outcome) });
    },
    onConflict: (command, next) => {
      conflicts.inc({ command, next });
    },
  };
}

function labelsOf(outcome: CommandOutcome | 'fault'): { outcome: string; code: string } {
  if (outcome === 'fault') return { outcome, code: '' };
  if (outcome.kind === 'refused') return { outcome: 'refused', code: outcome.refusal.code };
  if (outcome.kind !== 'accepted') return { outcome: outcome.kind, code: '' };
  if (outcome.isDryRun) return { outcome: 'dry-run', code: '' };
  return { outcome: outcome.isRepeated ? 'repeated' : 'accepted', code: '' };
}
