import { Argument, Command } from 'commander';
import { type Role, roles } from '#libs/access';
import { ensureIssuerKey, mintToken, readJwk } from '#libs/web';
import { settingsHere } from '../api-client.js';
import { wrongUse } from '../exit.js';
import { print } from '../output.js';

/** `portbook token ROLE`: a token of the development issuer, or one signed with a given key. */
export function tokenCommand(): Command {
  return new Command('token')
    .description('print a token of 12 hours with one role')
    .addArgument(new Argument('<role>', 'what the bearer may do').choices([...roles]))
    .option('--key <file>', 'sign with this private key (JWK) instead of the development key')
    .action(async (role: Role, { key }: { key?: string }) => {
      const settings = settingsHere();
      if (key === undefined && settings.auth.keys.kind !== 'development') {
        throw wrongUse('This system has an issuer of its own: name its private key with --key.');
      }
      const jwk = key === undefined ? await ensureIssuerKey(settings.keysDir) : await readJwk(key);
      if (!jwk) throw wrongUse(`There is no key file ${String(key)}.`);
      const { issuer, audience } = settings.auth;
      await print(await mintToken({ key: jwk, issuer, audience, role }));
    });
}
