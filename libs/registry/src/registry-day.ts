import { type CivilDay, type EventTable, shape } from '#libs/kernel';

/**
 * The stream `registry-days`: days are events too, so that views which depend on the day are functions
 * of the log alone. One for each change of the registry's day; gaps are not filled.
 */
export interface RegistryDayBegan {
  readonly type: 'RegistryDayBegan';
  readonly data: { readonly day: CivilDay };
}

export const registryDayTable: EventTable = {
  RegistryDayBegan: {
    version: 1,
    personal: [],
    check: (data) => shape.object({ day: shape.day })(data, ''),
  },
};
