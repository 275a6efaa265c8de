import { isCivilDay } from './civil-day.js';

/** An instant in UTC to the millisecond, always `YYYY-MM-DDTHH:MM:SS.mmmZ`; such strings sort as the instants do. */
export type Instant = string;

const FORM = /^\d{4}-\d{2}-\d{2}T([01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z$/;

/** Whether the value has exactly the stored form of an instant. */
export function isInstant(value: unknown): value is Instant {
  return typeof value === 'string' && FORM.test(value) && isCivilDay(value.slice(0, 10));
}
