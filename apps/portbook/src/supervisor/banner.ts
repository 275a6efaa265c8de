import type { Settings } from '#libs/settings';

/** What a start prints when everything serves: the address, the registry's day, three lines to paste. */
export function banner(url: string, registryDay: string, settings: Settings): string {
  const portbook = 'npx --no portbook';
  return `
Portbook is ready.

  address         ${url}
  registry's day  ${registryDay}
  data            ${settings.dataDir}

The first steps of the tour, to paste into a second terminal:

  ${portbook} command RegisterArrival --example | ${portbook} command RegisterArrival
  ${portbook} command SuspendDomesticRegistration --example | ${portbook} command SuspendDomesticRegistration
  ${portbook} replay --scenario no-suspension --on 2003-12-05 --by transition

Ctrl-C stops all of it.
`;
}
