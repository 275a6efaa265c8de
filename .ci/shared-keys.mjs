// Opens a folder of keys as the API and the projector do: `hold` makes a key and keeps the folder open for
// a while, `find` looks for that key, and `both` does the second beside the first.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const { openRegistrantKeys, openRegistrantKeysReadOnly } =
  await import('../dist/libs/event-log/src/index.js');
const ID = '5c0ffee5-0000-4000-8000-000000000001';
const [role, folder] = process.argv.slice(2);
const script = fileURLToPath(import.meta.url);

if (role === 'hold') {
  const keys = await openRegistrantKeys(folder);
  await keys.getOrCreate([ID]);
  process.stdout.write('open\n');
  await wait(20_000);
} else if (role === 'find') {
  if (openRegistrantKeysReadOnly(folder).find(ID)?.length !== 32) throw new Error('No key.');
} else {
  const holder = spawn(process.execPath, [script, 'hold', folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(holder.stdout, 'data');
  const { status } = spawnSync(process.execPath, [script, 'find', folder], { stdio: 'inherit' });
  holder.kill();
  if (status !== 0) process.exit(1);
  process.stdout.write('Processes of one PID namespace share a folder of keys.\n');
}
