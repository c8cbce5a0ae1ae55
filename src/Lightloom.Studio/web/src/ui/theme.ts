import { effect, signal } from '@preact/signals';

export type Theme = 'light' | 'dark';

const media = matchMedia('(prefers-color-scheme: dark)');
const stored = localStorage.getItem('lightloom-theme');
const chosen = signal<Theme | null>(stored === 'light' || stored === 'dark' ? stored : null);
const system = signal<Theme>(media.matches ? 'dark' : 'light');
media.addEventListener('change', () => (system.value = media.matches ? 'dark' : 'light'));

export const theme = signal<Theme>('light');
effect(() => {
  theme.value = chosen.value ?? system.value;
  document.documentElement.dataset.theme = theme.value;
});

export function toggleTheme(): void {
  chosen.value = theme.value === 'dark' ? 'light' : 'dark';
  localStorage.setItem('lightloom-theme', chosen.value);
}

/** The colours of the style sheet, for what is drawn on a canvas or exported. */
export function colours(): Record<string, string> {
  const style = getComputedStyle(document.documentElement);
  const names = ['bg', 'surface', 'sunken', 'line', 'line-strong', 'text', 'muted', 'accent', 'accent-soft', 'good', 'warn', 'bad', 'copper', 'active', 'multi',
    'single', 'twisted', 'node', 'switch', 'service', 'panel', 'mixed'];
  return Object.fromEntries(names.map((n) => [n, long(style.getPropertyValue(`--${n}`).trim())]));
}

/** "#fff" as "#ffffff": a style sheet that was made small may write either. */
function long(colour: string): string {
  return /^#[0-9a-f]{3}$/i.test(colour) ? `#${[...colour.slice(1)].map((c) => c + c).join('')}` : colour;
}
