import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, it } from '@jest/globals';

const ROOT = join(import.meta.dirname, '..');
const ARCHITECTURE = 'docs/ARCHITECTURE.md';
const CODE_FOLDERS = /^(apps|bench|bin|libs|projections|soak|spec)\//;
const BINARY = /\.(png|ico|woff2|gz)$/;

/** The folders and endings of .gitignore: what is no part of the project. */
const ignored = readFileSync(join(ROOT, '.gitignore'), 'utf8').split('\n').filter(Boolean);
const ignoredNames = new Set(['.git', ...ignored.map((line) => line.replace(/\/$/, ''))]);
const ignoredEndings = ignored.filter((line) => line.startsWith('*')).map((line) => line.slice(1));

function filesUnder(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (ignoredNames.has(entry.name)) return [];
    if (ignoredEndings.some((ending) => entry.name.endsWith(ending))) return [];
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesUnder(path) : [relative(ROOT, path).replaceAll('\\', '/')];
  });
}

const files = filesUnder(ROOT);
const textByFile = new Map(
  files
    .filter((file) => !BINARY.test(file))
    .map((file) => [file, readFileSync(join(ROOT, file), 'utf8')]),
);

/** `file:line: text` for each line that matches, in the files whose path matches. */
function linesThat(match: RegExp, among: RegExp): readonly string[] {
  return [...textByFile]
    .filter(([file]) => among.test(file))
    .flatMap(([file, text]) =>
      text
        .split('\n')
        .map((line, at) => ({ line, where: `${file}:${at + 1}` }))
        .filter(({ line }) => match.test(line))
        .map(({ line, where }) => `${where}: ${line.trim().slice(0, 100)}`),
    );
}

function roomsIn(folder: string): readonly string[] {
  const inside = files.filter((file) => file.startsWith(`${folder}/`));
  return [...new Set(inside.map((file) => file.split('/').slice(0, 2).join('/')))];
}

describe('the repository', () => {
  it('was found', () => {
    expect(files).toContain('package.json');
    expect(files).toContain('spec/tidy.spec.ts');
    expect(files.filter((file) => /(^|\/)(node_modules|dist)\//.test(file))).toEqual([]);
  });

  it('has no file of code over 400 lines', () => {
    const long = [...textByFile]
      .filter(([file]) => /\.(ts|js|cjs|css|html|sh)$|^\.ci\//.test(file))
      .map(([file, text]) => ({ file, lines: text.trimEnd().split('\n').length }))
      .filter(({ lines }) => lines > 400);
    expect(long).toEqual([]);
  });

  it('names its code in kebab case', () => {
    const kebab = /^\.?[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)*$/;
    const odd = files
      .filter((file) => CODE_FOLDERS.test(file))
      .filter((file) => !file.split('/').every((part) => kebab.test(part)));
    expect(odd).toEqual([]);
  });

  it('has no drawer for what has no place', () => {
    const drawers = /(^|\/)(utils?|common|helpers?|shared|misc)(\/|\.ts$)/;
    expect(files.filter((file) => CODE_FOLDERS.test(file) && drawers.test(file))).toEqual([]);
  });

  it('uses index.ts as the front door of a room, and for nothing else', () => {
    const doors = /^(libs|projections)\/[^/]+\/src\/index\.ts$/;
    const indexes = files.filter((file) => /(^|\/)index\.[cm]?[jt]s$/.test(file));
    expect(indexes.filter((file) => !doors.test(file))).toEqual([]);
  });

  it('leaves nothing for later in a comment', () => {
    expect(linesThat(/\bTODO\b|\bFIXME\b/, CODE_FOLDERS)).toEqual([]);
  });

  it('knows no path of the machine that it was written on', () => {
    const paths = /(?<![\w.:/-])(\/(home|Users|root|mnt|srv|work|workspaces?)\/\w|[A-Z]:\\Users\\)/;
    expect(linesThat(paths, /./)).toEqual([]);
  });

  it('runs every spec: none alone, none left out', () => {
    const focused = /\b(it|test|describe)\.(only|skip|todo|failing)\s*[(.`]|\b[fx](it|describe)\(/;
    // A contract whose server is not there says so aloud, by the name of the setting that it lacks.
    const loud = /\bit\.todo\('[A-Z_]+ is not set/;
    expect(linesThat(focused, /\.ts$/).filter((line) => !loud.test(line))).toEqual([]);
  });
});

describe('the documents', () => {
  const documents = [...textByFile].filter(([file]) => /^([^/]+|docs\/.+)\.md$/.test(file));

  it('link to files that exist', () => {
    const dead = documents.flatMap(([file, text]) =>
      linksIn(text)
        .filter((target) => !existsSync(join(ROOT, dirname(file), target)))
        .map((target) => `${file}: ${target}`),
    );
    expect(dead).toEqual([]);
  });

  it('name every room', () => {
    const architecture = textByFile.get(ARCHITECTURE);
    if (architecture === undefined) throw new Error(`${ARCHITECTURE} is missing: write the map.`);
    const rooms = [...roomsIn('apps'), ...roomsIn('libs'), ...roomsIn('projections')];
    expect(rooms.filter((room) => !namesRoom(architecture, room))).toEqual([]);
  });
});

/** The targets of Markdown links to files of the project, without their anchors; code is passed over. */
function linksIn(text: string): readonly string[] {
  const prose = text.replace(/^```.*?^```/gms, '').replace(/`[^`\n]*`/g, '');
  const inline = [...prose.matchAll(/\]\(<?([^)\s>]+)>?(?:\s+"[^"]*")?\)/g)];
  const byReference = [...prose.matchAll(/^\[[^\]]+\]:\s*(\S+)/gm)];
  return [...inline, ...byReference]
    .map(([, target = '']) => target.replace(/#.*$/, ''))
    .filter((target) => target !== '' && !/^[a-z]+:/i.test(target));
}

/** A room stands in the map as `libs/kernel`, as `kernel`, or as kernel/ in a drawing of the tree. */
function namesRoom(architecture: string, room: string): boolean {
  const name = room.replace(/^.*\//, '');
  return new RegExp(`${room}(?![\\w-])|(^|\\s|\`)${name}[/\`]`, 'm').test(architecture);
}
