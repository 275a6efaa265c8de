import { readFileSync, writeFileSync } from 'node:fs';

/** The middle of what was measured; of an even number the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? NaN;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? NaN)) / 2;
}

export interface Measured {
  /** Events a second. */
  readonly rate: number;
  /** Microseconds of CPU that an event took in this process. */
  readonly ownCpu: number;
  /** Likewise in the other process; 0 where none was named. */
  readonly otherCpu: number;
}

/** Runs a piece of work once, which gives its number of events, and says what one took here and there. */
export async function measured(
  work: () => number | Promise<number>,
  otherPid?: number,
): Promise<Measured> {
  const cpu = process.cpuUsage();
  const other = otherPid === undefined ? 0 : cpuOf(otherPid);
  const began = performance.now();
  const events = await work();
  const seconds = (performance.now() - began) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  const otherCpu = otherPid === undefined ? 0 : cpuOf(otherPid) - other;
  return {
    rate: events / seconds,
    ownCpu: (user + system) / events,
    otherCpu: otherCpu / events,
  };
}

/** The kernel counts in ticks of a hundredth of a second, whatever the machine. */
const TICK_MICROSECONDS = 10_000;

/** Microseconds of CPU that a process has taken so far, on Linux. */
export function cpuOf(pid: number): number {
  const stat = readFileSync(`/proc/${String(pid)}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * TICK_MICROSECONDS;
}

/** Megabytes of private memory that a process holds: what no file stands behind. */
export function privateMemory(pid: number): number {
  const status = readFileSync(`/proc/${String(pid)}/status`, 'utf8');
  return Number(/RssAnon:\s+(\d+)/.exec(status)?.[1] ?? NaN) / 1024;
}

/** Megabytes, files among them, that a process held at most since that was last reset. */
export function peakMemory(pid: number): number {
  const status = readFileSync(`/proc/${String(pid)}/status`, 'utf8');
  return Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? NaN) / 1024;
}

export function resetPeakMemory(pid: number): void {
  writeFileSync(`/proc/${String(pid)}/clear_refs`, '5');
}

export interface Row {
  readonly name: string;
  readonly cells: readonly string[];
}

/** Prints a table whose columns are as wide as their widest cell. */
export function printTable(head: Row, rows: readonly Row[]): void {
  const lines = [head, ...rows].map(({ name, cells }) => [name, ...cells]);
  const widths = lines.reduce<number[]>(
    (sums, line) => line.map((cell, at) => Math.max(sums[at] ?? 0, cell.length)),
    [],
  );
  for (const line of lines) {
    const padded = line.map((cell, at) =>
      at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0),
    );
    console.log(padded.join('  '));
  }
}

export function counted(value: number, digits = 0): string {
  return value.toLocaleString('en-US', { maximumFractionDigits: digits });
}
