import type { Collection } from '#libs/view-store';
import { policyTimeline } from '#projections/policy-timeline';
import { registrantFile } from '#projections/registrant-file';

/** The views that answers are taken from: they must be filled, and are watched. */
export const servedViews: readonly Collection[] = [registrantFile, policyTimeline];
