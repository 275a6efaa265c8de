import { readFileSync } from 'node:fs';

/** The nearest package.json above: from the sources two folders up from here, from the build one more. */
function versionOfPackage(): string {
  for (const up of ['../../../package.json', '../../../../package.json']) {
    try {
      const text = readFileSync(new URL(up, import.meta.url), 'utf8');
      return (JSON.parse(text) as { readonly version: string }).version;
    } catch {
      continue;
    }
  }
  throw new Error('The package.json of Portbook is not where it belongs.');
}

export const VERSION = versionOfPackage();
