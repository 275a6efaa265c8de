import type { PolicyCommand } from '#libs/policy';
import type { Issue } from './attempt.js';

/**
 * A policy command as the command bus takes it. All of them travel alike, with the body of their
 * event, so that one class serves them; what each one asks is decided in the policy room.
 */
export class IssuePolicyCommand {
  constructor(
    readonly command: PolicyCommand,
    readonly issue: Issue,
  ) {}
}
