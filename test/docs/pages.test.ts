import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { inputSchema } from '../../core/engine/input.ts';

const root = join(import.meta.dirname, '..', '..');
const pages = ['README.md', 'CHANGELOG.md', ...readdirSync(join(root, 'docs')).filter((name) => name.endsWith('.md')).map((name) => join('docs', name))];
const read = (page: string): string => readFileSync(join(root, page), 'utf8');

describe.each(pages)('%s', (page) => {
  it('links to what is there', () => {
    const targets = [...read(page).matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map((match) => match[1] ?? '');
    expect(targets.filter((target) => !existsSync(join(root, dirname(page), target)))).toEqual([]);
  });

  it('names files of the tree that are there', () => {
    const named = [...read(page).matchAll(/`((?:core|nexus|export|cli|electron|renderer|presets|test|scripts)\/[\w./-]+\.(?:ts|tsx|mjs|json|ndjson))`/g)].map((match) => match[1] ?? '');
    expect(named.filter((file) => !existsSync(join(root, file)))).toEqual([]);
  });
});

describe('docs/architecture.md', () => {
  it('lists every input with its fields', () => {
    const page = read('docs/architecture.md');
    for (const { shape } of inputSchema.options) {
      const row = page.split('\n').find((line) => line.startsWith(`| \`${shape.kind.value}\``)) ?? '';
      for (const field of Object.keys(shape).filter((name) => name !== 'kind')) expect(`${shape.kind.value}: ${row}`).toContain(`\`${field}\``);
      expect(row, shape.kind.value).not.toBe('');
    }
  });

  it('names every law', () => {
    const page = read('docs/architecture.md');
    const laws = readdirSync(join(root, 'test', 'laws')).filter((name) => name.endsWith('.test.ts'));
    expect(laws.filter((name) => !page.includes(`test/laws/${name}`))).toEqual([]);
  });
});
