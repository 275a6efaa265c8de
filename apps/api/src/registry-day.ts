import type { RegistryClock } from '#libs/command-handling';
import type { CivilDay, Instant } from '#libs/kernel';

/**
 * The registry's day and time as this process knows them. The demo's day becomes known only when the
 * demo has been seeded, so the clock can be exchanged.
 */
export class RegistryDay implements RegistryClock {
  constructor(private clock: RegistryClock) {}

  follow(clock: RegistryClock): void {
    this.clock = clock;
  }

  readonly now = (): Instant => this.clock.now();

  readonly registryDay = (): CivilDay => this.clock.registryDay();
}
