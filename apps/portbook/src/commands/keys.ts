import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Command } from 'commander';
import { ensureIssuerKey } from '#libs/web';
import { staged } from '../backup/staged-folder.js';
import { print } from '../output.js';

const ADVICE = 'Keys are never overwritten: name a folder that is not there yet.';
/** The owner alone may read what signs. */
const FILE_MODE = 0o600;

/** `portbook keys DIR`: the key folder of a system that is set up by hand or by compose. */
export function keysCommand(): Command {
  return new Command('keys')
    .description('make a key folder: the key of an issuer of tokens, the id and the ledger key')
    .argument('<dir>', 'the folder to make; it must not be there yet, or be empty')
    .action(makeKeys);
}

async function makeKeys(dir: string): Promise<void> {
  const target = await staged(async (stage) => {
    const { folder, target } = await stage(dir, ADVICE);
    await ensureIssuerKey(folder);
    await writeJson(join(folder, 'registry.json'), { id: randomUUID() });
    const { privateKey } = generateKeyPairSync('ed25519');
    await writeJson(join(folder, 'ledger.json'), privateKey.export({ format: 'jwk' }));
    return target;
  });
  await print(
    [
      `${target} holds the keys of a registry (mode 0700); keep a copy where its log is not.`,
      `Check tokens with AUTH_JWKS_FILE=${join(target, 'jwks.json')},`,
      `sign them with "portbook token ROLE --key ${join(target, 'issuer.json')}".`,
    ].join('\n'),
  );
}

async function writeJson(file: string, value: unknown): Promise<void> {
  await writeFile(file, `${JSON.stringify(value, null, 2)}\n`, { mode: FILE_MODE, flag: 'wx' });
}
