import { readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';

export const ROOT = join(import.meta.dirname, '..');

/** A relative link of a Markdown file: its text, the file it leads to from the root, and the heading in it. */
export interface DocumentLink {
  readonly text: string;
  readonly file: string;
  readonly anchor: string | undefined;
}

/** A `Rule` mark: a policy event, and what the page says of it. */
export interface RuleMark {
  readonly ref: string;
  readonly effectiveOn: string;
  /** What stands behind the day: the citation, and whether it is not verified. */
  readonly rest: string;
}

/** A page of docs/, its quotations each on one line: the marks under a statement may go over several. */
export function readPage(file: string): string {
  return readFileSync(join(ROOT, file), 'utf8').replaceAll('\n> ', ' ');
}

export function linksIn(page: string, file: string): readonly DocumentLink[] {
  return [...page.matchAll(/\[([^\]]+)\]\(([^)\s]+)\)/g)]
    .map(([, text = '', target = '']) => ({ text: text.replaceAll('\n', ' '), target }))
    .filter(({ target }) => !/^[a-z]+:/.test(target))
    .map(({ text, target }) => {
      const [path = '', anchor] = target.split('#');
      return { text, file: path === '' ? file : normalize(join(dirname(file), path)), anchor };
    });
}

/** The anchors that a Markdown file offers: its headings, as GitHub writes them. */
export function anchorsOf(text: string): readonly string[] {
  return [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s-]/gu, '')
      .trim()
      .replaceAll(' ', '-'),
  );
}

export function ruleMarksIn(page: string): readonly RuleMark[] {
  return [...page.matchAll(/Rule `([^`]+)`, (\S+), (.*?)(?= Rule `|$)/gm)].map(
    ([, ref = '', effectiveOn = '', rest = '']) => ({ ref, effectiveOn, rest }),
  );
}
