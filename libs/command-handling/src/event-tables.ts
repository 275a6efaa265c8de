import type { EventTable } from '#libs/kernel';
import { policyEventTable } from '#libs/policy';
import { importEventTable, registrantEventTable, registryDayTable } from '#libs/registry';

/** Every event type that may lie in the registry log: what an app hands to the codec. */
export const eventTables: readonly EventTable[] = [
  policyEventTable,
  registrantEventTable,
  registryDayTable,
  importEventTable,
];
