import { isIPv4 } from 'node:net';
import { isCivilDay } from '#libs/kernel';

export const seeds = ['demo', 'timeline', 'none'] as const;
export type Seed = (typeof seeds)[number];

export const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];

/** Turns the text of a variable into its value; undefined where the text is not allowed. */
export type Reader<Value> = (text: string) => Value | undefined;

export const anyText: Reader<string> = (text) => text;

export const hostName: Reader<string> = (text) =>
  /^(?=.{1,253}$)[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/i.test(text) || isIpv6(text) ? text : undefined;

function isIpv6(text: string): boolean {
  return text.includes(':') && URL.canParse(`http://[${text}]/`);
}

/** Whether only programs on this machine can connect to an address of that name. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIPv4(host) && host.startsWith('127.'));
}

export const portNumber: Reader<number> = (text) =>
  /^\d{1,5}$/.test(text) && Number(text) <= 65_535 ? Number(text) : undefined;

export const civilDay: Reader<string> = (text) => (isCivilDay(text) ? text : undefined);

export function oneOf<Value extends string>(values: readonly Value[]): Reader<Value> {
  return (text) => values.find((value) => value === text);
}

export const eventStoreUrl: Reader<string> = (text) =>
  /^esdb(\+discover)?:\/\/[^/\s]+/.test(text) ? text : undefined;

/** The connection's options follow a question mark; TLS is on where they do not say otherwise. */
export function hasTls(url: string): boolean {
  return !/[?&]tls=false(&|$)/i.test(url);
}

/** Whether a username and a password stand before the hosts. */
export function hasCredentials(url: string): boolean {
  return /^[^?]*@/.test(url);
}

const MONGODB_HOST = String.raw`(?:[^@/\s,:?[\]]+|\[[\da-f:.]+\])(?::\d{1,5})?`;
const MONGODB_URI = new RegExp(
  String.raw`^mongodb(?:\+srv)?://(?:[^@/\s]+@)?${MONGODB_HOST}(?:,${MONGODB_HOST})*(?:/[^/\s?]*)?(?:\?\S*)?$`,
  'i',
);

/** Only its shape: its options are the driver's affair. */
export const mongodbUri: Reader<string> = (text) => (MONGODB_URI.test(text) ? text : undefined);

export const writesPerCommand: Reader<number> = (text) =>
  /^[1-9]\d{0,4}$/.test(text) && Number(text) <= 10_000 ? Number(text) : undefined;

/** Keys that decide who is let in must come over a connection that nobody can change. */
export const keySetUrl: Reader<URL> = (text) => {
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const safe = url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(host));
  return safe ? url : undefined;
};

const SHOWN_MAX = 120;

/**
 * The value as it may be shown, on one line: credentials, in front of a host or in a query, replaced
 * by `***`. Rather too much is taken for a credential than too little.
 */
export function concealed(text: string): string {
  const shown = text
    .replace(/\s+/g, ' ')
    .replace(/^([a-z][a-z0-9+.-]*:\/\/)?.*@/is, '$1***@')
    .replace(/([?&;][^=&;]*(?:pass|secret|token|key|user|auth)[^=&;]*=)[^&;]*/gi, '$1***');
  return shown.length > SHOWN_MAX ? `${shown.slice(0, SHOWN_MAX)}…` : shown;
}
